"""Who is to be reminded of a review, and who was."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from coproduce.capabilities.accounts.terms import TASK_WORKER
from coproduce.core.access import NotThere

from ..models import Reminder, SignOff
from ..terms import INVITE_DAYS_BEFORE, REMIND_DAYS_BEFORE, ReminderState
from .lists import due_by


class ToRemind(NamedTuple):
    sign_off: SignOff
    person: Any
    days_before: int


def reminders_due(day: date) -> Iterator[ToRemind]:
    """R98: manager and facilitator of everything that is looked at again within 30 days, who were not told yet.

    After a machine was off, only the newest of what was missed.
    """
    near = due_by(day + timedelta(days=INVITE_DAYS_BEFORE))
    rows = Reminder.objects.filter(sign_off__in=near).exclude(state=ReminderState.FAILED)
    told = set(rows.values_list("sign_off_id", "person_id", "due_on", "days_before"))
    for one in near:
        days = _newest(one.due_on, day)
        for person in {person.pk: person for person in (one.owner, one.facilitator) if person}.values():
            if (one.pk, person.pk, one.due_on, days) not in told:
                yield ToRemind(one, person, days)


def reminders_of(sign_off: SignOff) -> list[Reminder]:
    rows = Reminder.objects.filter(sign_off=sign_off).select_related("person")
    return list(rows.order_by("at", "person__name", "pk"))


def sign_off_to_remind_of(by: Any, sign_off_id: UUID) -> SignOff:
    """Nobody but the task worker reminds: it happens by itself."""
    _only_by_itself(by)
    return SignOff.objects.select_related("project").get(pk=sign_off_id)


def reminder_to_note(by: Any, reminder_id: UUID) -> Reminder:
    _only_by_itself(by)
    return Reminder.objects.select_related("sign_off").get(pk=reminder_id)


def reminder_before(sign_off_id: UUID, person_id: UUID, due_on: date, days_before: int) -> Reminder | None:
    """One that failed earlier, and is tried again."""
    rows = Reminder.objects.filter(sign_off_id=sign_off_id, person_id=person_id)
    return rows.filter(due_on=due_on, days_before=days_before).first()


def _newest(due_on: date | None, day: date) -> int:
    found = [days for days in REMIND_DAYS_BEFORE if due_on and due_on - timedelta(days=days) <= day]
    return min(found, default=max(REMIND_DAYS_BEFORE))


def _only_by_itself(by: Any) -> None:
    if by.pk != TASK_WORKER:
        raise NotThere
