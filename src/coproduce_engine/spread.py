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
from .permutation import turned_round, ways

# From one fiftieth to fifty times the ratio that was seen.
_REACH = log(50)


@dataclass(frozen=True)
class SpreadChange:
    """SD after ÷ SD before (below 1: closer together), with p and interval; None where nothing can be compared."""

    people: int
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
    swaps = _Swaps(first, second, seed)
    ratio = sd_ratio(first, second)
    p = swaps.p(1.0) if np.ptp(first) or np.ptp(second) else None
    interval = None
    if ratio:
        found = turned_round(swaps.p, ratio, _REACH, step=lambda start, by: start * exp(by))
        interval = Interval(max(found.low, 0.0), found.high, found.level)
    return SpreadChange(len(first), ratio, p, interval, swaps.chance.is_exact)


class _Swaps:
    """Sums and squares of the answers that change places in each way, so that every ratio costs a few lines."""

    def __init__(self, first: Numbers, second: Numbers, seed: Seed) -> None:
        # Around the means the squares stay small, and no digit is lost when they are subtracted.
        self.x, self.y = first - first.mean(), second - second.mean()
        self.apart = float(second.mean() - first.mean())
        columns = np.column_stack([np.ones(len(first)), self.x, self.y, self.x**2, self.y**2])
        self.chance = ways(columns, seed)

    def p(self, pulled: float) -> float:
        """Two-sided p for “the spread after is `pulled` times the spread before”."""
        changed, sum_x, sum_y, square_x, square_y = self.chance.sums.T
        people, apart = len(self.x), self.apart
        to_first = sum_y / pulled + apart * changed - sum_x
        squares_to_first = square_y / pulled**2 + 2 * apart * sum_y / pulled + apart**2 * changed - square_x
        whole_x, whole_y = float((self.x**2).sum()), float(((self.y / pulled) ** 2).sum())
        spread_x = whole_x + squares_to_first - to_first**2 / people
        spread_y = whole_y + people * apart**2 - squares_to_first - (people * apart - to_first) ** 2 / people
        seen = _unlike(np.array(whole_x), np.array(whole_y))
        return self.chance.p(_unlike(spread_x, spread_y), float(seen))


def _unlike(one: Numbers, other: Numbers) -> Numbers:
    """|ln(one ÷ other)|; two spreads of nought are alike."""
    floor = 1e-12
    low, high = np.minimum(one, other), np.maximum(one, other)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(high / np.maximum(low, 0))
    return np.asarray(np.where(high < floor, 0.0, np.where(low < floor, inf, found)), dtype=np.float64)
