"""Dates of a project as iCalendar (RFC 5545), for any calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

_PRODUCT = "-//Coproduce//Calendar//EN"
# A whole day begins at midnight; people are told at nine in the morning.
_NINE_IN_THE_MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Entry:
    """One whole day, or some hours of it, with its reminders. The same `uid` later replaces the entry."""

    uid: str
    day: date
    title: str
    words: str
    made_at: datetime
    sequence: int = 0
    days_before: tuple[int, ...] = ()
    # Hours of the day, aware; without them it is the whole day.
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""


def as_icalendar(entries: Iterable[Entry], *, name: str = "", again: timedelta | None = None) -> bytes:
    """A file to download; with a name and the pause between two looks it is one to follow."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if again:
        calendar.add("refresh-interval", again, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{again // timedelta(hours=1)}H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.made_at)
    event.add("sequence", entry.sequence)
    _add_time(event, entry)
    event.add("summary", entry.title)
    event.add("description", entry.words)
    if entry.place:
        event.add("location", entry.place)
    for days in entry.days_before:
        event.add_component(_alarm(entry, days))
    return event


def _add_time(event: Event, entry: Entry) -> None:
    if entry.starts and entry.ends:
        # In UTC, so that no program needs our time zone's table of summer time.
        event.add("dtstart", entry.starts.astimezone(UTC))
        event.add("dtend", entry.ends.astimezone(UTC))
        event.add("transp", "OPAQUE")
    else:
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    before = timedelta(0) if entry.starts else _NINE_IN_THE_MORNING
    alarm.add("trigger", before - timedelta(days=days))
    return alarm
