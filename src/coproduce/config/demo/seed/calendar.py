"""The days on which the story happens."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time

from django.db import transaction

from coproduce.core import clock


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A time of day in Wexcombe."""
    return datetime.combine(day, time(hour, minute), clock.LONDON)


@contextmanager
def at(when: datetime) -> Iterator[None]:
    """All that happens inside happens at this moment, and is committed together."""
    with clock.at(when), transaction.atomic():
        yield


def on(day: date, hour: int = 10, minute: int = 0) -> AbstractContextManager[None]:
    return at(moment(day, hour, minute))
