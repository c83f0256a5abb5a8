import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.equality import operations, queries
from coproduce.core import clock
from coproduce.ui.onward import onward_from
from tests.support import tagged

from .factories import NOW, House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def house() -> House:
    return a_house()


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def post(client: Client, name: str, house: House, typed: Any = None, **more: Any) -> Any:
    return client.post(reverse(f"equality:{name}", args=[house.id, *more.values()]), typed or {}, follow=True)


def test_from_beginning_to_publication_by_forms_only(house: House) -> None:
    facilitator, councillor = client_of(house.facilitator), client_of(house.councillor)
    post(facilitator, "begin", house, {"additions": ["rural"]})
    post(facilitator, "screen", house, {"affects": "yes", "why": "It changes who visits whom."})
    for row in queries.rows_of(queries.assessment_of(house.id)):  # type: ignore[arg-type]
        typed = {"seen": row.revision, "know": "Looked at.", "impacts": ["none"]}
        assert "The row is saved." in text_of(post(facilitator, "edit_row", house, typed, row_id=row.pk))
    about = {
        "conclusion": "no_change", "assessor_id": house.facilitator.pk, "reviewer_id": house.manager.pk,
        "decision_maker_id": house.councillor.pk, "monitoring_on": "2026-10-01", "gaps-count": "1",
        "gaps-0-what": "Who is offline", "gaps-0-plan": "Ask the library", "gaps-0-by": "2025-11-30",
    }  # fmt: skip
    assert "The assessment is saved." in text_of(post(facilitator, "about", house, about))
    assert "Ask the library" in facilitator.get(reverse("equality:about", args=[house.id])).content.decode()
    kept = post(facilitator, "save_version", house, {"kind": "final", "note": "Final."})
    assert "The version is kept." in text_of(kept)
    assert "Your reading is on the record." in text_of(post(councillor, "read", house))
    assert "The assessment is published." in text_of(post(facilitator, "publish", house))
    public = text_of(Client().get(reverse("equality:public", args=[house.id])))
    assert "Final version 1 of 6 October 2025" in public
    assert "Who is offline : Ask the library , 30 November 2025" in public


def test_R91_a_refused_final_version_names_each_row(house: House) -> None:
    house.begin("rural")
    page = text_of(
        post(client_of(house.facilitator), "save_version", house, {"kind": "final", "note": "Done."})
    )
    assert "Rural areas: say what you know, and what it means. (rule R91)" in page


def test_the_second_of_two_writers_sees_both_and_can_then_save(house: House) -> None:
    house.begin("rural")
    row, client = house.row(), client_of(house.manager)
    house.write(know="31% live in villages.", impacts=["negative"], size=3, likelihood=3)
    typed = {"seen": row.revision, "know": "A third live far out."}
    page = post(client, "edit_row", house, typed, row_id=row.pk)
    words = text_of(page)
    for shown in ("Owen Pritchard changed this row", "31% live in villages.", "A third live far out."):
        assert shown in words
    seen = BeautifulSoup(page.content, "html.parser").select_one('[name="seen"]')
    assert seen
    again = post(client, "edit_row", house, {**typed, "seen": seen["value"]}, row_id=row.pk)
    assert "The row is saved." in text_of(again)
    assert house.row().know == "A third live far out."


def test_links_are_chosen_from_a_search_and_what_is_linked_stays(house: House) -> None:
    house.begin("rural")
    bus, night = house.barrier("The bus comes twice a day."), house.barrier("Nobody rings at night.")
    house.link("told", bus)
    client, row = client_of(house.facilitator), house.row()
    address = reverse("equality:links", args=[house.id, row.pk, "told"])
    page = text_of(client.get(address, {"q": "night"}))
    assert "B01: The bus comes twice a day." in page
    assert "B02: Nobody rings at night." in page
    client.post(address + "?q=night", {"linked": [f"barriers.barrier:{one.pk}" for one in (bus, night)]})
    assert [one.ref for one in queries.linked_to(house.row())["told"]] == ["B01", "B02"]
    client.post(address, {})
    assert queries.linked_to(house.row()) == {}


def test_things_of_another_project_cannot_be_linked(house: House) -> None:
    house.begin("rural")
    theirs = a_house().barrier("Elsewhere.")
    address = reverse("equality:links", args=[house.id, house.row().pk, "told"])
    page = client_of(house.facilitator).post(address, {"linked": [f"barriers.barrier:{theirs.pk}"]})
    assert page.status_code == 200
    assert queries.linked_to(house.row()) == {}


def test_a_barrier_leads_to_the_row_and_the_row_back(house: House) -> None:
    house.begin("rural")
    barrier = house.barrier()
    house.link("told", barrier)
    [one] = onward_from(BARRIER, house.id, barrier.pk)
    assert (str(one.label), one.ref) == ("Equality row", "Rural areas")
    page = text_of(client_of(house.citizen).get(one.href))
    assert "The bus comes twice a day." in page


def test_the_map_has_a_sentence_a_table_and_a_line_for_each_link(house: House) -> None:
    house.begin("rural")
    house.link("told", house.barrier())
    house.link("do", house.action())
    client = client_of(house.citizen)
    page = text_of(client.get(reverse("equality:map", args=[house.id])))
    assert "1 of 10 rows rest on something that people said; 1 have an action." in page
    held = client.get(reverse("equality:map", args=[house.id]), {"format": "csv"}).content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(held)))
    assert [(line["Group"], line["Number"]) for line in lines] == [
        ("Rural areas", "B01"),
        ("Rural areas", "A01"),
    ]


def test_the_list_of_rows_as_a_file_has_the_four_columns(house: House) -> None:
    house.begin("rural")
    house.write(know="=31%", impacts=["negative"], size=3, likelihood=3)
    answer = client_of(house.citizen).get(reverse("equality:assessment", args=[house.id]), {"format": "csv"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert (lines[-1]["Group"], lines[-1]["What we know"], lines[-1]["What it means"]) == (
        "Rural areas", "'=31%", "Negative",
    )  # fmt: skip


@pytest.mark.parametrize("page", ["document", "summary"])
def test_word_and_tagged_pdf(house: House, page: str, tmp_path: Path) -> None:
    house.finish()
    operations.add_row(**house.lead, characteristic="rural")
    house.write(know="31% live in villages.", impacts=["negative"], size=3, likelihood=3)
    house.link("do", house.action())
    client, address = client_of(house.citizen), reverse(f"equality:{page}", args=[house.id])
    word = docx.Document(io.BytesIO(client.get(address, {"format": "docx"}).content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("31% live in villages." in cell for cell in cells)
    assert any("A01 Try a first visit" in cell for cell in cells)
    paper = tmp_path / "assessment.pdf"
    paper.write_bytes(client.get(address, {"format": "pdf"}).content)
    tagged.check(paper)


def test_a_citizen_sees_no_button_and_only_the_decision_maker_has_the_page_to_read(house: House) -> None:
    house.finish()
    page = client_of(house.citizen).get(reverse("equality:assessment", args=[house.id])).content.decode()
    assert reverse("equality:save_version", args=[house.id]) not in page
    read = reverse("equality:read", args=[house.id])
    assert client_of(house.facilitator).get(read).status_code == 404
    assert client_of(house.councillor).get(read).status_code == 200
