"""How many independent voices a group of alike answers is worth.

Kish 1965, Survey Sampling (design effect); Clemen & Winkler 1985, Operations Research 33:427–442; Jacobs 1995, Neural
Computation 7:867–888; Broomell & Budescu 2009, Psychometrika 74:531–553.

The formula wants the correlation of ERRORS. Without a truth, alike answers may mean copying or a plain fact: so show
it as “redundancy of voices”, and never as proof that people were, or were not, independent. That is a recorded fact
about each answer, not a statistic.
"""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Numbers, Seed, between, generator, line, table


def effective_voices(people: int, correlation: float) -> float:
    """n ÷ (1 + (n − 1) ρ); towards 1 ÷ ρ for many people. ρ may not be so low that no variance is left."""
    if people < 1:
        raise ValueError("At least one person must speak.")
    rho = between(correlation, -1, 1, "correlation")
    inflation = 1 + (people - 1) * rho
    if inflation <= 0:
        raise ValueError(f"{people} people cannot all differ so much: their mean would have no variance.")
    return people / inflation


def variance_of_mean(variance: float, people: int, correlation: float) -> float:
    """(σ² ÷ n) · [1 + (n − 1) ρ], in squared units of the answers."""
    return between(variance, 0, float("inf"), "variance") / effective_voices(people, correlation)


def mean_pairwise_correlation(ratings: ArrayLike) -> float:
    """Mean correlation of each two people over the items, from ratings of shape (people, items).

    ValueError when someone gave every item the same answer.
    """
    return float(_mean_correlations(table(ratings, "ratings", columns=3)[None])[0])


def scatter_of_independent_people(
    people: int, items: int, *, seed: Seed, draws: int = 20_000, level: float = 0.95
) -> Interval:
    """Where the mean pairwise correlation of truly independent people falls by chance, by simulation."""
    if people < 2 or items < 3:
        raise ValueError("Simulate at least two people and three items.")
    found = _mean_correlations(generator(seed).standard_normal((draws, people, items)))
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level)


def weight_of_advice(first: ArrayLike, advice: ArrayLike, second: ArrayLike) -> list[float | None]:
    """(x₂ − x₁) ÷ (a − x₁) for each person, clipped to 0 … 1; None where the advice was their own view.

    Harvey & Fischer 1997, Organizational Behavior and Human Decision Processes 70:117–133; Yaniv 2004, same, 93:1–13.
    """
    x1, a, x2 = line(first, "first"), line(advice, "advice"), line(second, "second")
    if not len(x1) == len(a) == len(x2):
        raise ValueError("first, advice and second must be of the same people.")
    return [
        None if there == here else float(min(max((went - here) / (there - here), 0), 1))
        for here, there, went in zip(x1, a, x2, strict=True)
    ]


def _mean_correlations(answers: Numbers) -> Numbers:
    """For a stack of shape (draws, people, items): the sum of standardised rows holds every pair at once."""
    centred = answers - answers.mean(axis=2, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=2, keepdims=True))
    if (length <= 1e-12 * sqrt(answers.shape[2])).any():
        raise ValueError("Someone gave every item the same answer: it correlates with nothing.")
    together = (centred / length).sum(axis=1)
    people = answers.shape[1]
    return np.asarray(((together**2).sum(axis=1) - people) / (people * (people - 1)))
