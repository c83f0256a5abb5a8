"""What the analysis of votes costs, beside red-dwarf 0.4.0 on the same votes in the same run, and whether both agree.

python -m bench opinion measures all of it (red-dwarf's 100,000 people take it some ten minutes);
python -m bench.opinion conversations 3k 33k 100k 1m sample measures what is named.
red-dwarf is installed from PyPI into an environment of its own, kept beside the temporary files; it is no dependency.
The four conversations stand in ../shared/data/polis; without them that part is left out.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ._house import figure
from ._synthetic_votes import synthetic

OTHER = "red-dwarf==0.4.0"
HERE = Path(__file__).parent
REAL = HERE.parents[1] / "shared" / "data" / "polis"
CONVERSATIONS = ("vtaiwan.uberx", "scoop-hivemind.biodiversity", "brexit-consensus", "bg2050-volunteers")
# people, statements, votes, the least ratio of processor seconds, the most processor seconds, MiB
SIZES = {
    "3k": (3_000, 200, 46_000, 10, None, None),
    "33k": (33_422, 783, 2_030_000, 50, 1.0, None),
    "100k": (100_000, 1_000, 5_480_000, 150, None, None),
    "1m": (1_000_000, 1_000, 51_500_000, None, 10.0, 2_048),
}
SAME_DIRECTION = 0.999999
TURNS = 7
# Threads that wait for each other take processor time: one each, ours and theirs, and once as they come.
ONE_THREAD = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
AS_THEY_COME = dict(os.environ)


def main(wanted: list[str]) -> int:
    parts: dict[str, Callable[[], None]] = {"conversations": _conversations}
    parts |= {name: partial(_made_up, name) for name in SIZES} | {"sample": _sample}
    unknown = set(wanted) - set(parts)
    if unknown:
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(parts)}")
        return 2
    for name, part in parts.items():
        if name in wanted or not wanted:
            part()
    return 0


def _conversations() -> None:
    if not REAL.is_dir():
        print(f"  {REAL} is not there: the four conversations are left out")
        return
    for name in CONVERSATIONS:
        with tempfile.TemporaryDirectory(prefix="coproduce-bench-votes-") as home:
            folder = Path(home)
            _keep_conversation(name, folder)
            _beside(name, folder, least=None)


def _made_up(size: str) -> None:
    people, statements, votes, ratio, seconds, memory = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="coproduce-bench-votes-") as home:
        folder = Path(home)
        _in_another("bench._synthetic_votes", people, statements, votes, 1, folder)
        (folder / "left_out.json").write_text("[]")
        if ratio is None:
            _told(_ours(size, folder), size, seconds, memory)
        else:
            _beside(size, folder, least=ratio, most=seconds)
            if size == "3k":
                _in_turn(size, folder, ratio)


def _beside(name: str, folder: Path, *, least: float | None, most: float | None = None) -> None:
    ours = _ours(name, folder)
    _told(ours, name, most, None)
    theirs = _theirs(folder)
    figure(
        f"{name}: red-dwarf, groups {theirs['groups']}, {theirs['peak']:,.0f} MiB",
        theirs["cpu"] * 1000,
        "CPU ms",
    )
    ratio = theirs["cpu"] / ours["cpu"]
    bar = f" (at least {least}){'' if ratio >= least else '  TOO LITTLE'}" if least else ""
    figure(f"{name}: so many times less{bar}", ratio, "×")
    _told_alike(name, folder)


def _in_turn(name: str, folder: Path, least: float) -> None:
    """What takes milliseconds depends on the moment: each in turn, several times over, and the middle of the ratios."""
    for words, environment in (
        ("one thread each", ONE_THREAD),
        ("as many threads as each takes", AS_THEY_COME),
    ):
        taken = [
            (_run_ours(folder, "available-case", 3, environment)["cpu"], _theirs(folder, environment)["cpu"])
            for _ in range(TURNS)
        ]
        ratio = statistics.median(theirs / ours for ours, theirs in taken)
        ours, theirs = (statistics.median(column) for column in zip(*taken, strict=True))
        bar = f"(at least {least}){'' if ratio >= least else '  TOO LITTLE'}"
        told = f"{name}: {words}, middle of {TURNS}: ours {ours:.3f}, red-dwarf {theirs:.3f} CPU s {bar}"
        figure(told, ratio, "×")


def _told_alike(name: str, folder: Path) -> None:
    _run_ours(folder, "polis", 0)
    ours, theirs = np.load(folder / "ours.npy"), np.load(folder / "theirs.npy")
    cosines = np.abs((ours * theirs).sum(axis=1)) / np.linalg.norm(theirs, axis=1)
    good = "" if cosines.min() > SAME_DIRECTION else "  NOT THE SAME"
    told = ", ".join(f"{one:.9f}" for one in cosines)
    print(f"  {name}: |cosine| of both components, compatibility mode: {told}{good}", flush=True)


def _ours(name: str, folder: Path) -> dict[str, Any]:
    found = _run_ours(folder, "available-case", 3)
    stable = found["stability"]
    print(
        f"  {name}: {found['people']:,} × {found['statements']:,}, {found['votes']:,} votes, {found['method']}; "
        f"groups {found['groups']}, held {found['held']}, same number {stable['same_number']:.2f}, "
        f"agreement {stable['agreement']:.2f} {stable['why_not']}"
        + (f", camps found {found['camps']:.3f}" if found["camps"] is not None else ""),
        flush=True,
    )
    return found


def _told(found: dict[str, Any], name: str, seconds: float | None, memory: int | None) -> None:
    shown = (
        ("cpu", seconds, "CPU ms", 1000),
        ("wall", None, "ms on the clock", 1000),
        ("peak", memory, "MiB", 1),
    )
    for key, most, unit, times in shown:
        bar = f" (at most {most * times:,.0f}){'' if found[key] <= most else '  TOO MUCH'}" if most else ""
        figure(f"{name}: ours, {key}{bar}", found[key] * times, unit)
    figure(f"{name}: of it the log to votes", found["counting"] * 1000, "CPU ms")


def _run_ours(
    folder: Path, method: str, groups: int, environment: dict[str, str] = ONE_THREAD
) -> dict[str, Any]:
    told = _in_another("bench._opinion_ours", folder, method, groups, environment=environment)
    return dict(json.loads(told))


def _in_another(module: str, *words: object, environment: dict[str, str] = ONE_THREAD) -> str:
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, cwd=HERE.parent, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _theirs(folder: Path, environment: dict[str, str] = ONE_THREAD) -> dict[str, Any]:
    command = [str(_their_python()), str(HERE / "_red_dwarf.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _their_python() -> Path:
    """Its own environment, made once and kept."""
    home = Path(tempfile.gettempdir()) / f"coproduce-bench-{OTHER.replace('==', '-')}"
    python, ready = home / "bin" / "python", home / "ready"
    if not ready.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(home)], check=True)
        subprocess.run([*uv, "pip", "install", "--quiet", "--python", str(python), OTHER], check=True)
        ready.touch()
    return python


def _keep_conversation(name: str, folder: Path) -> None:
    from coproduce_engine.opinion.tests.conversations import rows

    log = sorted(rows(name, "votes"), key=lambda row: int(row["timestamp"]))
    person, number, vote = (
        np.array([int(r[key]) for r in log]) for key in ("voter-id", "comment-id", "vote")
    )
    ids, statement = np.unique(number, return_inverse=True)
    out = {int(row["comment-id"]) for row in rows(name, "comments") if row["moderated"] == "-1"}
    places = np.flatnonzero(np.isin(ids, list(out))).tolist()
    people = np.unique(person, return_inverse=True)[1]
    for file, values in (("person", people), ("statement", statement), ("vote", vote)):
        np.save(folder / f"{file}.npy", values)
    (folder / "left_out.json").write_text(json.dumps(places))


def _sample() -> None:
    """Where not everybody's pairs are counted: how near the plane is to that of everybody's."""
    from coproduce_engine.opinion import Votes, components
    from coproduce_engine.opinion.sums import pairs_of
    from coproduce_engine.opinion.tallies import everybody_of, means_of

    from ._house import processor_ms

    people, statements, wanted, *_ = SIZES["100k"]
    log = synthetic(people, statements, wanted)
    votes = Votes.from_log(log.person, log.statement, log.vote)
    means, usual = means_of(everybody_of(votes)), components.MOST_PAIRS
    components.MOST_PAIRS = sys.maxsize
    whole = components.plane_of(votes, means)
    figure(f"everybody's {pairs_of(votes) / 1e6:,.0f} million pairs", _taken(votes, means))
    for most in (10_000_000, 30_000_000, 100_000_000, usual):
        components.MOST_PAIRS = most
        part = components.plane_of(votes, means)
        near = np.abs((whole.vectors * part.vectors).sum(axis=1))
        words = f"{most / 1e6:,.0f} million pairs: |cosine| with everybody's {near[0]:.4f}, {near[1]:.4f}"
        figure(words, processor_ms(partial(components.plane_of, votes, means), 1))
    components.MOST_PAIRS = usual


def _taken(votes: Any, means: Any) -> float:
    from coproduce_engine.opinion import components

    from ._house import processor_ms

    return processor_ms(partial(components.plane_of, votes, means), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
