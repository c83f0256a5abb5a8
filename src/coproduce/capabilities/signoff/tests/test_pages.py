from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.signoff import operations, queries
from coproduce.core import clock

from .factories import AFTERNOON, REVIEW, Desk, a_desk

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


def readiness_links(client: Client, desk: Desk) -> list[str]:
    page = BeautifulSoup(client.get(reverse("signoff:sign_off", args=[desk.id])).content, "html.parser")
    return [str(link["href"]) for link in page.select("a[href]")]


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
        "facilitator": str(desk.facilitator.pk), "equality_reference": "On file.",
        "makers": [str(desk.carer.pk)],
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
    assert "Aisha Khan has not said how they took into account what people said" in text_of(overview)
    assert "Aisha Khan, signed in" in text_of(overview)
    assert "Go on to sign" not in text_of(overview)
    carer = client_of(desk.carer)
    assert reverse("signoff:consider", args=[desk.id]) in readiness_links(carer, desk)
    assert reverse("signoff:consider", args=[desk.id]) not in readiness_links(manager, desk)
    carer.post(reverse("signoff:consider", args=[desk.id]), {"statement": "I read it all."})
    overview = manager.get(reverse("signoff:sign_off", args=[desk.id]))
    assert "Go on to sign" in text_of(overview)
    assert "Written by Aisha Khan , 15 October 2025" in text_of(overview)
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


def test_each_thing_missing_is_one_line_with_who_can_mend_it_and_where(desk: Desk) -> None:
    suggestion, barrier = desk.suggest(), desk.barrier()
    promise = desk.suggest(doing="promise", decided="accepted")
    desk.write(review_on=None, makers=[desk.carer])
    page = client_of(desk.manager).get(reverse("signoff:sign_off", args=[desk.id]))
    parts = dict(page.context["parts"])
    assert [part.value for part in parts] == ["refuse", "named", "warn", "done"]
    refused = {(line.finding.rule, line.finding.subject): line for line in parts["refuse"]}
    assert set(refused) == {
        ("C20", "suggestions"), ("R36", barrier.ref), ("R80", str(desk.carer.pk)), ("R97", "review_on"),
    }  # fmt: skip
    assert refused["R36", barrier.ref].href == reverse("signoff:barriers", args=[desk.id])
    assert refused["C20", "suggestions"].href == reverse("drafting:queue", args=[desk.id, desk.document.pk])
    assert suggestion.status == "open"
    (named,) = parts["named"]
    assert (named.finding.rule, named.finding.subject) == ("R64", promise.ref)
    assert named.href == reverse("drafting:suggestion", args=[desk.id, promise.pk])
    operations.look_after_barriers(
        by=desk.facilitator, project_id=desk.id, chosen={barrier.pk: (desk.carer, REVIEW)}
    )
    named_since = client_of(desk.manager).get(reverse("signoff:sign_off", args=[desk.id]))
    assert "Who can mend it: Aisha Khan, by 15 October 2026" in text_of(named_since)
    assert all(line.who for part in ("refuse", "named", "warn") for line in parts[part])
    assert len(BeautifulSoup(page.content, "html.parser").select(".signoff-line")) == sum(
        map(len, parts.values())
    )


def test_what_another_part_of_the_product_checks_joins_the_list_with_one_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coproduce.capabilities.signoff.queries import readiness
    from coproduce.core.findings import refuse

    monkeypatch.setattr(readiness, "_checks", dict(readiness._checks))
    readiness.add_check(
        readiness.Check(
            "moon",
            "The moon is full",
            lambda facts: [refuse("R01", "The moon is new.")],
            where="signoff:write",
        )
    )
    desk.write()
    page = client_of(desk.manager).get(reverse("signoff:sign_off", args=[desk.id]))
    assert "The moon is new." in text_of(page)
    assert "Go on to sign" not in text_of(page)


def test_what_was_signed_with_one_text_for_everybody_still_shows_it(desk: Desk) -> None:
    from coproduce.capabilities.signoff.models import SignOff

    desk.write()
    signed = desk.sign()
    SignOff.objects.filter(pk=signed.pk).update(gunning_4="Cabinet read all of it.")
    page = client_of(desk.carer).get(reverse("signoff:signed", args=[desk.id, signed.pk]))
    assert "Cabinet read all of it." in text_of(page)


def test_one_who_decides_begins_with_what_they_wrote_for_the_consultation(desk: Desk) -> None:
    desk.write(makers=[desk.carer])
    page = client_of(desk.carer).get(reverse("signoff:consider", args=[desk.id]))
    assert page.context["form"].initial["statement"] == ""
    assert client_of(desk.manager).get(reverse("signoff:consider", args=[desk.id])).status_code == 404
