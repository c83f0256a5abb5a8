"""Ratings of the same shape as votes: who rated which case, with gaps, from a handful to tens of millions.

Level noise is how far judges differ over all cases, pattern noise how far each judge differs from themself and the
others case by case (Kahneman, Sibony & Sunstein, Noise, 2021, ch. 6). A full table, with none missing, has its own
functions in `noise`; there both give the same figures. Judge and case effects come from alternating means, which is
least squares; variances from Henderson's third method (1953, Biometrics 9:226–252), which gaps do not bias.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from ..checks import Numbers, line
from ..noise import NoiseParts, Occasion
from ..what_may_be_said import SharedObject, judged_together

Places = NDArray[np.int32]
MOST_SWEEPS = 500
# Effects have come to rest when none moves by more than this part of the spread of all ratings.
_AT_REST = 1e-9


@dataclass(frozen=True)
class Ratings:
    """One row a rating, in order of judge, then case, then time. `judge` and `case` are places: 0, 1, 2 …"""

    judge: Places
    case: Places
    value: Numbers
    judges: int
    cases: int

    @classmethod
    def from_log(
        cls, judge: ArrayLike, case: ArrayLike, value: ArrayLike,
        *, judges: int | None = None, cases: int | None = None,
    ) -> "Ratings":  # fmt: skip
        """From three rows of the same length, in order of time: a case that a judge rates again is a repeat."""
        values = line(value, "value")
        who, what = _places(judge, "judge", judges), _places(case, "case", cases)
        if not len(values) == len(who) == len(what):
            raise ValueError("judge, case and value must be rows of the same length.")
        judges, cases = judges or int(who.max()) + 1, cases or int(what.max()) + 1
        order = _in_order(what, cases)
        order = order[_in_order(who[order], judges)]
        return cls(who[order], what[order], values[order], judges, cases)

    @property
    def is_first(self) -> NDArray[np.bool_]:
        """Whether each row is its judge's first rating of its case."""
        again = (self.judge[1:] == self.judge[:-1]) & (self.case[1:] == self.case[:-1])
        return np.concatenate([[True], ~again])

    def only(self, rows: NDArray[np.bool_]) -> "Ratings":
        return Ratings(self.judge[rows], self.case[rows], self.value[rows], self.judges, self.cases)


@dataclass(frozen=True)
class Effects:
    """A rating is about `grand` + its judge's effect + its case's effect; NaN for whoever has no rating.

    `left` is the sum of squares that these do not explain, `parts` into how many sets judges and cases fall that
    share nothing (effects can be compared only inside one).
    """

    grand: float
    judge: Numbers
    case: Numbers
    left: float
    parts: int
    sweeps: int


@dataclass(frozen=True)
class RatingNoise(NoiseParts):
    """Variances corrected for few judges or cases, from each judge's first rating of each case.

    `occasion` is None when nothing was rated twice: occasion noise then stays inside `pattern` and cannot be told.
    """

    judges: int
    cases: int
    ratings: int
    rated_twice: int
    occasion: Occasion | None
    effects: Effects


def rating_noise(ratings: Ratings, *, of: SharedObject) -> RatingNoise:
    """Level, pattern and system noise (system² = level² + pattern²), and occasion noise where there are repeats."""
    judged_together(of)
    once = ratings.only(ratings.is_first)
    found = effects(once)
    count = len(once.value)
    judges, cases = (int(np.isfinite(some).sum()) for some in (found.judge, found.case))
    free = count - judges - cases + found.parts
    if free < 1 or judges == found.parts:
        raise ValueError("Too few cases were rated by the same judges to tell level from pattern.")
    pattern = found.left / free
    explained = _left_by_cases(once) - found.left
    level = max(0.0, (explained - (judges - found.parts) * pattern) / (count - cases))
    twice, occasion = _occasion(ratings, pattern, of)
    return RatingNoise(
        of, level + pattern, level, pattern, judges, cases, len(ratings.value), twice, occasion, found
    )


def effects(ratings: Ratings) -> Effects:
    """Judge and case effects by alternating means, until they rest; one sweep is two passes over the ratings."""
    grand = float(ratings.value.mean())
    x, seen = ratings.value - grand, _seen(ratings)
    by_judge, by_case = _sums(ratings.judge, x, ratings.judges), _sums(ratings.case, x, ratings.cases)
    of_judge, of_case = np.diff(seen.indptr), _sums(ratings.case, None, ratings.cases)
    still, judge, case = (
        _AT_REST * max(float(x.std()), 1e-300),
        np.zeros(ratings.judges),
        np.zeros(ratings.cases),
    )
    sweeps, moved = 0, np.inf
    while moved > still and sweeps < MOST_SWEEPS:
        sweeps, before, judge = sweeps + 1, judge, _divided(by_judge - seen @ case, of_judge)
        case = _divided(by_case - seen.T @ judge, of_case)
        moved = float(np.abs(judge - before).max())
    left = float(((x - judge[ratings.judge] - case[ratings.case]) ** 2).sum())
    middle = float(judge[of_judge > 0].mean())
    return Effects(
        grand, np.where(of_judge > 0, judge - middle, np.nan), np.where(of_case > 0, case + middle, np.nan),
        left, _parts(seen, of_judge, of_case), sweeps,
    )  # fmt: skip


def _occasion(ratings: Ratings, pattern: float, of: SharedObject) -> tuple[int, Occasion | None]:
    """As `noise.occasion_noise`, from the pairs there are: differences centred by case, halved."""
    first = ratings.is_first
    second = np.flatnonzero(~first & np.concatenate([[False], first[:-1]]))
    moved, case = ratings.value[second] - ratings.value[second - 1], ratings.case[second]
    count = _sums(case, None, ratings.cases)
    free = len(moved) - int((count > 0).sum())
    if free < 1:
        return len(moved), None
    centred = moved - _divided(_sums(case, moved, ratings.cases), count)[case]
    occasion = float((centred**2).sum() / free / 2)
    return len(moved), Occasion(of, occasion, max(0.0, pattern - occasion))


def _left_by_cases(ratings: Ratings) -> float:
    count = _sums(ratings.case, None, ratings.cases)
    mean = _divided(_sums(ratings.case, ratings.value, ratings.cases), count)
    return float(((ratings.value - mean[ratings.case]) ** 2).sum())


def _seen(ratings: Ratings) -> csr_matrix:
    """judges × cases: 1 where rated. The rows lie in order already, so nothing is copied but the ones."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(ratings.judge, minlength=ratings.judges))])
    shape = (ratings.judges, ratings.cases)
    return csr_matrix((np.ones(len(ratings.value)), ratings.case, starts), shape=shape)


def _parts(seen: csr_matrix, of_judge: Places, of_case: Numbers) -> int:
    """How many sets of judges and cases there are that no rating joins; places without a rating are not counted."""
    judges, cases = seen.shape
    starts = np.concatenate([seen.indptr, np.full(cases, seen.indptr[-1], seen.indptr.dtype)])
    joined = csr_matrix((seen.data, seen.indices + np.int32(judges), starts), shape=(judges + cases,) * 2)
    found: int = connected_components(joined, directed=False, return_labels=False)
    return found - int((of_judge == 0).sum()) - int((of_case == 0).sum())


def _sums(place: Places, value: Numbers | None, places: int) -> Numbers:
    return np.bincount(place, weights=value, minlength=places).astype(np.float64)


def _divided(sums: Numbers, count: NDArray[np.generic]) -> Numbers:
    return np.asarray(sums / np.maximum(count.astype(np.float64), 1.0))


def _in_order(keys: Places, size: int) -> NDArray[np.int64]:
    """The order that sorts keys and keeps equal ones as they came: a counting sort, in one pass."""
    rows = csr_matrix((np.arange(len(keys)), keys, [0, len(keys)]), shape=(1, size))
    return np.asarray(rows.tocsc().data)


def _places(given: ArrayLike, name: str, size: int | None) -> Places:
    found = np.asarray(given)
    if found.ndim != 1 or found.dtype.kind not in "iu":
        raise ValueError(f"{name} must be one row of whole numbers.")
    most = np.iinfo(np.int32).max if size is None else size
    if len(found) and not (found.min() >= 0 and found.max() < most):
        raise ValueError(f"{name} must lie between 0 and {most - 1}.")
    return found.astype(np.int32)
