"""R98: reminders of the review for manager and facilitator, read back by another reader."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from coproduce.capabilities.signoff.tests.factories import AFTERNOON, REVIEW, Desk, a_desk
from coproduce.core import clock

from ..entries import Entry, as_icalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    with clock.at(AFTERNOON):
        made = a_desk()
        made.write()
    return made


def events_for(person: Any, desk: Desk) -> list[Any]:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("calendar:sign_off", args=[desk.id]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_R98_manager_and_facilitator_each_have_an_entry_with_reminders(desk: Desk) -> None:
    with clock.at(AFTERNOON):
        desk.sign()
    events = events_for(desk.carer, desk)
    assert [event["uid"].split("-")[1] for event in events] == ["manager", "facilitator"]
    assert ["Helen Moss" in events[0]["summary"], "Owen Pritchard" in events[1]["summary"]] == [True, True]
    for event in events:
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (REVIEW, REVIEW + timedelta(days=1))
        told = [REVIEW_MORNING + alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert told == [datetime(2026, 9, 15, 9, tzinfo=UTC), datetime(2026, 10, 15, 9, tzinfo=UTC)]


REVIEW_MORNING = datetime(2026, 10, 15, tzinfo=UTC)


def test_R98_a_later_sign_off_moves_the_entries_and_adds_none(desk: Desk) -> None:
    with clock.at(AFTERNOON):
        desk.sign()
    before = events_for(desk.manager, desk)
    with clock.at(datetime(2026, 10, 1, 12, tzinfo=UTC)):
        desk.write(decided_on=date(2026, 9, 30), review_on=date(2027, 9, 30))
        desk.sign()
    after = events_for(desk.manager, desk)
    assert [event["uid"] for event in after] == [event["uid"] for event in before]
    assert {event.decoded("dtstart") for event in after} == {date(2027, 9, 30)}
    assert after[0]["sequence"] > before[0]["sequence"]


def test_nothing_is_there_before_it_is_signed(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.manager, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("calendar:sign_off", args=[desk.id])).status_code == 404


def test_no_address_of_a_person_is_in_it(desk: Desk) -> None:
    with clock.at(AFTERNOON):
        desk.sign()
    assert all("attendee" not in event and "organizer" not in event for event in events_for(desk.carer, desk))


def test_a_title_with_commas_and_line_ends_comes_back_as_it_was() -> None:
    entry = Entry("1@coproduce", REVIEW, "Review: beds, chairs; and\nmore", "Words – ŵ", AFTERNOON)
    (event,) = Calendar.from_ical(as_icalendar([entry])).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (entry.title, entry.words)
