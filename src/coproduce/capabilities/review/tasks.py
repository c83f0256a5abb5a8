"""What the task worker does about reviews: opens those that are due, and sends the letters that wait."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.signoff.terms import INVITE_DAYS_BEFORE
from coproduce.core.tasks import Due

from . import operations, queries


def open_what_is_due(due: Due) -> None:
    """R99: once a day, every review whose date is 30 days away or nearer, also after the machine was off."""
    failed: list[Exception] = []
    for sign_off in queries.to_open(signoff.due_by(due.day + timedelta(days=INVITE_DAYS_BEFORE))):
        try:
            operations.open_review(by=task_worker(), project_id=sign_off.project_id, sign_off_id=sign_off.pk)
        except Exception as trouble:
            # One project keeps no other waiting; the worker hears of it at the end, and tries again.
            failed.append(trouble)
    if failed:
        raise failed[0]


def send_waiting(due: Due) -> None:
    """The letters of one review, or once a day whatever waits anywhere."""
    if operations.sends_nothing():
        return
    letters = queries.emails_waiting(UUID(due.about) if due.about else None)
    operations.send_letters(
        by=task_worker(), letters=letters, write=operations.Writer(settings.COPRODUCE_ADDRESS).mail
    )
