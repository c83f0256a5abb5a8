"""From a figure to the suggestions that it counts: every number can be opened."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from ..terms import Outcome
from .figures import Fact, is_in_time

TAKEN_IN, ANSWERED, WAITING, WITHDRAWN = "taken_in", "answered", "waiting", "withdrawn"
NEXT = "next"  # taken in, and in no version yet
IN_TIME, LATE = "in_time", "late"


class Asked(StrEnum):
    """By what suggestions are chosen; the names stand in addresses."""

    ANSWER = "answer"
    GROUP = "group"
    REASON = "reason"
    KIND = "kind"
    SECTION = "section"
    VERSION = "version"
    TIME = "time"


class Selection(NamedTuple):
    """What is asked of each suggestion; an empty word asks nothing."""

    answer: str = ""
    group: str = ""
    reason: str = ""
    kind: str = ""
    section: str = ""
    version: str = ""
    time: str = ""

    @property
    def chosen(self) -> dict[Asked, str]:
        return {asked: value for asked in Asked if (value := getattr(self, asked.value))}


def behind(facts: Iterable[Fact], selection: Selection) -> list[Fact]:
    """The suggestions that a figure counts."""
    tests = [(_TESTS[asked], value) for asked, value in selection.chosen.items()]
    return [fact for fact in facts if all(test(fact, value) for test, value in tests)]


def _answer(fact: Fact, value: str) -> bool:
    wanted = {
        TAKEN_IN: fact.is_taken_in,
        NEXT: fact.is_taken_in and not fact.version,
        ANSWERED: bool(fact.outcome),
        WAITING: not fact.outcome and not fact.is_withdrawn,
        WITHDRAWN: fact.is_withdrawn,
    }
    return wanted.get(value, fact.outcome == value)


def _reason(fact: Fact, value: str) -> bool:
    """Why it was not fully accepted."""
    return bool(fact.outcome) and fact.outcome != Outcome.ACCEPTED and fact.reason_code == value


def _time(fact: Fact, value: str) -> bool:
    promised = bool(fact.outcome and fact.due_on and fact.decided_on)
    return promised and value in (IN_TIME, LATE) and is_in_time(fact) is (value == IN_TIME)


_TESTS: dict[Asked, Callable[[Fact, str], bool]] = {
    Asked.ANSWER: _answer,
    Asked.GROUP: lambda fact, value: fact.group == value,
    Asked.REASON: _reason,
    Asked.KIND: lambda fact, value: fact.kind == value,
    Asked.SECTION: lambda fact, value: fact.section == value,
    Asked.VERSION: lambda fact, value: fact.version == value,
    Asked.TIME: _time,
}
