"""What the task worker does about sign-offs: it reminds of the review."""

from django.conf import settings

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.core.tasks import Due

from . import operations, queries


def remind(due: Due) -> None:
    """R98: once a day, everyone whose turn it is; whoever was told already is not told again."""
    waiting = list(queries.reminders_due(due.day))
    if not waiting:
        return
    by = task_worker()
    for one in waiting:
        operations.send_reminder(by=by, one=one, site=settings.COPRODUCE_ADDRESS)
