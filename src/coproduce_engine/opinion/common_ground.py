"""Common ground across groups that people came with: how far every one of them stands on the same side.

The figure is the lowest lower bound of the groups' shares (Wilson's, 95 %): at least so much of every group holds it.
No clustering is needed, it does not shrink as groups are added, and a group with too few votes on a statement leaves
the statement without a figure instead of deciding it. Where two groups stand apart, the difference has an interval of
Newcombe's (1998, Statistics in Medicine 17:873–890, method 10), widened for the number of pairs of groups.
"""

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from ..checks import Interval
from .held import SIDES
from .many_tests import corrected, larger_share
from .results import Divided, GivenGroups, Shared, Tally
from .tallies import AGREE, Counts, on_side, tally

Numbers = NDArray[np.float64]

LEVEL = 0.95
# A tally that may not be shown.
HIDDEN = Tally(0, 0, 0)


def given_groups(
    names: Sequence[str], people: NDArray[np.int64], counts: Counts, everybody: Counts, least: int
) -> GivenGroups:
    """`people` (groups) and `counts` (groups × statements × 3) of groups given; `everybody` statements × 3.

    Groups of fewer than `least` people count in no figure by themselves, and a statement that fewer than `least` of
    a group saw has none.
    """
    large = np.flatnonzero(people >= least)
    common: tuple[Shared, ...] = ()
    divided: tuple[Divided, ...] = ()
    if len(large):
        shown = np.flatnonzero((counts[large].sum(axis=2) >= least).all(axis=0))
        common = _common(counts, everybody, large, shown)
        divided = _divided(counts, large, shown)
    small = np.flatnonzero(people < least)
    return GivenGroups(tuple(names), tuple(people.tolist()), tuple(small.tolist()), common, divided)


def wilson_bounds(part: NDArray[np.int64], whole: NDArray[np.int64], z: float) -> tuple[Numbers, Numbers]:
    """Lower and upper ends (Wilson 1927, JASA 22:209–212) for many shares at once; `whole` above 0."""
    share, weight = part / whole, z * z / whole
    middle = (share + weight / 2) / (1 + weight)
    reach = z * np.sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return np.where(part == 0, 0.0, middle - reach), np.where(part == whole, 1.0, middle + reach)


def _common(
    counts: Counts, everybody: Counts, large: NDArray[np.int64], shown: NDArray[np.int64]
) -> tuple[Shared, ...]:
    """Statements on which more than half of every group takes the same side, strongest first."""
    whole = counts[np.ix_(large, shown)].sum(axis=2)
    found = []
    for side in SIDES:
        part = on_side(counts[np.ix_(large, shown)], side)
        low, _ = wilson_bounds(part, whole, _z(1))
        share = part / whole
        everyone = on_side(everybody[shown], side) / everybody[shown].sum(axis=1)
        for place in np.flatnonzero((share > 0.5).all(axis=0)):
            lowest = int(low[:, place].argmin())
            found.append(
                Shared(
                    int(shown[place]), side, float(low[lowest, place]), int(large[lowest]),
                    _by_group(counts, large, int(shown[place])), float(share[:, place].mean()), float(everyone[place]),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.least, one.statement)))


def _divided(counts: Counts, large: NDArray[np.int64], shown: NDArray[np.int64]) -> tuple[Divided, ...]:
    """Statements on which the highest and the lowest group differ by more than chance; the surest distance first."""
    if len(large) < 2 or not len(shown):
        return ()
    part, whole = counts[np.ix_(large, shown)][:, :, AGREE], counts[np.ix_(large, shown)].sum(axis=2)
    pairs = len(large) * (len(large) - 1) // 2
    share = part / whole
    high, low = share.argmax(axis=0), share.argmin(axis=0)
    every = np.arange(len(shown))
    p = larger_share(part[high, every], whole[high, every], part[low, every], whole[low, every])
    apart = corrected(np.minimum(2 * p * pairs, 1)) <= 1 - LEVEL
    ends = wilson_bounds(part, whole, _z(pairs))
    found = []
    for place in np.flatnonzero(apart):
        top, bottom = int(high[place]), int(low[place])
        shares, bounds = share[:, place], [end[:, place] for end in ends]
        interval = _difference(shares, bounds, top, bottom)
        found.append(
            Divided(
                int(shown[place]), int(large[top]), int(large[bottom]), float(shares[top] - shares[bottom]),
                interval, _by_group(counts, large, int(shown[place])),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.interval.low, one.statement)))


def _difference(shares: Numbers, bounds: Sequence[Numbers], top: int, bottom: int) -> Interval:
    low, high = bounds
    apart = shares[top] - shares[bottom]
    below = np.hypot(shares[top] - low[top], high[bottom] - shares[bottom])
    above = np.hypot(high[top] - shares[top], shares[bottom] - low[bottom])
    return Interval(float(apart - below), float(apart + above), LEVEL)


def _z(pairs: int) -> float:
    return NormalDist().inv_cdf(1 - (1 - LEVEL) / (2 * pairs))


def _by_group(counts: Counts, large: NDArray[np.int64], statement: int) -> tuple[Tally, ...]:
    told = [HIDDEN] * len(counts)
    for group in large.tolist():
        told[group] = tally(counts[group, statement])
    return tuple(told)
