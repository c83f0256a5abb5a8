"""The only place where the time is read; operations hand it on to the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_pinned: ContextVar[datetime | None] = ContextVar("pinned_time", default=None)
_shift = timedelta(0)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _pinned.get() or datetime.now(UTC) + _shift


def today() -> date:
    """The date on a wall calendar in the United Kingdom."""
    return now().astimezone(LONDON).date()


def day_of(moment: datetime) -> date:
    """The United Kingdom calendar date of an aware moment."""
    return moment.astimezone(LONDON).date()


def shift_to(moment: datetime) -> None:
    """Let time go on from `moment` (aware) in this process: the demo lives in its own autumn."""
    global _shift
    _shift = moment - datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at `moment` (aware), for imports of dated history and for tests."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
