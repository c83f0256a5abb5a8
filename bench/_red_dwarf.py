"""Runs under the other tool's own Python, in a process of its own: its analysis of the votes in a folder, and the cost.

python _red_dwarf.py FOLDER prints one line of JSON and leaves its components in FOLDER/theirs.npy.
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")


def main(folder: Path) -> None:
    from reddwarf.implementations.base import run_pipeline

    votes = _as_it_takes_them(folder)
    out = json.loads((folder / "left_out.json").read_text())
    started = time.process_time()
    found = run_pipeline(votes=votes, mod_out_statement_ids=out, random_state=42)
    taken = time.process_time() - started
    model = found.reducer
    np.save(folder / "theirs.npy", np.asarray(model.components_, dtype=float))
    labels = found.clusterer.labels_
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": taken, "peak": peak, "groups": np.bincount(labels).tolist()}))


def _as_it_takes_them(folder: Path) -> list[dict[str, int]]:
    """A list of dicts, each person's last vote on a statement only, as its own loader leaves them."""
    person, statement, vote = (
        np.load(folder / f"{name}.npy").astype(np.int64) for name in ("person", "statement", "vote")
    )
    _, last = np.unique((person * (statement.max() + 1) + statement)[::-1], return_index=True)
    kept = len(person) - 1 - last
    rows = zip(person[kept].tolist(), statement[kept].tolist(), vote[kept].tolist(), strict=True)
    return [{"participant_id": p, "statement_id": s, "vote": v} for p, s, v in rows]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
