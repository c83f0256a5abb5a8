"""What the task worker does for ballots: they open and close on their days."""

from coproduce.capabilities.accounts import operations as accounts
from coproduce.core.findings import Refused
from coproduce.core.tasks import Due

from . import operations, queries


def go_by_date(due: Due) -> None:
    """A ballot without statements stays a draft; whoever runs the project sees why on its page."""
    worker = accounts.task_worker()
    opening, closing = queries.ballots_due(due.day)
    for ballot in closing:
        operations.close_ballot(by=worker, project_id=ballot.project_id, ballot_id=ballot.pk)
    for ballot in opening:
        try:
            operations.open_ballot(by=worker, project_id=ballot.project_id, ballot_id=ballot.pk)
        except Refused:
            continue
