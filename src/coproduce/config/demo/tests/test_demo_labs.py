"""The labs of the scenario (domain notes 3.1, 3.5 and walkthrough steps 5, 14 and 15), as the product gives them."""

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.labs import queries as labs
from coproduce.capabilities.labs.queries import Figures
from coproduce.capabilities.labs.terms import Stage
from coproduce.capabilities.people.terms import Label
from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Purpose
from coproduce.outward.exports.record import export_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(demo: Any) -> dict[str, Figures]:
    return {found.lab.code: found for found in labs.figures_of(demo.pk).values()}


@pytest.fixture
def owen(demo: Any) -> Client:
    client = Client()
    facilitator = projects.facilitators_of(demo.pk)[0]
    client.force_login(facilitator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def came(found: Figures) -> list[int]:
    return [line.attended for line in found.groups]


def test_three_labs_with_their_days_and_numbers(held: dict[str, Figures]) -> None:
    assert {code: (found.lab.date, found.attended, came(found)) for code, found in held.items()} == {
        "L1": (date(2025, 3, 20), 16, [5, 4, 4, 1, 2]),
        "L2": (date(2025, 4, 3), 17, [5, 4, 4, 2, 2]),
        "L3": (date(2025, 4, 24), 7, [0, 0, 3, 2, 2]),
    }
    assert (held["L1"].lab.place, held["L1"].lab.minutes) == ("Long Barrow village hall", 120)
    assert [found.citizens.part for found in held.values()] == [9, 9, 0]


def test_R54_voice_ratios_of_the_second_lab(held: dict[str, Figures]) -> None:
    groups = held["L2"].groups
    assert [line.turns for line in groups] == [21, 18, 24, 22, 11]
    assert [round(line.voice or 0, 2) for line in groups] == [0.74, 0.80, 1.06, 1.95, 0.97]


def test_R54_leaders_are_flagged_on_the_lab_and_nobody_else(demo: Any, owen: Client, held: Any) -> None:
    page = owen.get(reverse("labs:voices", args=[demo.pk, held["L2"].lab.pk])).content.decode()
    assert "“Leaders and managers” spoke far more than its share: voice ratio 1.95." in page
    assert page.count("Rule R54") == 1


def test_R51_the_third_one_is_collaboration_on_page_print_file_and_export(
    demo: Any, owen: Client, held: Any, tmp_path: Path
) -> None:
    assert [found.label for found in held.values()] == [
        Label.CO_PRODUCTION, Label.CO_PRODUCTION, Label.COLLABORATION,
    ]  # fmt: skip
    lab = held["L3"].lab
    for page in ("lab", "record", "sheet", "agenda", "voices"):
        assert "Collaboration" in owen.get(reverse(f"labs:{page}", args=[demo.pk, lab.pk])).content.decode()
    listed = owen.get(reverse("labs:labs", args=[demo.pk]) + "?format=csv").content.decode("utf-8-sig")
    assert [row["Label"] for row in csv.DictReader(io.StringIO(listed))] == [
        "Co-production", "Co-production", "Collaboration",
    ]  # fmt: skip
    pack = zipfile.ZipFile(export_record(demo.pk, tmp_path / "record.zip").file)
    data = json.loads(pack.read("data.json"))
    section = next(one for one in data["sections"] if one["name"] == "labs")
    rows = next(table["rows"] for table in section["tables"] if table["name"] == "labs")
    assert {row["code"]: row["label"] for row in rows} == {
        "L1": "Co-production", "L2": "Co-production", "L3": "Collaboration",
    }  # fmt: skip
    assert "Collaboration" in pack.read("index.html").decode()


def test_R15_the_first_labs_access_plan_shows_the_interpreter_and_no_reason(
    demo: Any, owen: Client, held: Any
) -> None:
    page = owen.get(reverse("labs:access", args=[demo.pk, held["L1"].lab.pk])).content.decode()
    main = page.split("<main", 1)[1]
    assert "Urdu interpreter" in main
    for words in ("Aisha", "diabetes"):
        assert words not in main
    # Priya needs evenings, and the first lab was in the afternoon.
    assert [line.need for line in labs.access_plan(held["L1"].lab) if line.is_open] == ["evenings only"]
    assert not [line for line in labs.access_plan(held["L2"].lab) if line.is_open]


def test_R50_only_the_third_one_began_without_writing(held: dict[str, Figures]) -> None:
    assert [found.lab.has_opening_write for found in held.values()] == [True, True, False]


def test_R53_the_draft_went_out_after_the_labs(demo: Any, held: dict[str, Figures]) -> None:
    found = labs.findings_of(labs.figures_of(demo.pk), held["L1"].lab)
    assert "R53" not in {one.rule for one in found}


def test_R105_the_stage_strip_warns_of_foreword_and_decision(demo: Any) -> None:
    facilitator = projects.facilitators_of(demo.pk)[0]
    strip = labs.stage_strip(labs.visit_facilitation(facilitator, demo.pk, Purpose.READ))
    counted = {line.stage: (line.citizens, line.people) for line in strip if line.is_reached}
    assert counted[Stage.ROUND] == (12, 23)
    assert counted[Stage.DRAFT] == (18, 40)
    assert [one.subject for one in labs.stage_findings(strip)] == [Stage.FOREWORD, Stage.DECISION]


def test_citizens_held_two_of_three_and_who_pays_is_declared(demo: Any) -> None:
    share = labs.held_by_citizens(labs.project_labs(demo.pk))
    assert (share.part, share.whole) == (2, 3)
    declared = labs.facilitation_of(demo.pk)
    assert (declared.co_facilitator.shown_name, declared.target_percent) == ("Yvonne Baptiste", 50)
    assert declared.paid_by


def test_the_calendar_file_has_all_three(demo: Any, owen: Client) -> None:
    text = owen.get(reverse("calendar:labs", args=[demo.pk])).content
    assert text.count(b"BEGIN:VEVENT") == 3
