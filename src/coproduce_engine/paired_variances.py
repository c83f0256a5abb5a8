"""Pitman–Morgan: the classical test of two variances of the same people (Pitman 1939; Morgan 1939, Biometrika 31).

It fails with heavy tails (Wilcox 2015), and our scales have few points: `spread` is the one for pages. Here it
says what a design could find at all. Imports SciPy, which costs a small server tens of megabytes: load this module
only where it is used.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from .checks import between, pairs


@dataclass(frozen=True)
class PitmanMorgan:
    """r between sums and differences, t with n − 2 degrees of freedom, two-sided p, SD after ÷ before."""

    r: float
    t: float
    degrees: int
    p: float
    sd_ratio: float


def pitman_morgan(before: ArrayLike, after: ArrayLike) -> PitmanMorgan:
    """r = corr(x + y, x − y), t = r √((n − 2) ÷ (1 − r²)); positive when people came closer together.

    ValueError with fewer than three people, or when one answer follows from the other (r is ±1 or undefined).
    """
    x, y = pairs(before, after, least=3)
    degrees = len(x) - 2
    if not (np.ptp(x + y) and np.ptp(x - y) and np.ptp(x)):
        raise ValueError("Sums or differences do not vary: there is nothing to correlate.")
    r = float(np.corrcoef(x + y, x - y)[0, 1])
    if 1 - abs(r) < 1e-12:
        raise ValueError("Sums and differences lie on one line: the test is not defined.")
    t = r * sqrt(degrees / (1 - r**2))
    return PitmanMorgan(r, t, degrees, float(2 * stats.t.sf(abs(t), degrees)), float(y.std() / x.std()))


def pitman_morgan_t_by_variances(before: ArrayLike, after: ArrayLike) -> float:
    """The same t from F = s²_before ÷ s²_after and their correlation: (F − 1) √(n − 2) ÷ (2 √(F (1 − ρ²)))."""
    x, y = pairs(before, after, least=3)
    f = float(x.var(ddof=1) / y.var(ddof=1))
    rho = float(np.corrcoef(x, y)[0, 1])
    return (f - 1) * sqrt(len(x) - 2) / (2 * sqrt(f * (1 - rho**2)))


def sd_ratio_that_would_show(people: int, correlation: float, *, alpha: float = 0.05) -> float:
    """The SD ratio below which p < alpha, with so many people and this correlation of before and after.

    Solves the second formula: R² + 2 k R − 1 = 0 with k = t_α √((1 − ρ²) ÷ (n − 2)).
    """
    if people < 3:
        raise ValueError("The test needs at least three people.")
    rho = between(correlation, -1, 1, "correlation")
    k = float(stats.t.isf(alpha / 2, people - 2)) * sqrt((1 - rho**2) / (people - 2))
    return sqrt(k**2 + 1) - k
