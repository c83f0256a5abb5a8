"""The record, written from a database and read back."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduce.capabilities.people import operations as people
from coproduce.capabilities.people.terms import Acknowledgement, GroupKind
from coproduce.capabilities.projects import operations as projects
from coproduce.core.models import Chain
from tests.permissions.world import World, make_world

from .. import record
from ..verify import BROKEN, WHOLE, run_verify, verify
from .packs import flipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    group = people.add_group(
        by=made.facilitator, project_id=made.project.pk, name="=Carers", kind=GroupKind.CARERS
    )
    people.add_seat(
        by=made.facilitator, project_id=made.project.pk, main_group_id=group.pk, name="Mary Anning-Jones",
        acknowledgement=Acknowledgement.ANONYMOUS,
    )  # fmt: skip
    return made


@pytest.fixture
def pack(world: World, tmp_path: Path) -> Path:
    return record.export_record(world.project.pk, tmp_path / "record.zip").file


def names_in(pack: Path) -> list[str]:
    return zipfile.ZipFile(pack).namelist()


def text_in(pack: Path, name: str) -> str:
    return zipfile.ZipFile(pack).read(name).decode()


def test_the_record_of_a_project_is_whole(world: World, pack: Path) -> None:
    report = run_verify(pack)
    assert (report.exit_code, report.problems) == (WHOLE, ())
    chain = Chain.objects.get(pk=str(world.project.pk))
    assert (report.facts["entries"], report.facts["head"]) == (chain.length, chain.head)


def test_the_same_state_at_the_same_moment_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from coproduce.core import clock

    with clock.at(datetime(2025, 10, 15, 12, tzinfo=UTC)):
        first = record.export_record(world.project.pk, tmp_path / "1.zip").file.read_bytes()
        second = record.export_record(world.project.pk, tmp_path / "2.zip").file.read_bytes()
    assert first == second


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_I07_any_changed_byte_of_a_real_record_shows(pack: Path, drawn: st.DataObject) -> None:
    whole = pack.read_bytes()
    at, by = drawn.draw(st.integers(0, len(whole) - 1)), drawn.draw(st.integers(1, 255))
    report = verify(flipped(whole, at, by))
    assert report.exit_code == BROKEN
    assert report.problems


def test_every_file_is_in_the_manifest(pack: Path) -> None:
    listed = [file["path"] for file in json.loads(text_in(pack, "manifest.json"))["files"]]
    assert [*listed, "manifest.json"] == names_in(pack)


def test_the_page_names_the_project_and_loads_nothing(pack: Path, world: World) -> None:
    page = text_in(pack, "index.html")
    assert f"<bdi>{world.project.title}</bdi>" in page
    for loading in ("src=", "http://", "https://", "@import", "url(", "<script", "<link"):
        assert loading not in page


def test_a_person_is_named_as_they_chose(pack: Path) -> None:
    held = pack.read_bytes()
    assert b"Anonymous" in held
    assert b"Anning" not in held


def test_a_table_is_safe_to_open_in_a_spreadsheet(pack: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(text_in(pack, "tables/groups.csv").removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["'=Carers"]


def test_the_data_keep_the_words_as_they_are(pack: Path) -> None:
    sections = {each["name"]: each for each in json.loads(text_in(pack, "data.json"))["sections"]}
    groups = next(table for table in sections["people"]["tables"] if table["name"] == "groups")
    assert [row["name"] for row in groups["rows"]] == ["=Carers"]


def test_a_record_that_could_not_be_finished_leaves_no_trace(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "record.zip").write_bytes(b"the one of yesterday")
    monkeypatch.setattr(record.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        record.export_record(world.project.pk, tmp_path / "record.zip")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("record.zip", b"the one of yesterday")
    ]


def test_another_project_is_not_in_it(pack: Path, world: World) -> None:
    projects.write_foreword(
        by=world.stranger, project_id=world.elsewhere.pk, changes={"why_now": "A marker sentence."}
    )
    again = record.export_record(world.project.pk, pack).file.read_bytes()
    assert b"A marker sentence." not in again
    assert world.elsewhere.title.encode() not in again
