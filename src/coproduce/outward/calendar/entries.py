"""Dates of a project as iCalendar (RFC 5545), for any calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

_PRODUCT = "-//Coproduce//Calendar//EN"
# A whole day begins at midnight; people are told at nine in the morning.
_NINE_IN_THE_MORNING = timedelta(hours=9)


@dataclass(frozen=True)
class Entry:
    """One whole day with its reminders. The same `uid` later replaces the entry in a person's calendar."""

    uid: str
    day: date
    title: str
    words: str
    made_at: datetime
    sequence: int = 0
    days_before: tuple[int, ...] = ()


def as_icalendar(entries: Iterable[Entry]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.made_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.words)
    event.add("transp", "TRANSPARENT")
    for days in entry.days_before:
        event.add_component(_alarm(entry, days))
    return event


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", _NINE_IN_THE_MORNING - timedelta(days=days))
    return alarm
