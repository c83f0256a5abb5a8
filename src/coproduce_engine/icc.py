"""Intraclass correlation in its six forms, with F-based intervals.

Estimates: Shrout & Fleiss 1979, Psychological Bulletin 86:420–428. Intervals: the same, and McGraw & Wong 1996,
Psychological Methods 1:30–46. ICC(2,1) answers “would another participant say the same?”.
Imports SciPy, which costs a small server tens of megabytes: load this module only where it is used.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy import stats

from .checks import Interval, between
from .mean_squares import MeanSquares, mean_squares


@dataclass(frozen=True)
class Icc:
    """One form. No estimate where nothing differs; no interval where the ratings are too odd for its formula."""

    name: str
    estimate: float | None
    interval: Interval | None


@dataclass(frozen=True)
class SixForms:
    """ICC(1,1), ICC(2,1), ICC(3,1) of one judge, and the same of the mean of all judges."""

    one_way: Icc
    absolute: Icc
    consistent: Icc
    one_way_of_mean: Icc
    absolute_of_mean: Icc
    consistent_of_mean: Icc
    mean_squares: MeanSquares

    @property
    def all(self) -> tuple[Icc, ...]:
        return (
            self.one_way, self.absolute, self.consistent,
            self.one_way_of_mean, self.absolute_of_mean, self.consistent_of_mean,
        )  # fmt: skip


def icc(ratings: ArrayLike, *, level: float = 0.95) -> SixForms:
    """All six forms of ratings of shape (cases, judges), one reading a cell, none missing."""
    between(level, 0.5, 0.999, "level")
    m = mean_squares(ratings)
    n, k = m.cases, m.judges
    r, w, e, c = m.between_cases, m.within_cases, m.error, m.between_judges
    one_way = _of_ratio(r, w, n - 1, n * (k - 1), level)
    consistent = _of_ratio(r, e, n - 1, (n - 1) * (k - 1), level)
    absolute = _absolute(m, level)
    return SixForms(
        Icc("ICC(1,1)", _share(r - w, r + (k - 1) * w), _single(one_way, k)),
        Icc("ICC(2,1)", _share(r - e, r + (k - 1) * e + k * (c - e) / n), absolute),
        Icc("ICC(3,1)", _share(r - e, r + (k - 1) * e), _single(consistent, k)),
        Icc("ICC(1,k)", _share(r - w, r), _mean(one_way)),
        Icc("ICC(2,k)", _share(r - e, r + (c - e) / n), _stepped_up(absolute, k)),
        Icc("ICC(3,k)", _share(r - e, r), _mean(consistent)),
        m,
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None


def _of_ratio(above: float, below: float, top: int, bottom: int, level: float) -> Interval | None:
    """The interval of a ratio of two mean squares, in units of the ratio that chance alone gives."""
    if below <= 0:
        return None
    tail = (1 - level) / 2
    ratio = above / below
    low, high = ratio / stats.f.isf(tail, top, bottom), ratio * stats.f.isf(tail, bottom, top)
    return Interval(float(low), float(high), level)


def _single(ratio: Interval | None, k: float) -> Interval | None:
    return ratio and Interval(
        (ratio.low - 1) / (ratio.low + k - 1), (ratio.high - 1) / (ratio.high + k - 1), ratio.level
    )


def _mean(ratio: Interval | None) -> Interval | None:
    if ratio is None or ratio.low <= 0:
        return None
    return Interval(1 - 1 / ratio.low, 1 - 1 / ratio.high, ratio.level)


def _stepped_up(one: Interval | None, k: int) -> Interval | None:
    """Spearman and Brown: from one judge to the mean of k; not defined at −1 ÷ (k − 1) or below."""
    if one is None or one.low <= -1 / (k - 1):
        return None
    low, high = (k * end / (1 + (k - 1) * end) for end in (one.low, one.high))
    return Interval(low, high, one.level)


def _absolute(m: MeanSquares, level: float) -> Interval | None:
    """ICC(2,1): degrees of freedom by Satterthwaite."""
    n, k, r, e, c = m.cases, m.judges, m.between_cases, m.error, m.between_judges
    rho = _share(r - e, r + (k - 1) * e + k * (c - e) / n)
    if rho is None or e <= 0:
        return None
    judges, rest = k * rho * c / e, n * (1 + (k - 1) * rho) - k * rho
    below = (n - 1) * judges**2 + rest**2
    degrees = (k - 1) * (n - 1) * (judges + rest) ** 2 / below if below > 0 else 0.0
    # So far below nought that no degrees of freedom are left to speak of.
    if degrees < 1e-3:
        return None
    tail = (1 - level) / 2
    low, high = float(stats.f.isf(tail, n - 1, degrees)), float(stats.f.isf(tail, degrees, n - 1))
    others = k * c + (k * n - k - n) * e
    found = Interval(
        n * (r - low * e) / (low * others + n * r), n * (high * r - e) / (others + n * high * r), level
    )
    # With hardly a case, far below nought, the approximation leaves its own estimate: then it says nothing.
    return found if found.low <= rho <= found.high else None
