"""Agreement within one group about one thing: r_wg, and a share against a threshold fixed beforehand.

r_wg: James, Demaree & Wolf 1984, Journal of Applied Psychology 69:85–98. Threshold: of 86 Delphi studies that claimed
consensus only 42 had said beforehand what it would be (Diamond et al. 2014, J. Clin. Epidemiology 67:401–409).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Seed, between, generator, line, table

USUAL_THRESHOLD = 0.75


@dataclass(frozen=True)
class WithinGroup:
    """1 is all alike, 0 as if each chose at random, below 0 split into camps. Never clipped.

    `value` is None when several items are so split that the formula has no meaning; `split` is True then too.
    """

    value: float | None
    variance: float
    at_random: float
    items: int

    @property
    def is_split(self) -> bool:
        return self.variance > self.at_random


@dataclass(frozen=True)
class AgainstThreshold:
    """So many of so many gave one of the answers that count as agreement, beside the share fixed beforehand."""

    agree: int
    people: int
    threshold: float

    @property
    def share(self) -> float:
        return self.agree / self.people

    @property
    def is_reached(self) -> bool:
        return self.share >= self.threshold


@dataclass(frozen=True)
class PairsAlike:
    """Pairs of people who named at least one same thing, of all pairs."""

    alike: int
    pairs: int
    people: int

    @property
    def share(self) -> float:
        return self.alike / self.pairs


def within_group(ratings: ArrayLike, *, options: int) -> WithinGroup:
    """r_wg = 1 − s² ÷ σ²_EU of one group's ratings, shape (people,), on a scale of so many options."""
    x = line(ratings, "ratings", least=2)
    chance = _at_random(options)
    variance = float(x.var(ddof=1))
    return WithinGroup(1 - variance / chance, variance, chance, 1)


def within_group_of_items(ratings: ArrayLike, *, options: int) -> WithinGroup:
    """r_wg(J) = J (1 − q) ÷ (J (1 − q) + q), q = mean s² ÷ σ²_EU, from ratings of shape (people, items)."""
    x = table(ratings, "ratings", rows=2, columns=1)
    chance, items = _at_random(options), x.shape[1]
    variance = float(x.var(axis=0, ddof=1).mean())
    q = variance / chance
    value = items * (1 - q) / (items * (1 - q) + q) if q <= 1 else None
    return WithinGroup(value, variance, chance, items)


def within_group_interval(
    ratings: ArrayLike, *, options: int, seed: Seed, draws: int = 4_999, level: float = 0.95
) -> Interval:
    """Percentile interval of r_wg of one item, by drawing people with replacement. Only from eight people on."""
    x = line(ratings, "ratings", least=2)
    drawn = generator(seed).choice(x, size=(draws, len(x)))
    # Drawn with replacement a sample is a little narrower than the group; n ÷ (n − 1) makes up for it.
    variances = drawn.var(axis=1, ddof=1) * len(x) / (len(x) - 1)
    low, high = np.quantile(1 - variances / _at_random(options), [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level)


def against_threshold(
    ratings: ArrayLike, *, agree: Collection[float], threshold: float, fixed_beforehand: bool
) -> AgainstThreshold:
    """How many gave one of the answers in `agree`. A threshold chosen afterwards proves nothing: ValueError."""
    x = line(ratings, "ratings")
    if not fixed_beforehand:
        raise ValueError("The threshold must be fixed and kept before the answers are opened.")
    between(threshold, 0.5, 1, "threshold")
    return AgainstThreshold(int(np.isin(x, list(agree)).sum()), len(x), threshold)


def pairs_alike(picked: Sequence[Collection[Hashable]]) -> PairsAlike:
    """How many of all pairs of people named at least one same thing. People who named nothing make no pair."""
    named = Counter(frozenset(names) for names in picked if names)
    people = named.total()
    if people < 2:
        raise ValueError("Two people or more must have named something.")
    same = sum(count * (count - 1) // 2 for count in named.values())
    across = sum(
        named[one] * named[other] for one, other in combinations(named, 2) if not one.isdisjoint(other)
    )
    return PairsAlike(same + across, people * (people - 1) // 2, people)


def _at_random(options: int) -> float:
    """Variance if every option were as likely: (A² − 1) ÷ 12."""
    if options < 2:
        raise ValueError("A scale has at least two options.")
    return (options**2 - 1) / 12
