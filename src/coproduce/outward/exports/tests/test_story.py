"""The page of the record tells the story in the words of people."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.apps import apps

from coproduce.capabilities.signoff.tests.factories import AFTERNOON, Desk, a_desk
from coproduce.core import clock

from ..looks import LOOKS
from ..record import export_record
from ..sections import SECTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with clock.at(AFTERNOON):
        yield a_desk()


def page_of(desk: Desk, folder: Path) -> BeautifulSoup:
    pack = zipfile.ZipFile(export_record(desk.id, folder / "record.zip").file)
    return BeautifulSoup(pack.read("index.html"), "html.parser")


def card(page: BeautifulSoup, section: str) -> dict[str, str]:
    """The first card of a section, by its labels."""
    found = page.select_one(f"#{section} dl")
    assert isinstance(found, Tag)
    labels = found.find_all("dt", recursive=False)
    return {label.get_text(): label.find_next_sibling("dd").get_text(" ", strip=True) for label in labels}


def test_a_suggestion_stands_with_its_decision(desk: Desk, tmp_path: Path) -> None:
    desk.suggest(doing="wording", decided="accepted")
    told = card(page_of(desk, tmp_path), "drafting")
    assert told["Suggestion"] == "S01"
    assert told["Made by"] == "Aisha Khan"
    assert told["On version"] == "0.1"
    assert "Decision Accepted" in told["Decision"]
    assert "Decided by Helen Moss Decided on 15 October 2025" in told["Decision"]


def test_the_sign_off_names_people_and_dates(desk: Desk, tmp_path: Path) -> None:
    desk.write()
    desk.sign()
    told = card(page_of(desk, tmp_path), "signoff")
    assert (told["Version"], told["State"], told["Owner"]) == ("1.0", "Signed off", "Helen Moss")
    assert (told["Decided on"], told["Looked at again"]) == ("15 October 2025", "15 October 2026")


def test_the_text_of_each_version_is_there(desk: Desk, tmp_path: Path) -> None:
    (text,) = page_of(desk, tmp_path).select("#versions details .text")
    assert text.get_text() == "# The plan\n\nAsk each carer.\n"


def test_what_people_wrote_is_text_and_never_markup(desk: Desk, tmp_path: Path) -> None:
    from coproduce.capabilities.barriers import operations as barriers

    barriers.add_barrier(by=desk.carer, project_id=desk.id, statement="<script>alert(1)</script>", level=1)
    page = page_of(desk, tmp_path)
    assert not page.select("script")
    assert card(page, "barriers")["Words"] == "<script>alert(1)</script>"


def test_no_identifier_is_left_standing_on_the_page(desk: Desk, tmp_path: Path) -> None:
    import re

    desk.suggest(doing="wording", decided="accepted")
    desk.barrier()
    words = page_of(desk, tmp_path).get_text(" ")
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-7", words)


def test_every_look_shows_columns_that_exist() -> None:
    columns = {
        look.model: {field.attname for field in apps.get_model(look.model)._meta.fields}
        for look in LOOKS.values()
        if look.model
    }
    derived = {"credit", "suggestions", "co_owner_ids", "other_groups", "main_group",
               "label", "attended", "citizens", "facilitator_ids"}  # fmt: skip
    wrong = {
        (name, column)
        for name, look in LOOKS.items()
        if look.model
        for column in look.columns
        if column not in columns[look.model] | derived
    }
    assert not wrong


def test_every_kind_of_a_section_is_a_model() -> None:
    for section in SECTIONS:
        for kind in section.kinds.values():
            apps.get_model(kind)
