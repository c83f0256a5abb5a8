"""Figures of an independent round: who answered, what they think at each level, and how far they moved.

Source of every formula: domain.md, C4 “Measures”. Ratings run from −3 (much worse) to +3 (much better), without
unit; a missing rating (a skipped question) is None and counts nowhere. Groups and intents are any hashable names.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import TypeVar

G = TypeVar("G", bound=Hashable)
I = TypeVar("I", bound=Hashable)  # noqa: E741


@dataclass(frozen=True)
class Share:
    """A part of a whole, kept as two counts so that nobody quotes the percentage alone."""

    part: int
    whole: int

    @property
    def fraction(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> float | None:
        return None if self.fraction is None else round(100 * self.fraction, 1)


@dataclass(frozen=True)
class Contrast:
    """How many people rate level 2 (people around me) lower than, equal to, or higher than level 1 (me)."""

    lower: int
    equal: int
    higher: int

    @property
    def people(self) -> int:
        return self.lower + self.equal + self.higher


@dataclass(frozen=True)
class Shift:
    """How the same people's ratings moved between the first and the second answer."""

    people: int
    up: int
    down: int
    mean_before: float
    mean_after: float
    sd_before: float
    sd_after: float

    @property
    def moved(self) -> int:
        return self.up + self.down

    @property
    def convergence(self) -> float | None:
        """1 − SD₂ ÷ SD₁: 0 is as far apart as before, 1 is all alike, below 0 is further apart."""
        return 1 - self.sd_after / self.sd_before if self.sd_before else None


def independence(*, sealed_on_time: int, invited: int) -> Share:
    """Answers sealed on time ÷ people invited."""
    return Share(sealed_on_time, invited)


def response_by_group(invited: Iterable[G], answered: Iterable[G]) -> dict[G, Share]:
    """For each group that was invited: people who answered ÷ people invited. One name a person."""
    asked, came = Counter(invited), Counter(answered)
    return {group: Share(came[group], count) for group, count in asked.items()}


def mean(ratings: Iterable[int | None]) -> float | None:
    """Arithmetic mean of the ratings that were given; None when there is none."""
    given = [rating for rating in ratings if rating is not None]
    return fmean(given) if given else None


def means_by_group(ratings: Iterable[tuple[G, int | None]]) -> dict[G, float | None]:
    """Mean rating of each group, from one pair (group, rating) a person."""
    grouped: dict[G, list[int | None]] = {}
    for group, rating in ratings:
        grouped.setdefault(group, []).append(rating)
    return {group: mean(given) for group, given in grouped.items()}


def level_contrast(pairs: Iterable[tuple[int | None, int | None]]) -> Contrast:
    """Compare each person's level 2 with their level 1, from pairs (level 1, level 2)."""
    signs = Counter((two > one) - (two < one) for one, two in pairs if one is not None and two is not None)
    return Contrast(lower=signs[-1], equal=signs[0], higher=signs[1])


def intention_table(picked: Iterable[tuple[G, Collection[I]]]) -> dict[I, dict[G, int]]:
    """Perceived intention × group: how many people of a group named an intent. One pair a person."""
    table: dict[I, dict[G, int]] = {}
    for group, intents in picked:
        for intent in set(intents):
            row = table.setdefault(intent, {})
            row[group] = row.get(group, 0) + 1
    return table


def match(picked: Iterable[Collection[I]], stated: Collection[I]) -> Share:
    """People who named at least one stated intent ÷ people who answered."""
    people = list(picked)
    said = set(stated)
    return Share(sum(not said.isdisjoint(intents) for intents in people), len(people))


def shift(pairs: Sequence[tuple[int | None, int | None]]) -> Shift | None:
    """Movement from pairs (first, second) of the people who gave both; standard deviations are the population's.

    Reported as “moved” and “converged”, never “improved” (listening.md §2.5).
    """
    both = [(first, second) for first, second in pairs if first is not None and second is not None]
    if not both:
        return None
    before, after = [pair[0] for pair in both], [pair[1] for pair in both]
    return Shift(
        people=len(both),
        up=sum(second > first for first, second in both),
        down=sum(second < first for first, second in both),
        mean_before=fmean(before), mean_after=fmean(after), sd_before=pstdev(before), sd_after=pstdev(after),
    )  # fmt: skip


def in_groups(counts: Mapping[I, Mapping[G, int]], item: I) -> int:
    """The row total of one line of `intention_table`."""
    return sum(counts.get(item, {}).values())
