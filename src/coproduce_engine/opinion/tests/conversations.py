"""Four real conversations beside this checkout, and made-up votes with and without structure."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from coproduce_engine.opinion.votes import Votes

REAL = Path(__file__).parents[5] / "shared" / "data" / "polis"
NAMES = ("vtaiwan.uberx", "scoop-hivemind.biodiversity", "brexit-consensus", "bg2050-volunteers")
real = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data does not stand beside this checkout")


@cache
def conversation(name: str) -> tuple[Votes, tuple[int, ...]]:
    """The votes, and the places of the statements that were moderated out."""
    log = sorted(rows(name, "votes"), key=lambda row: int(row["timestamp"]))
    number, person, vote = (
        np.array([int(r[key]) for r in log]) for key in ("comment-id", "voter-id", "vote")
    )
    ids, statement = np.unique(number, return_inverse=True)
    out = {int(row["comment-id"]) for row in rows(name, "comments") if row["moderated"] == "-1"}
    votes = Votes.from_log(np.unique(person, return_inverse=True)[1], statement, vote)
    return votes, tuple(np.flatnonzero(np.isin(ids, list(out))).tolist())


def rows(name: str, file: str) -> list[dict[str, str]]:
    with (REAL / name / f"{file}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def noise(people: int, statements: int, seen: float, seed: int) -> Votes:
    """Votes without any structure: every vote a lot of its own."""
    chance = np.random.default_rng(seed)
    table = chance.integers(-1, 2, (people, statements)).astype(float)
    table[chance.random(table.shape) > seen] = np.nan
    return Votes.from_table(table)


def camps(people: int, statements: int, seen: float, seed: int = 1, of: int = 3) -> tuple[Votes, np.ndarray]:
    """Camps that differ on two statements in three, and the camp of each person."""
    chance = np.random.default_rng(seed)
    camp = np.sort(chance.integers(0, of, people))
    likely = chance.choice([0.1, 0.9], (of, statements))
    likely[:, ::3] = 0.85
    table = np.where(chance.random((people, statements)) < likely[camp], 1.0, -1.0)
    table[chance.random(table.shape) < 0.1] = 0
    table[chance.random(table.shape) > seen] = np.nan
    return Votes.from_table(table), camp
