"""Votes in shards give what the same votes give in one piece: to the person and to the last digit."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from bench._synthetic_votes import synthetic
from coproduce_engine.opinion import components
from coproduce_engine.opinion.cluster import MOST_PEOPLE_HERE, MOST_VOTES_HERE, ClusterMap, switch_advice
from coproduce_engine.opinion.crew import Workers, workers_here
from coproduce_engine.opinion.estimator import OpinionMap
from coproduce_engine.opinion.pieces import Piece
from coproduce_engine.opinion.results import Analysis
from coproduce_engine.opinion.shards import Shards, write_parquet
from coproduce_engine.opinion.sums import PairSums
from coproduce_engine.opinion.votes import Votes

NAMES = ("citizens", "carers", "staff", "managers")


def votes_of(people: int, statements: int, votes: int, seed: int = 1) -> Votes:
    log = synthetic(people, statements, votes, seed=seed)
    return Votes.from_log(log.person, log.statement, log.vote, people=people, statements=statements)


def groups_of(people: int) -> np.ndarray:
    return np.random.default_rng(2).integers(-1, len(NAMES), people)


def unlike(one: Analysis, other: Analysis) -> list[str]:
    """The fields in which two analyses are not the same to the last digit."""
    names = [field.name for field in fields(Analysis)]
    return [name for name in names if not _same(getattr(one, name), getattr(other, name))]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    return bool(one == other)


@pytest.fixture(scope="module")
def votes() -> Votes:
    return votes_of(3_000, 80, 60_000)


@pytest.mark.parametrize("shards", [1, 2, 7, 100])
def test_shards_give_the_groups_of_one_piece_to_the_person(tmp_path: Path, votes: Votes, shards: int) -> None:
    groups = groups_of(votes.people)
    whole = OpinionMap().fit(votes, groups, group_names=NAMES, left_out=[3, 40]).analysis_
    cut = write_parquet(votes, tmp_path / "shards", shards, groups=groups, group_names=NAMES)
    assert unlike(ClusterMap().fit(cut, left_out=[3, 40]).analysis_, whole) == []
    assert len(whole.groups) > 1
    assert whole.given is not None


def test_so_do_people_drawn_by_lot(tmp_path: Path, votes: Votes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "MOST_PAIRS", 500_000)
    whole = OpinionMap().fit(votes).analysis_
    assert "drawn by lot" in whole.method
    assert unlike(ClusterMap().fit(write_parquet(votes, tmp_path / "shards", 5)).analysis_, whole) == []


def test_the_published_way_gives_the_same_plane_from_pair_sums(tmp_path: Path, votes: Votes) -> None:
    whole = OpinionMap("polis").fit(votes).analysis_
    cut = ClusterMap("polis").fit(write_parquet(votes, tmp_path / "shards", 5)).analysis_
    assert cut.method == whole.method
    assert np.abs((cut.components * whole.components).sum(axis=1)) == pytest.approx(1, abs=1e-9)
    assert (cut.group_of == whole.group_of).mean() > 0.999


@pytest.mark.parametrize("log", [([], [], []), ([4], [1], [1]), ([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 0, 0])])
def test_hardly_any_votes_in_shards_give_the_same_answer(tmp_path: Path, log: tuple[list[int], ...]) -> None:
    few = Votes.from_log(*log, people=6, statements=3)
    cut = ClusterMap().fit(write_parquet(few, tmp_path / "shards", 3)).analysis_
    assert unlike(cut, OpinionMap().fit(few).analysis_) == []


def test_where_people_stand_can_stay_beside_the_shards(tmp_path: Path, votes: Votes) -> None:
    whole = OpinionMap().fit(votes).analysis_
    cut = write_parquet(votes, tmp_path / "shards", 4)
    found = ClusterMap().fit(cut, people_in=tmp_path / "people").analysis_
    assert set(unlike(found, whole)) == {"positions", "group_of"}
    table = pq.read_table(tmp_path / "people")
    assert np.array_equal(table["person"], np.arange(votes.people))
    assert np.array_equal(table["group"], whole.group_of)
    assert np.array_equal(np.stack([table["x"], table["y"]], axis=1), whole.positions, equal_nan=True)


def test_the_size_to_switch_at_is_said() -> None:
    assert switch_advice(MOST_PEOPLE_HERE, MOST_VOTES_HERE) is None
    for people, votes in ((MOST_PEOPLE_HERE + 1, 1), (1, MOST_VOTES_HERE + 1)):
        said = switch_advice(people, votes)
        assert said is not None
        assert "shards" in said


def test_without_the_optional_part_it_is_said_what_to_install(tmp_path: Path) -> None:
    """In another process, in which the libraries cannot be found."""
    program = (
        "import sys; sys.modules['pyarrow'] = sys.modules['pyarrow.parquet'] = sys.modules['distributed'] = None\n"
        "from coproduce_engine.opinion.cluster import switch_advice\n"
        "from coproduce_engine.opinion.crew import workers_here\n"
        "from coproduce_engine.opinion.shards import write_parquet\n"
        "from coproduce_engine.opinion.votes import Votes\n"
        "assert switch_advice(1, 1) is None\n"
        "for work in (lambda: workers_here().__enter__(), lambda: write_parquet(Votes.from_log([0], [0], [1]),"
        f" {str(tmp_path / 'new')!r}, 1)):\n"
        "    try: work()\n"
        "    except ImportError as said: print(said)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("pip install 'coproduce[cluster]'") == 2


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with workers_here(2, memory="700MiB") as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shards, Analysis]:
    whole = votes_of(20_000, 200, 600_000)
    groups = groups_of(whole.people)
    cut = write_parquet(
        whole, tmp_path_factory.mktemp("many") / "shards", 12, groups=groups, group_names=NAMES
    )
    return cut, OpinionMap().fit(whole, groups, group_names=NAMES).analysis_


@pytest.mark.slow
def test_two_workers_give_the_groups_of_one_machine(client: Any, many: tuple[Shards, Analysis]) -> None:
    shards, whole = many
    assert unlike(ClusterMap().fit(shards, client).analysis_, whole) == []


@pytest.mark.slow
def test_a_worker_that_is_killed_half_way_changes_nothing(client: Any, many: tuple[Shards, Analysis]) -> None:
    """After the first shards were counted, a worker's process is killed, with all that it held in memory."""
    shards, whole = many
    killed: list[int] = []

    class Killing(Workers):
        def summed(self, work: Any, held: Any) -> Any:
            if len(killed) < 2 and getattr(work, "func", work).__name__ in ("pair_sums", "counts"):
                killed.append(_kill_one(self._client))
            return super().summed(work, held)

    found = ClusterMap()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coproduce_engine.opinion.cluster.Workers", Killing)
        analysis = found.fit(shards, client).analysis_
    assert len(killed) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in killed)
    assert unlike(analysis, whole) == []


@pytest.mark.slow
def test_a_worker_that_is_killed_while_it_counts_changes_nothing(
    client: Any, many: tuple[Shards, Analysis]
) -> None:
    shards, _whole = many
    crew = Workers(client, shards)
    known = crew.summed(slow_pairs, crew.pieces())
    pid = next(iter(client.run(os.getpid).values()))
    timer = threading.Timer(0.7, partial(os.kill, pid, signal.SIGKILL))
    timer.start()
    found = crew.summed(slow_pairs, crew.pieces())
    timer.join()
    assert not Path(f"/proc/{pid}").exists()
    assert all(map(np.array_equal, found, known))


def slow_pairs(piece: Piece) -> tuple[np.ndarray, ...]:
    time.sleep(0.3)
    sums = PairSums.of(piece.votes)
    return sums.g, sums.h, sums.k


def _kill_one(client: Any) -> int:
    pid: int = next(iter(client.run(os.getpid).values()))
    os.kill(pid, signal.SIGKILL)
    return pid
