"""R23, R24, I-10: before the seal neither the record nor its page tells what anybody answered, nor who did."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.rounds.tests.factories import Table, an_open_table, words

from ..record import export_record
from ..verify import WHOLE, run_verify

pytestmark = pytest.mark.django_db
MARKER = "The gate was locked at six"


@pytest.fixture
def table(db: None) -> Table:
    made = an_open_table()
    made.answer("P01", words(MARKER))
    return made


def pack_of(table: Table, folder: Path) -> Path:
    return export_record(table.project.pk, folder / "record.zip").file


def entries_in(pack: Path) -> list[dict[str, Any]]:
    return json.loads(zipfile.ZipFile(pack).read("ledger.json"))["entries"]


def ledger_page(table: Table, **asked: str) -> list[list[str]]:
    client = Client()
    client.force_login(table.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("exports:record", args=[table.project.pk]), asked)
    rows = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


def test_I10_no_word_of_a_sealed_answer_is_in_the_record(table: Table, tmp_path: Path) -> None:
    pack = pack_of(table, tmp_path)
    assert run_verify(pack).exit_code == WHOLE
    assert MARKER.encode() not in pack.read_bytes()


def test_R24_the_record_does_not_tell_who_answered_and_when(table: Table, tmp_path: Path) -> None:
    entries = entries_in(pack_of(table, tmp_path))
    person = str(table.person("P01").pk)
    assert [entry for entry in entries if entry.get("actor") == person] == []
    assert [entry.keys() for entry in entries if "withheld" in entry] == [
        {"seq", "previous", "hash", "withheld"}
    ]


def test_R24_the_page_of_the_ledger_does_not_tell_who_answered_either(table: Table) -> None:
    newest = ledger_page(table)[0]
    told = ["When –", "Who –", "What Hidden until the round is sealed", "About –"]
    assert newest[1:5] == told
    assert ledger_page(table, person=str(table.person("P01").pk)) == []
    client = Client()
    client.force_login(table.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    file = client.get(reverse("exports:record", args=[table.project.pk]), {"format": "csv"})
    first = next(csv.DictReader(io.StringIO(file.content.decode().removeprefix("\ufeff"))))
    assert (first["Who"], first["When"], first["About"]) == ("", "", "")


def test_after_the_seal_the_record_holds_answers_and_who_gave_them(table: Table, tmp_path: Path) -> None:
    table.seal()
    pack = pack_of(table, tmp_path)
    assert run_verify(pack).exit_code == WHOLE
    assert MARKER in zipfile.ZipFile(pack).read("index.html").decode()
    person = str(table.person("P01").pk)
    assert "rounds.answer_round" in {
        entry["verb"] for entry in entries_in(pack) if entry.get("actor") == person
    }


def test_what_was_withheld_and_what_is_open_later_are_the_same_chain(table: Table, tmp_path: Path) -> None:
    before = entries_in(pack_of(table, tmp_path))
    table.seal()
    after = entries_in(pack_of(table, tmp_path))
    assert [entry["hash"] for entry in before] == [entry["hash"] for entry in after[: len(before)]]
