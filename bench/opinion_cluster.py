"""A million people in shards: two workers against one process, and again with a worker killed half way.

COPRODUCE_BENCH_PEOPLE makes it smaller. The votes come as an unsorted log, in memory for the one process and as
Parquet files for the workers. Each worker is a process with one thread and 1 GiB.
"""

import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench._house import figure
from bench._synthetic_votes import Log
from coproduce_engine.opinion.cluster import ClusterMap
from coproduce_engine.opinion.crew import each_of, workers_here
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.results import Analysis
from coproduce_engine.opinion.shards import Shards
from coproduce_engine.opinion.shuffle import shuffle_log
from coproduce_engine.opinion.votes import Votes

PEOPLE = int(os.environ.get("COPRODUCE_BENCH_PEOPLE", "1000000"))
STATEMENTS, VOTES_A_PERSON, FILES, SHARDS, MEMORY = 1_000, 51, 8, 16, "1GiB"
NAMES = ("citizens", "carers", "staff", "managers")


def main() -> None:
    with TemporaryDirectory(prefix="coproduce-votes-") as name:
        folder = Path(name)
        _in_another(
            ["bench._synthetic_votes", PEOPLE, STATEMENTS, PEOPLE * VOTES_A_PERSON, 1, folder / "log"]
        )
        _in_another(["bench.opinion_cluster", "one", folder])
        _in_another(["bench.opinion_cluster", "files", folder])
        whole = pickle.loads((folder / "one.pickle").read_bytes())
        groups = [group.people for group in whole.groups]
        print(
            f"  {PEOPLE:,} people x {STATEMENTS:,} statements, {whole.votes:,} votes; groups of {groups}",
            flush=True,
        )
        with workers_here(2, memory=MEMORY) as client:
            shards = _shuffled(client, folder)
            _told("two workers", client, whole, shards)
            _killed(client, whole, shards)


def _in_another(words: list[Any]) -> None:
    subprocess.run([sys.executable, "-m", *map(str, words)], check=True)


def one(folder: Path) -> None:
    """One process, cold, from the log in memory."""
    log = Log.kept(folder / "log", PEOPLE, STATEMENTS)
    before, waited = time.process_time(), time.perf_counter()
    votes = Votes.from_log(log.person, log.statement, log.vote, people=PEOPLE, statements=STATEMENTS)
    found = OpinionMap().fit(votes, _groups(), group_names=NAMES).analysis_
    figure("one process, from the log: processor", time.process_time() - before, "s CPU")
    figure("one process: clock on the wall", time.perf_counter() - waited, "s")
    figure("one process: most memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")
    (folder / "one.pickle").write_bytes(pickle.dumps(found))


def files(folder: Path) -> None:
    """The log as files, a stretch of time in each."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    log = Log.kept(folder / "log", PEOPLE, STATEMENTS)
    edges = np.linspace(0, len(log.person), FILES + 1).astype(int)
    for number, (begin, end) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        rows = [row[begin:end] for row in (log.person, log.statement, log.vote)]
        pq.write_table(pa.table(rows, names=["person", "statement", "vote"]), folder / f"{number}.parquet")


def _shuffled(client: Any, folder: Path) -> Shards:
    with _Measured(client, "unsorted files to shards"):
        return shuffle_log(
            sorted(folder.glob("?.parquet")), folder / "shards", SHARDS, people=PEOPLE, statements=STATEMENTS,
            groups=_groups(), group_names=NAMES, each=each_of(client),
        )  # fmt: skip


def _told(words: str, client: Any, whole: Analysis, shards: Shards) -> None:
    with _Measured(client, words):
        found = ClusterMap().fit(shards, client).analysis_
    _compare(found, whole)


def _killed(client: Any, whole: Analysis, shards: Shards) -> None:
    pid = next(iter(client.run(os.getpid).values()))
    waited = time.perf_counter()
    # About half of the time that it takes undisturbed.
    timer = threading.Timer(_Measured.last / 2, partial(os.kill, pid, signal.SIGKILL))
    timer.start()
    found = ClusterMap().fit(shards, client).analysis_
    figure("two workers, one killed half way: clock on the wall", time.perf_counter() - waited, "s")
    timer.join()
    assert not Path(f"/proc/{pid}").exists(), "the worker lives"
    _compare(found, whole)


def _compare(found: Analysis, whole: Analysis) -> None:
    same = int((found.group_of == whole.group_of).sum())
    print(f"    in the same group as in one process: {same:,} of {PEOPLE:,} people", flush=True)
    unlike = [field.name for field in fields(Analysis) if not _same(field.name, found, whole)]
    print(f"    fields that differ in any digit: {', '.join(unlike) or 'none'}", flush=True)
    assert not unlike


def _same(name: str, one: Analysis, other: Analysis) -> bool:
    left, right = getattr(one, name), getattr(other, name)
    if isinstance(left, np.ndarray):
        return np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
    return bool(left == right)


class _Measured:
    """Processor time of workers and of this process, and the most memory that a worker has taken so far."""

    last = 0.0

    def __init__(self, client: Any, words: str) -> None:
        self._client, self._words = client, words

    def __enter__(self) -> None:
        self._before, self._waited = self._processor(), time.perf_counter()

    def __exit__(self, *_fault: object) -> None:
        _Measured.last = time.perf_counter() - self._waited
        figure(f"{self._words}: processor, all processes", self._processor() - self._before, "s CPU")
        figure(f"{self._words}: clock on the wall", _Measured.last, "s")
        most = max(self._client.run(_most_memory).values())
        figure(f"{self._words}: most memory of a worker so far", most / 1024, "MiB")

    def _processor(self) -> float:
        return float(sum(self._client.run(time.process_time).values())) + time.process_time()


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _groups() -> np.ndarray:
    return np.random.default_rng(4).integers(-1, len(NAMES), PEOPLE)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"one": one, "files": files}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
