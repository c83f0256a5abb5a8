"""Whether the same people's answers came closer together or went further apart (listening.md §2.4).

Our scales have few points and heavy tails, where the classical test fails (Wilcox 2015). So the test changes the
places of first and second answer within each person, and asks how often chance alone spreads them so unlike.
The classical one stands in `paired_variances`, because it needs SciPy.
"""

from dataclasses import dataclass
from math import exp, inf, log

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Numbers, Seed, pairs
from .permutation import Ways, turned_round, ways

# From one fiftieth to fifty times the ratio that was seen.
_REACH = log(50)


@dataclass(frozen=True)
class SpreadChange:
    """SD after ÷ SD before (below 1: closer together), with p and interval; None where nothing can be compared."""

    people: int
    sd_before: float
    sd_after: float
    ratio: float | None
    p: float | None
    interval: Interval | None
    is_exact: bool


def sd_ratio(before: ArrayLike, after: ArrayLike) -> float | None:
    """Standard deviation after ÷ before; None when nobody differed before."""
    first, second = pairs(before, after)
    return float(second.std() / first.std()) if np.ptp(first) else None


def spread_change(before: ArrayLike, after: ArrayLike, *, seed: Seed) -> SpreadChange:
    """The ratio with the sign-swap test of ln(s²_after ÷ s²_before); exact up to 16 people, seeded above.

    The interval holds every ratio that the same test would not reject, once the second answers are pulled back
    by that ratio around their own mean. It exists when people differed both before and after.
    """
    first, second = pairs(before, after)
    chance = ways(len(first), seed)
    ratio = sd_ratio(first, second)
    sums = _Sums.of(first, second, chance)
    p = sums.p(1.0, chance) if np.ptp(first) or np.ptp(second) else None
    interval = (
        turned_round(
            lambda pulled: sums.p(pulled, chance), ratio, _REACH, step=lambda start, by: start * exp(by)
        )
        if ratio
        else None
    )
    if interval and interval.low == -inf:
        interval = Interval(0.0, interval.high, interval.level)
    return SpreadChange(
        len(first), float(first.std(ddof=1)), float(second.std(ddof=1)), ratio, p, interval, chance.is_exact
    )


@dataclass(frozen=True)
class _Sums:
    """What each way needs: sums and squares of the answers that changed places. So every ratio costs one line."""

    first: Numbers
    second: Numbers
    changed: Numbers
    of_first: Numbers
    of_second: Numbers
    squares_of_first: Numbers
    squares_of_second: Numbers

    @classmethod
    def of(cls, first: Numbers, second: Numbers, chance: Ways) -> "_Sums":
        # Around the means the squares stay small, and no digit is lost when they are subtracted.
        x, y = first - first.mean(), second - second.mean()
        swap = chance.changed
        return cls(first, second, swap.sum(axis=1), swap @ x, swap @ y, swap @ x**2, swap @ y**2)

    def p(self, pulled: float, chance: Ways) -> float:
        """Two-sided p for “the spread after is `pulled` times the spread before”."""
        apart = float(self.second.mean() - self.first.mean())
        x, y = self.first - self.first.mean(), (self.second - self.second.mean()) / pulled
        people = len(x)
        sum_y = self.of_second / pulled + apart * self.changed
        squares_y = (
            self.squares_of_second / pulled**2 + 2 * apart * self.of_second / pulled + apart**2 * self.changed
        )
        into_first = (squares_y - self.squares_of_first, sum_y - self.of_first)
        square_x, square_y = float((x**2).sum()), float(((y + apart) ** 2).sum())
        spread_x = square_x + into_first[0] - into_first[1] ** 2 / people
        spread_y = square_y - into_first[0] - (people * apart - into_first[1]) ** 2 / people
        return chance.p(_unlike(spread_x, spread_y), float(_unlike((x**2).sum(), (y**2).sum())))


def _unlike(one: Numbers, other: Numbers) -> Numbers:
    """|ln(one ÷ other)|; two spreads of nought are alike."""
    floor = 1e-12
    low, high = np.minimum(one, other), np.maximum(one, other)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(high / np.maximum(low, 0))
    return np.asarray(np.where(high < floor, 0.0, np.where(low < floor, inf, found)), dtype=np.float64)
