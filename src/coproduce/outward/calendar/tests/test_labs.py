"""A lab in a calendar: its hours, a reminder the day before, and nothing that is not for everyone."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from coproduce.capabilities.labs import operations
from coproduce.capabilities.labs.tests.factories import NOW, House, a_house
from coproduce.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    with clock.at(NOW):
        return a_house()


def planned(house: House, **facts: Any) -> Any:
    with clock.at(NOW):
        return house.lab(place="Village hall", safeguarding_name="Una Price", **facts)


def events(house: House, page: str, *things: Any) -> list[Any]:
    client = Client()
    client.force_login(house.maureen, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(f"calendar:{page}", args=[house.id, *things]))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_lab_has_its_hours_place_and_question_and_a_reminder_the_day_before(house: House) -> None:
    lab = planned(house)
    (event,) = events(house, "lab", lab.pk)
    assert event.decoded("dtstart") == datetime(2025, 3, 20, 14, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)
    assert (event["location"], event["description"]) == ("Village hall", "How should it work?")
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [-timedelta(days=1)]


def test_summer_time_is_counted(house: House) -> None:
    lab = planned(house, date=date(2025, 4, 3), starts_at=time(18))
    (event,) = events(house, "lab", lab.pk)
    assert event.decoded("dtstart") == datetime(2025, 4, 3, 17, tzinfo=UTC)


def test_every_lab_is_in_one_file_and_a_later_plan_takes_the_place_of_the_earlier(house: House) -> None:
    lab = planned(house)
    planned(house)
    before = {str(event["uid"]): event for event in events(house, "labs")}
    with clock.at(NOW):
        operations.change_lab(**house.here, lab_id=lab.pk, changes={"date": date(2025, 3, 27)})
    after = {str(event["uid"]): event for event in events(house, "labs")}
    assert before.keys() == after.keys()
    moved = after[f"lab-{lab.pk}@coproduce"]
    assert moved.decoded("dtstart").date() == date(2025, 3, 27)
    assert moved["sequence"] > before[f"lab-{lab.pk}@coproduce"]["sequence"]


def test_no_name_and_no_need_is_in_it(house: House) -> None:
    with clock.at(NOW):
        house.need()
        house.declare()
    lab = planned(house)
    with clock.at(NOW):
        operations.invite(**house.here, lab_id=lab.pk, seat_ids=[seat.pk for seat in house.seats.values()])
    text = str(events(house, "lab", lab.pk))
    for words in ("Maureen", "Urdu", "Una Price"):
        assert words not in text
