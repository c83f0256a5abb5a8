"""What the plan is judged by: in time, late, moved, proved, and by whom it is carried."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from ..terms import OPEN, Status
from .actions import HasDates


class Measured(HasDates, Protocol):
    @property
    def closed_on(self) -> date | None: ...
    @property
    def evidence(self) -> str: ...
    @property
    def measure_result(self) -> str: ...


def is_on_time(action: Measured) -> bool:
    """Done, and on its end date or before."""
    return action.status == Status.DONE and action.closed_on is not None and action.closed_on <= action.end


def is_late(action: Measured, today: date) -> bool:
    """Open after its end, or done after it."""
    if action.status in OPEN:
        return action.end < today
    return action.status == Status.DONE and action.closed_on is not None and action.closed_on > action.end


def is_proved(action: Measured) -> bool:
    return action.status == Status.DONE and bool(action.evidence.strip() and action.measure_result.strip())


def days_slipped(first_end: date | None, end: date) -> int:
    """How many days the end lies after the one that was promised first; never less than none."""
    return max((end - first_end).days, 0) if first_end else 0


def share(part: int, whole: int) -> float | None:
    """Per cent with one decimal, or nothing where there is nothing to share."""
    return round(100 * part / whole, 1) if whole else None


def first_ends(changes: Iterable[tuple[object, date]]) -> dict[object, date]:
    """The end that was promised first, by action, from the changes in their order."""
    first: dict[object, date] = {}
    for action_id, was in changes:
        first.setdefault(action_id, was)
    return first
