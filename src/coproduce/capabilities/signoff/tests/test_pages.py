from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.signoff import queries
from coproduce.core import clock

from .factories import AFTERNOON, Desk, a_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()


@pytest.fixture(autouse=True)
def _on_the_day_of_the_decision() -> Iterator[None]:
    with clock.at(AFTERNOON):
        yield


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: object) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_the_form_begins_with_what_is_known(desk: Desk) -> None:
    page = client_of(desk.manager).get(reverse("signoff:write", args=[desk.id]))
    form = page.context["form"]
    assert form.initial["title"] == desk.project.title
    assert form.initial["owner"] == str(desk.manager.pk)


def test_from_the_first_word_to_the_signature(desk: Desk) -> None:
    manager = client_of(desk.manager)
    barrier = desk.barrier()
    written = {
        "document": str(desk.document.pk), "title": "Home After Hospital", "decision": "Adopt the plan.",
        "decided_on": "2025-10-15", "meeting": "Cabinet", "owner": str(desk.manager.pk),
        "facilitator": str(desk.facilitator.pk), "equality_reference": "On file.", "gunning_4": "All was read.",
        "review_on": "2026-10-15",
    }  # fmt: skip
    late = manager.post(reverse("signoff:write", args=[desk.id]), {**written, "review_on": "2026-10-20"})
    assert "R97" in text_of(late)
    assert "The latest date is 15 October 2026" in text_of(late)
    overview = manager.post(reverse("signoff:write", args=[desk.id]), written, follow=True)
    assert f"{barrier.ref} is important and has no response yet" in text_of(overview)
    assert "Go on to sign" not in text_of(overview)
    chosen = {f"person_{barrier.ref}": str(desk.carer.pk), f"due_{barrier.ref}": "2026-01-31"}
    overview = manager.post(reverse("signoff:barriers", args=[desk.id]), chosen, follow=True)
    assert "Go on to sign" in text_of(overview)
    page = text_of(manager.post(reverse("signoff:sign", args=[desk.id]), {}, follow=True))
    for words in (
        "Signed by Helen Moss",
        "1.0",
        "Cabinet",
        "Aisha Khan",
        "31 January 2026",
        "15 October 2026",
    ):
        assert words in page
    assert "Reminders for Helen Moss and Owen Pritchard" in page


def test_a_barrier_with_a_person_and_no_date_says_so_on_the_readiness_page(desk: Desk) -> None:
    barrier = desk.barrier()
    chosen = {f"person_{barrier.ref}": str(desk.carer.pk)}
    overview = client_of(desk.manager).post(reverse("signoff:barriers", args=[desk.id]), chosen, follow=True)
    assert "It needs a named person and a date" in text_of(overview)


def test_R64_the_form_asks_for_a_reason_and_takes_it(desk: Desk) -> None:
    desk.suggest(doing="promise", decided="accepted")
    desk.write()
    manager, address = client_of(desk.manager), reverse("signoff:sign", args=[desk.id])
    refused = manager.post(address, {})
    assert "To go on despite this, write your reason" in text_of(refused)
    page = text_of(manager.post(address, {"override_reason": "It starts in January."}, follow=True))
    assert "Signed despite a gap, with this reason It starts in January." in page


def test_a_participant_reads_what_is_missing_and_cannot_change_it(desk: Desk) -> None:
    page = client_of(desk.carer).get(reverse("signoff:sign_off", args=[desk.id]))
    assert "What sign-off needs" in text_of(page)
    assert "Prepare the sign-off" not in text_of(page)


def test_a_person_who_chose_no_name_is_counted(desk: Desk) -> None:
    from coproduce.capabilities.people import operations as people
    from coproduce.capabilities.people import queries as people_queries

    seat = people_queries.seat_of(desk.carer, desk.id)
    people.choose(
        by=desk.carer, project_id=desk.id, seat_id=seat.pk, changes={"acknowledgement": "anonymous"}
    )
    assert queries.credits_of(desk.id) == ([], 1)
