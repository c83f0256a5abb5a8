"""What became of the suggestions, in numbers: taken in by group, reasons, how soon the answers came."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any, NamedTuple

from coproduce.core.working_days import working_days_between

from ..terms import TAKEN_IN, Outcome
from .versions import read_number


class Fact(NamedTuple):
    """One suggestion and the answer that counts (`outcome` is empty while it is open or withdrawn)."""

    kind: str
    section: str
    group: str
    author: object
    said_on: date
    due_on: date | None
    outcome: str
    reason_code: str
    decided_on: date | None
    version: str
    id: Any = None
    number: int = 0
    gist: str = ""
    author_name: str = ""
    is_withdrawn: bool = False

    @property
    def is_taken_in(self) -> bool:
        return self.outcome in TAKEN_IN

    @property
    def ref(self) -> str:
        return f"S{self.number:02d}"


class Share(NamedTuple):
    """So many of so many."""

    name: str
    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(100 * self.part / self.whole, 1) if self.whole else None


class Figures(NamedTuple):
    total: int
    people: int
    outcomes: dict[str, int]
    taken_in: Share
    by_group: list[Share]
    reasons: list[tuple[str, int]]
    kinds: dict[str, int]
    versions: list[tuple[str, int]]
    sections: list[tuple[str, int]]
    on_time: Share
    median_days: float | None


def figures_of(facts: Sequence[Fact], groups: Sequence[str], jurisdiction: str) -> Figures:
    """The figures of one document; `groups` gives the order of the groups, and all others come after them."""
    answered = [fact for fact in facts if fact.outcome]
    promised = [fact for fact in answered if fact.due_on and fact.decided_on]
    days = [
        working_days_between(fact.said_on, fact.decided_on, jurisdiction)
        for fact in answered
        if fact.decided_on
    ]
    return Figures(
        total=len(facts),
        people=len({fact.author for fact in facts}),
        outcomes=dict(_counted(fact.outcome for fact in answered)),
        taken_in=_taken_in("", facts),
        by_group=[
            _taken_in(group, [fact for fact in facts if fact.group == group])
            for group in order_of_groups(facts, groups)
        ],
        reasons=_counted(fact.reason_code for fact in answered if fact.outcome != Outcome.ACCEPTED),
        kinds=dict(_counted(fact.kind for fact in facts)),
        versions=in_order(_counted(fact.version for fact in facts if fact.version)),
        sections=_counted(fact.section for fact in facts if fact.section),
        on_time=Share("", sum(is_in_time(fact) for fact in promised), len(promised)),
        median_days=median(days) if days else None,
    )


def in_order(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """By the number of the version: 0.10 comes after 0.9."""
    return sorted(counted, key=lambda one: read_number(one[0]) or (0, 0))


def order_of_groups(facts: Iterable[Fact], groups: Sequence[str]) -> list[str]:
    """The groups that made suggestions, as listed in the project, and all others after them."""
    made = dict.fromkeys(fact.group for fact in facts)
    return [*(group for group in groups if group in made), *(group for group in made if group not in groups)]


def is_in_time(fact: Fact) -> bool:
    """Whether it was answered by the promised day."""
    return bool(fact.due_on and fact.decided_on and fact.decided_on <= fact.due_on)


def _taken_in(name: str, facts: Sequence[Fact]) -> Share:
    return Share(name, sum(fact.is_taken_in for fact in facts), len(facts))


def _counted(values: Iterable[str]) -> list[tuple[str, int]]:
    return Counter(values).most_common()
