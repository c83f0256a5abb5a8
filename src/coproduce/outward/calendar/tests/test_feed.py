"""One person's calendar by a secret address, read back by two libraries that know nothing of each other."""

import io
import logging
from datetime import date
from typing import Any

import pytest
import vobject
from django.conf import settings
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from coproduce.capabilities.accounts.models import Person
from coproduce.capabilities.plans import operations, queries
from coproduce.capabilities.plans.models import CalendarFeed
from coproduce.capabilities.plans.tests.factories import NOW, Plan, a_plan
from coproduce.config.quiet_logs import WithoutSecrets
from coproduce.core import clock
from coproduce.core.access import NotThere

pytestmark = pytest.mark.django_db
ODD = "Print, post; and ring\nŵ “the ward” " + "word " * 40


@pytest.fixture
def plan(db: None) -> Any:
    with clock.at(NOW):
        yield a_plan()


def address_of(person: Any) -> str:
    feed = queries.feed_of(person) or operations.renew_feed(by=person)
    return reverse("calendar:feed", args=[feed.pk.hex, queries.secret_of(feed)])


def test_two_readers_find_the_same_ends_checks_and_reviews(plan: Plan) -> None:
    plan.action(ODD)
    plan.commitment(check_date=date(2026, 4, 15))
    answer = Client().get(address_of(plan.worker))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    first = {
        str(event["uid"]): (event.decoded("dtstart"), event.decoded("dtend"), str(event["summary"]))
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    parsed = vobject.readOne(answer.content.decode())
    second = {
        event.uid.value: (event.dtstart.value, event.dtend.value, event.summary.value)
        for event in parsed.vevent_list
    }
    assert first == second
    assert sorted((start, end) for start, end, _title in first.values()) == [
        (date(2025, 11, 28), date(2025, 11, 29)), (date(2026, 4, 15), date(2026, 4, 16)),
    ]  # fmt: skip
    assert any(
        title.startswith("A01 Print, post; and ring\nŵ “the ward”") for _s, _e, title in first.values()
    )
    parsed.validate(raiseException=True)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in answer.content
    (review,) = vobject.readOne(Client().get(address_of(plan.manager)).content.decode()).vevent_list
    assert review.dtstart.value == date(2026, 1, 15)


def test_a_moved_end_moves_the_entry_and_a_done_action_leaves_it(plan: Plan) -> None:
    action = plan.action()
    address = address_of(plan.worker)
    (before,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    plan.move(action, date(2025, 12, 12))
    (after,) = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert (after["uid"], after.decoded("dtstart")) == (before["uid"], date(2025, 12, 12))
    assert after["sequence"] > before["sequence"]
    plan.status(action, "done", measure_result="1", evidence="x")
    assert Calendar.from_ical(Client().get(address).content).walk("VEVENT") == []


def test_the_yearly_review_of_what_was_signed_is_in_its_owners_calendar() -> None:
    from coproduce.capabilities.signoff.tests.factories import AFTERNOON, REVIEW, a_desk

    with clock.at(AFTERNOON):
        desk = a_desk()
        desk.write()
        desk.sign()
        answer = Client().get(address_of(desk.manager))
    days = [event.decoded("dtstart") for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert REVIEW in days


def test_a_revoked_or_renewed_address_is_not_there(plan: Plan) -> None:
    first = address_of(plan.worker)
    operations.renew_feed(by=plan.worker)
    second = address_of(plan.worker)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    operations.revoke_feed(by=plan.worker)
    gone = Client().get(second)
    assert (gone.status_code, gone.content) == (404, b"")
    with pytest.raises(NotThere):
        operations.revoke_feed(by=plan.worker)


def test_wrong_secrets_and_people_who_left_get_nothing(plan: Plan) -> None:
    address = address_of(plan.worker)
    feed = queries.feed_of(plan.worker)
    assert feed is not None
    other = operations.renew_feed(by=plan.citizen)
    for secret in ("x", queries.secret_of(other), queries.secret_of(feed)[:-1], "ŵ"):
        assert Client().get(reverse("calendar:feed", args=[feed.pk.hex, secret])).status_code == 404
    assert Client().post(address).status_code in (403, 405)
    Person.objects.filter(pk=plan.worker.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_address_says_nothing_of_its_person_and_a_copy_of_the_database_does_not_have_it(
    plan: Plan,
) -> None:
    address = address_of(plan.worker)
    feed = CalendarFeed.objects.get()
    assert plan.worker.pk.hex not in address
    assert feed.pk.version == 4
    assert queries.secret_of(feed) not in str(CalendarFeed.objects.values().get())


def test_the_secret_stays_out_of_every_log(plan: Plan) -> None:
    address = address_of(plan.worker)
    operations.revoke_feed(by=plan.worker)
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutSecrets())
    logging.getLogger().addHandler(handler)
    try:
        Client().get(address)
        Client().post(address)
        Client().get(address.replace(".ics", ".xyz"))
        logging.getLogger("django.request").error("Internal Server Error: %s", address)
    finally:
        logging.getLogger().removeHandler(handler)
    assert "/calendar/…" in out.getvalue()
    assert secret not in out.getvalue()
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets"]


def test_the_page_gives_the_address_to_its_person_and_to_no_cache(plan: Plan) -> None:
    client = Client()
    client.force_login(plan.worker, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("plans:calendar")
    assert "You have no address yet" in client.get(page).content.decode()
    client.post(page, {"renew": "1"})
    answer = client.get(page)
    assert f"http://testserver{address_of(plan.worker)}" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    client.post(page, {"revoke": "1"})
    assert "You have no address yet" in client.get(page).content.decode()
