"""The days on which the story happens."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, time
from itertools import groupby
from typing import NamedTuple

from django.db import transaction

from coproduce.core import clock


class Happening(NamedTuple):
    """Something to do at a moment."""

    when: datetime
    do: Callable[[], object]


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


def play(happenings: Iterable[Happening]) -> None:
    """Do everything in the order of time."""
    in_order = sorted(happenings, key=lambda happening: happening.when)
    for when, together in groupby(in_order, key=lambda happening: happening.when):
        with at(when):
            for happening in together:
                happening.do()
