"""How long an answer may still take: the clock of the queue, in working days."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from coproduce.core.working_days import add_working_days, working_days_between

SOON = 5  # working days: what falls due within a week comes first
REMIND_AFTER = 20  # working days without a reply


class Clock(StrEnum):
    LATE = "late"
    SOON = "soon"
    LATER = "later"
    NO_DATE = "no_date"


class Due(NamedTuple):
    """`days` are working days: left, or over when it is late."""

    clock: Clock
    days: int = 0


def due(due_on: date | None, today: date, jurisdiction: str) -> Due:
    """Where a promise stands on this day; on the promised day itself it is not late."""
    if due_on is None:
        return Due(Clock.NO_DATE)
    if due_on < today:
        return Due(Clock.LATE, max(1, working_days_between(due_on, today, jurisdiction)))
    left = working_days_between(today, due_on, jurisdiction)
    return Due(Clock.SOON if due_on <= soon_until(today, jurisdiction) else Clock.LATER, left)


def soon_until(today: date, jurisdiction: str) -> date:
    """The last day that counts as soon."""
    return add_working_days(today, SOON, jurisdiction)


def remind_on(sent_on: date, jurisdiction: str) -> date:
    """When to ask again whoever was sent a suggestion and has not replied."""
    return add_working_days(sent_on, REMIND_AFTER, jurisdiction)
