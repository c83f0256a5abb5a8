"""The record of the whole example project: whole, readable, and borne out by its ledger value by value."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.config.health import UNDER_ONE_ENTRY
from coproduce.core.ledger.checking import objects_without_entry, verify_database
from coproduce.outward.exports.record import export_record
from coproduce.outward.exports.tests.packs import flipped
from coproduce.outward.exports.verify import BROKEN, WHOLE, run_verify, verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def pack(demo: Any, tmp_path: Path) -> Path:
    return export_record(demo.pk, tmp_path / "record.zip").file


@pytest.fixture
def page(pack: Path) -> BeautifulSoup:
    return BeautifulSoup(zipfile.ZipFile(pack).read("index.html"), "html.parser")


def test_the_record_is_whole_and_no_value_was_changed_past_the_ledger(pack: Path) -> None:
    report = run_verify(pack)
    assert (report.exit_code, report.problems, report.facts["noted"]) == (WHOLE, (), 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_I07_any_changed_byte_of_the_demos_record_shows(pack: Path, drawn: st.DataObject) -> None:
    whole = pack.read_bytes()
    at, by = drawn.draw(st.integers(0, len(whole) - 1)), drawn.draw(st.integers(1, 255))
    report = verify(flipped(whole, at, by))
    assert (report.exit_code, bool(report.problems)) == (BROKEN, True)


def test_I07_a_changed_word_of_the_ledger_names_its_entry(pack: Path) -> None:
    whole = pack.read_bytes()
    line = next(
        number
        for number, text in enumerate(zipfile.ZipFile(pack).read("ledger.json").split(b"\n"))
        if b'"drafting.decide"' in text
    )
    at = whole.index(b'"drafting.decide"', whole.index(b"ledger.json")) + 3
    assert verify(flipped(whole, at)).problems[0].where == f"Entry {line}"


def test_I02_every_object_has_its_entry_and_the_chains_are_whole(demo: Any) -> None:
    assert verify_database().whole
    assert objects_without_entry(together=UNDER_ONE_ENTRY) == []


def test_the_story_is_told_from_the_foreword_to_the_signature(page: BeautifulSoup) -> None:
    words = " ".join(page.get_text(" ").split())
    for told in (
        "Better outcomes, Save money",
        "Villages lose out; nobody drives that far",
        "Say plainly that saving money is one aim, and how much",
        "Signed off: Cabinet in the Town Hall, 15 October 2025.",
        "Put one name and one number on every discharge card",
    ):
        assert told in words


def test_who_chose_a_first_name_or_none_is_nowhere_named_in_full(demo: Any, pack: Path) -> None:
    from coproduce.capabilities.people import queries as people
    from coproduce.capabilities.people.terms import Acknowledgement

    held = pack.read_bytes()
    reserved = [
        seat.person for seat in people.seats_of(demo.pk) if seat.acknowledgement != Acknowledgement.NAMED
    ]
    assert reserved
    assert [person.name for person in reserved if person.name.encode() in held] == []
    assert b"@example" not in held
