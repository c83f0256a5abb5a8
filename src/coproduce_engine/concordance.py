"""Kendall's W: how far several people put things in the same order.

Kendall & Babington Smith 1939, Annals of Mathematical Statistics 10:275–287; ties as in Kendall's book of 1948.
Imports SciPy, which costs a small server tens of megabytes: load this module only where it is used.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from .checks import Numbers, table


@dataclass(frozen=True)
class Concordance:
    """W from 0 (no common order) to 1 (one order), χ² = m (n − 1) W with n − 1 degrees; None if all is tied.

    p leans on the χ² distribution and is rough below about eight things or eight people.
    """

    rank_sums: tuple[float, ...]
    spread: float
    ties: float
    w: float | None
    chi_squared: float | None
    degrees: int
    p: float | None


def kendall_w(ratings: ArrayLike) -> Concordance:
    """From ratings of shape (judges, things), higher is more; corrected for ties."""
    x = table(ratings, "ratings")
    judges, things = x.shape
    ranks = stats.rankdata(x, axis=1)
    sums = ranks.sum(axis=0)
    spread = float(((sums - judges * (things + 1) / 2) ** 2).sum())
    ties = float(sum(_ties(row) for row in x))
    most = judges**2 * (things**3 - things) - judges * ties
    w = 12 * spread / most if most > 0 else None
    chi = None if w is None else judges * (things - 1) * w
    p = None if chi is None else float(stats.chi2.sf(chi, things - 1))
    return Concordance(tuple(map(float, sums)), spread, ties, w, chi, things - 1, p)


def _ties(row: Numbers) -> float:
    """Σ (t³ − t) over the tied runs of one judge."""
    _values, runs = np.unique(row, return_counts=True)
    return float((runs**3 - runs).sum())
