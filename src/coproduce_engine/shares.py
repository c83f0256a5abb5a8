"""Shares of several groups: the range around each, and how often chance alone would make them differ as much.

The interval is Wilson's (1927, JASA 22:209–212): with few cases it keeps inside 0 and 1 and covers what it says
(Newcombe 1998, Statistics in Medicine 17:857–872). The test keeps both margins, as Fisher's does, and draws.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

import numpy as np

from .checks import Interval, Seed, between, generator

# Two sums of the same squares can differ in their last bit.
_AS_GOOD_AS = 1e-9


def wilson(part: int, whole: int, *, level: float = 0.95) -> Interval:
    """The range of shares that so many of so many would not surprise."""
    if not 0 <= part <= whole or not whole:
        raise ValueError(f"{part} of {whole} is no share.")
    z = NormalDist().inv_cdf((1 + between(level, 0.5, 0.999, "level")) / 2)
    share, weight = part / whole, z * z / whole
    middle = (share + weight / 2) / (1 + weight)
    reach = z * sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    # At the ends the formula meets 0 and 1 exactly, and floating point nearly.
    return Interval(0.0 if part == 0 else middle - reach, 1.0 if part == whole else middle + reach, level)


def by_chance(parts: Sequence[int], wholes: Sequence[int], *, seed: Seed, draws: int = 9_999) -> float:
    """p: how often shares differ at least this much when chance deals the same cases to the same groups."""
    if len(parts) != len(wholes) or len(parts) < 2:
        raise ValueError("Two groups or more must be given, each with its part and its whole.")
    if any(not 0 <= part <= whole or not whole for part, whole in zip(parts, wholes, strict=True)):
        raise ValueError("Each part must lie between nought and its whole, and no whole may be nought.")
    taken, cases = sum(parts), sum(wholes)
    if taken in (0, cases):
        return 1.0
    expected = np.array(wholes) * (taken / cases)
    drawn = generator(seed).multivariate_hypergeometric(wholes, taken, size=draws, method="marginals")
    unlike = ((drawn - expected) ** 2 / expected).sum(axis=1)
    seen = ((np.array(parts) - expected) ** 2 / expected).sum()
    return float((1 + (unlike >= seen - _AS_GOOD_AS).sum()) / (draws + 1))
