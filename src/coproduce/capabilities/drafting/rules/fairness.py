"""Whose suggestions were taken in: the share of each group, and nothing where a share would mislead.

Below five suggestions a share is one person's luck, and below eight an interval holds nearly everything.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from coproduce_engine.what_may_be_said import FEWEST_IN_A_CELL, may_test

from .figures import Fact, order_of_groups

if TYPE_CHECKING:
    from coproduce_engine.checks import Interval

SEED = 20_250_113
MOST_IN_A_TEST = 10**9  # what the draw can hold


class Line(NamedTuple):
    """One group: so many made by so many people, so many of them taken in; `interval` is None below eight."""

    group: str
    taken_in: int
    made: int
    people: int
    waiting: int
    interval: "Interval | None"

    @property
    def percent(self) -> float | None:
        """None below five."""
        return 100 * self.taken_in / self.made if self.made >= FEWEST_IN_A_CELL else None


class Fairness(NamedTuple):
    """`p` is how often chance alone makes groups differ as much; None where no test may be made."""

    everyone: Line
    groups: list[Line]
    p: float | None


def fairness_of(facts: Sequence[Fact], groups: Sequence[str]) -> Fairness:
    """The taken-in rate of each group, of all that it made."""
    lines = [
        _line(group, [fact for fact in facts if fact.group == group])
        for group in order_of_groups(facts, groups)
    ]
    return Fairness(_line("", facts), lines, _p(lines))


def _line(group: str, facts: Sequence[Fact]) -> Line:
    taken_in = sum(fact.is_taken_in for fact in facts)
    people = len({fact.author for fact in facts})
    waiting = sum(not fact.outcome and not fact.is_withdrawn for fact in facts)
    return Line(group, taken_in, len(facts), people, waiting, _interval(taken_in, len(facts)))


def _interval(part: int, whole: int) -> "Interval | None":
    if not may_test(whole):
        return None
    # NumPy is for the pages that need it, not for the start of the server.
    from coproduce_engine.shares import wilson

    return wilson(part, whole)


def _p(lines: Sequence[Line]) -> float | None:
    made = sum(line.made for line in lines)
    if len(lines) < 2 or not may_test(made) or made > MOST_IN_A_TEST:
        return None
    from coproduce_engine.shares import by_chance

    return by_chance([line.taken_in for line in lines], [line.made for line in lines], seed=SEED)
