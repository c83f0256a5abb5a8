"""Chance by shuffling: which of two answers of a person came first, and intervals by turning a test round.

With up to 16 people every one of the 2ⁿ ways is tried and p is exact; above that a seeded sample of them, where
p = (1 + as extreme) ÷ (1 + tried), so that p is never nought (Phipson & Smyth 2010).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from .checks import Interval, Numbers, Seed, generator

MOST_EXACT = 16
MOST_DRAWS, FEWEST_DRAWS = 9_999, 999
# Two ways that give the same figure may differ in its last bits.
SAME = 1e-9
# A round of thousands must neither fill the memory of a small server nor keep a reader waiting.
_CELLS_AT_ONCE, _CELLS = 1_000_000, 4_000_000


@dataclass(frozen=True)
class Ways:
    """Ways to change sides. `sums[w]` adds up each column over the people whose answers change places in way w."""

    sums: Numbers
    is_exact: bool

    def p(self, statistic: Numbers, seen: float) -> float:
        """The share of ways whose statistic is at least as large as the one seen."""
        slack = SAME * max(1.0, abs(seen)) if isfinite(seen) else 0.0
        as_large = int((statistic >= seen - slack).sum())
        return as_large / len(statistic) if self.is_exact else (1 + as_large) / (1 + len(statistic))


def ways(columns: Numbers, seed: Seed) -> Ways:
    """Every way for up to 16 people, else 9,999 of them (above 400 people fewer, down to 999).

    Columns have the shape (people, figures).
    The first person stays as they are: a way and its opposite give the same two-sided statistic.
    """
    people = len(columns)
    if people <= MOST_EXACT:
        numbers = np.arange(2 ** (people - 1))
        changed: NDArray[np.int64] = (numbers[:, None] >> np.arange(people - 1)) & 1
        return Ways(np.asarray(changed @ columns[1:]), is_exact=True)
    draws = max(FEWEST_DRAWS, min(MOST_DRAWS, _CELLS // people))
    chance, at_once = generator(seed), max(1, _CELLS_AT_ONCE // people)
    sizes = [min(at_once, draws - begun) for begun in range(0, draws, at_once)]
    return Ways(
        np.concatenate([chance.integers(0, 2, size=(size, people)) @ columns for size in sizes]),
        is_exact=False,
    )


def turned_round(
    p_of: Callable[[float], float],
    estimate: float,
    reach: float,
    *,
    step: Callable[[float, float], float] = lambda start, by: start + by,
    level: float = 0.95,
) -> Interval:
    """All values that a two-sided test would not reject, found by halving between the estimate and `reach` away.

    An end that is not rejected even at `reach` is open.
    """
    low, high = (_end(p_of, estimate, by, step, 1 - level) for by in (-reach, reach))
    return Interval(low, high, level)


def _end(
    p_of: Callable[[float], float],
    estimate: float,
    reach: float,
    step: Callable[[float, float], float],
    alpha: float,
) -> float:
    if p_of(step(estimate, reach)) > alpha:
        return inf if reach > 0 else -inf
    inside, outside = 0.0, reach
    for _halving in range(18):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_of(step(estimate, middle)) > alpha else (inside, middle)
    return step(estimate, inside)
