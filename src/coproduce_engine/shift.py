"""The same people before and after: who moved, how far, and towards or away from each other (listening.md §2.4).

Nothing here says “improved”: without a truth, people can be said to have moved or converged, no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Numbers, Seed, line, pairs
from .permutation import SAME, turned_round, ways


@dataclass(frozen=True)
class Transitions:
    """How many people went from which answer to which; `counts[i, j]` from `scale[i]` to `scale[j]`."""

    scale: tuple[float, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def people(self) -> int:
        return sum(map(sum, self.counts))

    @property
    def stayed(self) -> int:
        return sum(row[place] for place, row in enumerate(self.counts))

    @property
    def moved(self) -> int:
        return self.people - self.stayed


@dataclass(frozen=True)
class Wilcoxon:
    """Signed ranks: their sums up and down, people who moved, and the exact two-sided p with ties kept."""

    up: float
    down: float
    moved: int
    p: float


@dataclass(frozen=True)
class MeanShift:
    """Mean of second − first, in points of the scale, with p and interval by changing signs."""

    people: int
    mean: float
    p: float
    interval: Interval
    is_exact: bool


@dataclass(frozen=True)
class Polarisation:
    """Movement away from the mid-point towards the first leaning; None where a group leaned nowhere."""

    leaning: int
    away: float | None


def transitions(before: ArrayLike, after: ArrayLike, scale: Sequence[float]) -> Transitions:
    """The full table from first to second answer, for every point of the scale."""
    first, second = pairs(before, after, least=1)
    place = {float(point): number for number, point in enumerate(scale)}
    if not {*first, *second} <= set(place):
        raise ValueError("An answer lies outside the scale.")
    counts = np.zeros((len(place), len(place)), dtype=int)
    np.add.at(counts, ([place[x] for x in first], [place[y] for y in second]), 1)
    return Transitions(tuple(place), tuple(tuple(map(int, row)) for row in counts))


def wilcoxon(before: ArrayLike, after: ArrayLike) -> Wilcoxon:
    """Wilcoxon's signed-rank test; people who stayed are left out, ties share their ranks.

    Exact at every size: the number of ways to reach each sum of (doubled) ranks is counted, not approximated.
    """
    first, second = pairs(before, after)
    moved = (second - first)[second != first]
    doubled = _doubled_ranks(np.abs(moved))
    up, whole = int(doubled[moved > 0].sum()), int(doubled.sum())
    reached = _ways_to_each_sum(doubled, whole)
    tail = reached[: min(up, whole - up) + 1].sum() / reached.sum()
    return Wilcoxon(up / 2, (whole - up) / 2, len(moved), float(min(1.0, 2 * tail)))


def mean_shift(before: ArrayLike, after: ArrayLike, *, seed: Seed) -> MeanShift:
    """Sign-flip test of the mean difference; exact up to 16 people, seeded above. Only from eight people on."""
    first, second = pairs(before, after)
    moved = second - first
    people, total = len(moved), float(moved.sum())
    chance = ways(np.column_stack([np.ones(people), moved]), seed)
    flipped, sum_of_flipped = chance.sums.T

    def p_of(centre: float) -> float:
        left = total - 2 * sum_of_flipped - centre * (people - 2 * flipped)
        return chance.p(np.abs(left), abs(total - people * centre))

    mean, reach = float(moved.mean()), float(np.ptp(moved)) + 1.0
    return MeanShift(people, mean, p_of(0.0), turned_round(p_of, mean, reach), chance.is_exact)


def polarisation(before: ArrayLike, after: ArrayLike, *, midpoint: float) -> Polarisation:
    """Mean movement away from the mid-point, in the direction to which the group leaned at first."""
    first, second = pairs(before, after, least=1)
    middle = line([midpoint], "midpoint")[0]
    leaned = float(first.mean() - middle)
    if abs(leaned) < SAME:
        return Polarisation(0, None)
    side = 1 if leaned > 0 else -1
    return Polarisation(side, float(side * (second - first).mean()))


def _doubled_ranks(sizes: Numbers) -> Numbers:
    """Twice the rank of each, ties at their mean rank, so that all are whole numbers."""
    _values, place, count = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((2 * last - count + 1)[place], dtype=np.float64)


def _ways_to_each_sum(ranks: Numbers, whole: int) -> Numbers:
    found = np.zeros(whole + 1)
    found[0] = 1
    for rank in ranks.astype(int):
        found[rank:] += found[:-rank].copy()
    return np.asarray(found / found.sum())
