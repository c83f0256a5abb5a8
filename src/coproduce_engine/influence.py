"""Estimates of a truth that is known: error of the crowd, its diversity, and where the truth lies in it.

Lorenz, Rauhut, Schweitzer & Helbing 2011, PNAS 108:9020–9025. Only for estimates with a known, positive truth
(a warm-up question); opinions have none, and nothing of this may be said of them.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike

from .checks import Numbers, line


@dataclass(frozen=True)
class Crowd:
    """Squared errors on a logarithmic scale: individual = collective + diversity, exactly.

    `indicator` is how far one may count in from both ends before the truth is passed; 0: it lies outside.
    """

    collective_error: float
    diversity: float
    individual_error: float
    indicator: int


def crowd(estimates: ArrayLike, truth: float) -> Crowd:
    """From positive estimates of shape (people,) in the units of the truth."""
    x = line(estimates, "estimates")
    t = float(line([truth], "truth")[0])
    if t <= 0 or (x <= 0).any():
        raise ValueError("Estimates and truth must be above nought.")
    logs = np.log(x)
    return Crowd(
        collective_error=collective_error(float(np.exp(logs.mean())), t),
        diversity=float(logs.var()),
        individual_error=float(((log(t) - logs) ** 2).mean()),
        indicator=_indicator(np.sort(x), t),
    )


def collective_error(middle: float, truth: float) -> float:
    """(ln truth − ln middle)², for the middle that stands for the crowd: its geometric mean, or another."""
    if middle <= 0 or truth <= 0:
        raise ValueError("Estimates and truth must be above nought.")
    return (log(truth) - log(middle)) ** 2


def _indicator(ordered: Numbers, truth: float) -> int:
    """max { i : x(i) ≤ truth ≤ x(n − i + 1) }."""
    held = np.flatnonzero((ordered <= truth) & (truth <= ordered[::-1]))
    return int(held[-1]) + 1 if len(held) else 0
