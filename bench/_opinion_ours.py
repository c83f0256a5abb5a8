"""Runs in a process of its own: our analysis of the votes in a folder, and the cost.

python -m bench._opinion_ours FOLDER METHOD GROUPS prints one line of JSON and leaves its components in FOLDER/ours.npy.
GROUPS is the number of given groups, dealt out by lot; 0 for none.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from coproduce_engine.opinion import OpinionMap, Votes
from coproduce_engine.opinion.components import POLIS


def main(folder: Path, method: str, groups: int) -> None:
    log = [np.load(folder / f"{name}.npy") for name in ("person", "statement", "vote")]
    left_out = json.loads((folder / "left_out.json").read_text())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, wall = time.process_time(), time.perf_counter()
    votes = Votes.from_log(*log)
    del log
    counted = time.process_time() - started
    given = np.random.default_rng(1).integers(0, groups, votes.people) if groups else None
    found = OpinionMap(method).fit(votes, given, left_out=left_out).analysis_
    told = {
        "cpu": time.process_time() - started, "wall": time.perf_counter() - wall, "counting": counted,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "before": before,
        "votes": votes.count, "people": votes.people, "statements": votes.statements,
        "groups": [group.people for group in found.groups], "stability": vars(found.stability),
        "held": [len(group.held) for group in found.groups], "method": found.method,
        "common": len(found.given.common) if found.given else 0,
        "camps": _camps_found(folder, found.group_of),
    }  # fmt: skip
    print(json.dumps(told))
    np.save(folder / "ours.npy", found.components)
    if method != POLIS:
        np.save(folder / "available.npy", found.components)


def _camps_found(folder: Path, label: np.ndarray) -> float | None:
    """Agreement with the camps that people were made in, where they were made."""
    from coproduce_engine.opinion.clusters import adjusted_rand

    if not (folder / "camp.npy").exists() or not (label >= 0).any():
        return None
    placed = label >= 0
    return adjusted_rand(
        label[placed], np.load(folder / "camp.npy")[placed].astype(int), np.ones(placed.sum())
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
