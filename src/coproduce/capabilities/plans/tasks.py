"""What the task worker does for the action plan."""

from datetime import timedelta
from uuid import UUID

from coproduce.core.tasks import Due, later

from . import operations, queries
from .terms import DAYS_OF_AN_UPLOAD, REMINDER


def remind_everyone(due: Due) -> None:
    """Each person in a task of their own, so that one address that fails keeps nobody else waiting."""
    for person_id in queries.people_to_think_of(due.day):
        later(REMINDER, person_id, on=due.day)


def remind(due: Due) -> None:
    operations.remind(person_id=UUID(due.about), day=due.day)


def tell_giver(due: Due) -> None:
    operations.tell_of_handover(handover_id=UUID(due.about), giver=True)


def tell_taker(due: Due) -> None:
    operations.tell_of_handover(handover_id=UUID(due.about), giver=False)


def forget_uploads(due: Due) -> None:
    operations.forget_uploads(before=due.day - timedelta(days=DAYS_OF_AN_UPLOAD))
