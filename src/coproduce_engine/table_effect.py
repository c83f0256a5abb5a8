"""Whether people at one table answer alike: one-way ICC(1) with the table as group (listening.md §2.2).

Unequal tables: Donner 1986, International Statistical Review 54:67–82. Expected near 0 before any talk if people were
allotted to tables by chance and nobody peeked. If tables are natural teams, compare after minus before only.
Imports SciPy, which costs a small server tens of megabytes: load this module only where it is used.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from .checks import Interval, Numbers, Seed, between, generator, line
from .permutation import SAME

SHUFFLES = 4_999


@dataclass(frozen=True)
class TableEffect:
    """ICC(1), its interval, and p by dealing the table labels anew; with the steps. None: nobody differed."""

    icc: float | None
    interval: Interval | None
    p: float
    between_tables: float
    within_tables: float
    usual_size: float
    tables: int
    people: int


def table_effect(
    ratings: ArrayLike, tables: Sequence[Hashable], *, seed: Seed, shuffles: int = SHUFFLES
) -> TableEffect:
    """From one rating and one table a person. p: the share of deals with at least so much between tables."""
    x = line(ratings, "ratings", least=3)
    member = _members(tables, len(x))
    sizes = member.sum(axis=0)
    groups, people = len(sizes), len(x)
    usual = float((people - (sizes**2).sum() / people) / (groups - 1))
    whole = float(((x - x.mean()) ** 2).sum())
    among = _between(x[None], member)
    msb, msw = float(among[0]) / (groups - 1), (whole - float(among[0])) / (people - groups)
    dealt = generator(seed).permuted(np.tile(x, (shuffles, 1)), axis=1)
    as_much = int((_between(dealt, member) >= among[0] - SAME * max(1.0, whole)).sum())
    return TableEffect(
        (msb - msw) / (msb + (usual - 1) * msw) if whole > 0 else None,
        interval_of_icc1(msb / msw, groups, people, usual) if msw > SAME * whole else None,
        (1 + as_much) / (1 + shuffles),
        msb, msw, usual, groups, people,
    )  # fmt: skip


def interval_of_icc1(
    ratio: float, tables: int, people: int, usual_size: float, *, level: float = 0.95
) -> Interval:
    """F-based interval from ratio = MSB ÷ MSW. Exact for equal tables and normal answers, else nearly so."""
    between(level, 0.5, 0.999, "level")
    if tables < 2 or people <= tables:
        raise ValueError("Two tables or more are needed, and more people than tables.")
    tail, top, bottom = (1 - level) / 2, tables - 1, people - tables
    low = ratio / float(stats.f.isf(tail, top, bottom))
    high = ratio * float(stats.f.isf(tail, bottom, top))
    return Interval((low - 1) / (low + usual_size - 1), (high - 1) / (high + usual_size - 1), level)


def interval_when_nothing_shows(tables: int, people_a_table: int) -> Interval:
    """What a design can rule out at best: the interval when the estimate is 0."""
    return interval_of_icc1(1.0, tables, tables * people_a_table, people_a_table)


def _members(tables: Sequence[Hashable], people: int) -> Numbers:
    if len(tables) != people:
        raise ValueError(f"There are {people} ratings and {len(tables)} tables: one of each a person.")
    names = {name: number for number, name in enumerate(dict.fromkeys(tables))}
    if not 2 <= len(names) < people:
        raise ValueError("Two tables or more are needed, and more people than tables.")
    member = np.zeros((people, len(names)))
    member[np.arange(people), [names[name] for name in tables]] = 1
    return member


def _between(rows: Numbers, member: Numbers) -> Numbers:
    """Sum of squares between tables, for each row of ratings."""
    sums = rows @ member
    return np.asarray((sums**2 / member.sum(axis=0)).sum(axis=1) - rows.sum(axis=1) ** 2 / rows.shape[1])
