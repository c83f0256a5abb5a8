"""Nobody sees who voted what: not on a page, in a search, a file, the record, the ledger, a log or an error."""

import io
import logging
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.accounts.models import Person
from coproduce.capabilities.voting import operations, queries
from coproduce.capabilities.voting.models import Statement, Vote, Voter
from coproduce.core.models import Entry, Payload
from coproduce.outward.exports.record import export_record

from . import factories

pytestmark = pytest.mark.django_db
TEXTS = ("A nurse visits.", "The ward rings.")
OF_THE_PROJECT = (
    "ballot",
    "statements",
    "queue",
    "log",
    "papers",
    "enter_paper",
    "enter_phone",
    "edit_ballot",
)


@pytest.fixture
def ballot(house: Any) -> Any:
    """Maureen disagrees with the first; the manager agrees."""
    made = factories.a_ballot(house.project, house.facilitator, TEXTS, who="link")
    for person, value in ((house.maureen, -1), (house.manager, 1)):
        operations.cast(
            ballot_id=made.pk, statement_id=Statement.objects.get(ballot=made, number=1).pk,
            key=queries.key_of_person(made.pk, person.pk), value=value, revision=1,
        )  # fmt: skip
    return made


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_tables_hold_no_way_from_a_person_to_their_vote(house: Any, ballot: Any) -> None:
    fields = {field.name for model in (Voter, Vote) for field in model._meta.get_fields()}
    assert not fields & {"person", "author", "by", "at", "made_at", "address"}
    held = str(list(Voter.objects.values()))
    assert not any(str(pk) in held or pk.hex in held for pk in Person.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["facilitator", "manager", "observer"])
def test_no_page_or_file_of_the_project_depends_on_how_somebody_voted(
    house: Any, ballot: Any, who: str
) -> None:
    """The same pages, to the byte, whether Maureen agreed or disagreed."""
    client = signed_in(getattr(house, who))
    before = pages(client, ballot)
    Vote.objects.filter(voter=queries.voter_of(house.maureen, ballot)).update(value=1)
    assert pages(client, ballot) == before
    assert any(before.values())


def pages(client: Client, ballot: Any) -> dict[str, bytes]:
    found = {}
    for name in OF_THE_PROJECT:
        for question in ("", "?format=csv", "?search=Maureen"):
            response = client.get(reverse(f"voting:{name}", args=[ballot.project_id, ballot.pk]) + question)
            found[name + question] = plain(response.content) if response.status_code == 200 else b""
    return found


def plain(content: bytes) -> bytes:
    """Without what is drawn anew for each page."""
    page = BeautifulSoup(content, "html.parser")
    for drawn in page.select("input[name=csrfmiddlewaretoken], input[name=request_key]"):
        drawn.decompose()
    return str(page).encode()


def test_somebody_elses_list_is_not_there_for_anyone(house: Any, ballot: Any) -> None:
    page = reverse("voting:mine", args=[ballot.link])
    assert b"Disagree" in signed_in(house.maureen).get(page).content
    for client in (signed_in(house.facilitator), signed_in(house.observer), Client()):
        assert b"Disagree" not in client.get(page).content


def test_a_forged_cookie_opens_nothing(ballot: Any) -> None:
    client = Client()
    client.cookies["voter"] = "somebody:1234:forged"
    page = client.get(reverse("voting:mine", args=[ballot.link]))
    assert page.status_code == 200
    assert Voter.objects.count() == 2


def test_the_record_has_no_votes_before_the_close_and_none_with_a_name_after_it(
    house: Any, ballot: Any, tmp_path: Path
) -> None:
    assert queries.rows_for_record(house.id)["votes"] == []
    operations.close_ballot(**house.here, ballot_id=ballot.pk)
    rows = queries.rows_for_record(house.id)["votes"]
    assert [set(row) for row in rows] == [{"ballot", "voter", "statement", "vote", "group"}] * 2
    assert rows == sorted(rows, key=lambda row: (row["voter"], row["statement"]))
    # Two people are too few to say of which group each is.
    assert {row["group"] for row in rows} == {""}
    pack = zipfile.ZipFile(io.BytesIO(export_record(house.id, tmp_path / "record.zip").file.read_bytes()))
    keys = list(Voter.objects.values_list("key", flat=True))
    whole = b"".join(pack.read(name) for name in pack.namelist())
    assert not any(key.encode() in whole for key in keys)
    assert b"voting_vote" not in whole


def test_nothing_of_a_vote_is_in_the_ledger_an_address_a_log_or_an_error(
    house: Any, ballot: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    entries = Entry.objects.count()
    client, one = signed_in(house.maureen), Statement.objects.get(ballot=ballot, number=2)
    page = reverse("voting:statement", args=[ballot.link, one.pk])
    answer = client.post(page, {"vote": "-1", "revision": "1"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("voting:next", args=[ballot.link]))
    wrong = client.post(page, {"vote": "7", "revision": "1"})
    stale = client.post(page, {"vote": "1", "revision": "9"}, follow=True)
    assert (wrong.status_code, stale.status_code) == (404, 200)
    assert Entry.objects.count() == entries
    assert "disagree" not in caplog.text.lower()
    assert str(house.maureen.pk) not in caplog.text
    kinds = set(Entry.objects.values_list("object_kind", flat=True))
    assert not kinds & {"voting.vote", "voting.voter"}
    assert "Disagree" not in str(list(Payload.objects.values_list("content", flat=True)))


def test_there_is_no_page_for_administrators_that_lists_rows() -> None:
    from django.apps import apps

    assert not apps.is_installed("django.contrib.admin")
