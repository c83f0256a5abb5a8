"""The secret address of one's own calendar, and whether one wants reminders."""

from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.operations import operation, record

from .. import queries
from ..models import CalendarFeed, ReminderChoice


@operation
def renew_feed(*, by: Any, key: UUID | None = None) -> CalendarFeed:
    """Give a person a new secret address; the one before works no more."""
    before = _end(by)
    feed = CalendarFeed(person=by, made_at=clock.now())
    feed.save(force_insert=True)
    # The ledger has its id, which opens nothing without the installation's key.
    record(by=by, verb="plans.renew_feed", thing=feed, project_id=None)
    if before is not None:
        record(by=by, verb="plans.revoke_feed", thing=before, project_id=None)
    return feed


@operation
def revoke_feed(*, by: Any, key: UUID | None = None) -> CalendarFeed:
    """From now on the address is not there."""
    feed = _end(by)
    if feed is None:
        raise NotThere
    record(by=by, verb="plans.revoke_feed", thing=feed, project_id=None)
    return feed


@operation
def choose_reminders(*, by: Any, wanted: bool, key: UUID | None = None) -> ReminderChoice:
    """Whether e-mails about what is due shall come."""
    choice, _new = ReminderChoice.objects.update_or_create(person=by, defaults={"wanted": wanted})
    record(by=by, verb="plans.choose_reminders", thing=choice, project_id=None, after={"wanted": wanted})
    return choice


def _end(person: Any) -> CalendarFeed | None:
    feed = queries.feed_of(person)
    if feed is not None:
        feed.revoked_at = clock.now()
        feed.save(update_fields=["revoked_at"])
    return feed
