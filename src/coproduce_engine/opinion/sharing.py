"""The same judges rate the same cases again after they saw what the others gave: who moved, how far, and where to.

Chance is asked by changing the places of a judge's ratings before and after, always inside their own cases, and all
cases of one judge together, because a judge who moves in one case tends to move in others. Nothing here says
“improved”: without a truth, people can be said to have moved or to have come closer, no more.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..checks import Numbers, Seed, line
from ..permutation import turned_round, ways
from ..shift import MeanShift
from ..spread import SpreadChange
from .ratings import Ratings

Whole = NDArray[np.int64] | NDArray[np.int32]

# From one fiftieth to fifty times: as in `spread`.
_FLOOR = 1e-12


@dataclass(frozen=True)
class AfterSharing:
    """`moved`: mean of after − before. `towards`: how much nearer to what was shown, on average, in points.

    `of_the_way` is that part of the distance there was: 1 when all came to what was shown, 0 when nobody came nearer.
    `spread` compares standard deviations round each case's own mean. People in these figures are judges.
    """

    pairs: int
    judges: int
    cases: int
    moved: MeanShift
    towards: MeanShift
    of_the_way: float | None
    spread: SpreadChange


def after_sharing(
    before: Ratings, after: Ratings, *, seed: Seed, shown: ArrayLike | None = None
) -> AfterSharing:
    """From first ratings on each side, matched by judge and case; who rated a case only once is left out.

    `shown`, one figure a case, is what was shared; when absent, the mean of all first ratings before. A judge's own
    rating is part of that mean, which makes `towards` a little too small, never too large.
    """
    one, two = before.only(before.is_first), after.only(after.is_first)
    if (one.judges, one.cases) != (two.judges, two.cases):
        raise ValueError("before and after must be about the same judges and the same cases.")
    seen = _means(one.case, one.value, one.cases) if shown is None else line(shown, "shown")
    if len(seen) != one.cases:
        raise ValueError("shown must hold one figure for each case.")
    _keys, here, there = np.intersect1d(_key(one), _key(two), assume_unique=True, return_indices=True)
    if len(here) < 2:
        raise ValueError("Too few cases were rated by the same judge before and after.")
    judge, case, x, y = one.judge[here], one.case[here], one.value[here], two.value[there]
    near, nearer = np.abs(x - seen[case]), np.abs(y - seen[case])
    _judges, who = np.unique(judge, return_inverse=True)
    return AfterSharing(
        len(here), len(_judges), len(np.unique(case)),
        moved=_shift(who, y - x, seed),
        towards=_shift(who, near - nearer, seed),
        of_the_way=float((near - nearer).sum() / near.sum()) if near.any() else None,
        spread=_spread(who, _round_means(case, x, one.cases), _round_means(case, y, one.cases), seed),
    )  # fmt: skip


def _shift(who: Whole, moved: Numbers, seed: Seed) -> MeanShift:
    """`shift.mean_shift` with a judge's whole set of pairs in the place of one pair."""
    chance = ways(np.column_stack([np.bincount(who), np.bincount(who, moved)]).astype(np.float64), seed)
    pairs, total, (flipped, sum_of_flipped) = len(moved), float(moved.sum()), chance.sums.T

    def p_of(centre: float) -> float:
        left = total - 2 * sum_of_flipped - centre * (pairs - 2 * flipped)
        return chance.p(np.abs(left), abs(total - pairs * centre))

    mean, reach = float(moved.mean()), float(np.ptp(moved)) + 1.0
    return MeanShift(int(who.max()) + 1, mean, p_of(0.0), turned_round(p_of, mean, reach), chance.is_exact)


def _spread(who: Whole, before: Numbers, after: Numbers, seed: Seed) -> SpreadChange:
    """The sign-swap test of ln(s²_after ÷ s²_before), where each case's own mean was taken off both."""
    more = np.bincount(who, before**2 - after**2)
    chance = ways(np.asarray(more[:, None], dtype=np.float64), seed)
    x, y, changed = float((before**2).sum()), float((after**2).sum()), chance.sums[:, 0]
    p = chance.p(_unlike(x - changed, y + changed), float(_unlike(np.array(x), np.array(y))))
    ratio = (y / x) ** 0.5 if x > _FLOOR else None
    told = p if max(x, y) > _FLOOR else None
    return SpreadChange(int(who.max()) + 1, ratio, told, None, chance.is_exact)


def _unlike(one: Numbers, other: Numbers) -> Numbers:
    return np.asarray(np.abs(np.log(np.maximum(one, _FLOOR) / np.maximum(other, _FLOOR))))


def _round_means(case: Whole, value: Numbers, cases: int) -> Numbers:
    return np.asarray(value - _means(case, value, cases)[case])


def _means(place: Whole, value: Numbers, places: int) -> Numbers:
    count = np.bincount(place, minlength=places)
    return np.asarray(np.bincount(place, value, minlength=places) / np.maximum(count, 1))


def _key(ratings: Ratings) -> NDArray[np.int64]:
    return np.asarray(ratings.judge.astype(np.int64) * ratings.cases + ratings.case)
