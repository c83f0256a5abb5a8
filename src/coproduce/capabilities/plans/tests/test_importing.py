"""Last year's spreadsheet: guessed, looked at, taken in as a whole or not at all, and undone."""

import csv
import io
from datetime import date, datetime
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.plans import operations, queries, rules
from coproduce.capabilities.plans.models import Action, ActionNote, Imported, PlanImport, StandingCommitment
from coproduce.core import clock, tasks
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.models import Entry
from coproduce.ui.spreadsheets import BadSheet, read_sheet

from .factories import NOW, TODAY, Plan

HEAD = [
    "Ref",
    "Action / task",
    "Lead officer",
    "Start",
    "Due date",
    "Progress",
    "Evidence",
    "Measured",
    "Comments",
]
GOOD = [
    "1",
    "Print the card",
    "Ruth  llewellyn",
    "01/09/2025",
    "28 November 2025",
    "Under way",
    "",
    "",
    "Ordered",
]
DONE = [
    "2",
    "Ring the ward",
    "Joyce Penhale",
    "2025-08-01",
    "2025-09-30",
    "Complete",
    "Call log",
    "9 of 9",
    "",
]
ENDLESS = ["3", "Listen to carers", "Ruth Llewellyn", "01/09/2025", "Ongoing", "", "", "", ""]
TEAM = ["4", "Answer the phone", "The desk team", "01/09/2025", "28/11/2025", "", "", "", ""]
UNKNOWN = ["5", "Write a guide", "J. Smith", "01/09/2025", "28/11/2025", "", "", "", ""]
UNPROVED = ["6", "Ask each carer", "Ruth Llewellyn", "01/09/2025", "28/09/2025", "Done", "", "", ""]
STATUS = ["7", "Keep going", "Ruth Llewellyn", "01/09/2025", "28/11/2025", "Ongoing", "", "", ""]
FORMULA = ["8", "=1+1", "Ruth Llewellyn", "01/09/2025", "28/11/2025", "", "", "", ""]
SHEET = [HEAD, GOOD, DONE, ENDLESS, TEAM, UNKNOWN, UNPROVED, STATUS, FORMULA]


def uploaded(plan: Plan, sheet: Any = SHEET) -> PlanImport:
    return operations.upload_plan(by=plan.facilitator, project_id=plan.id, sheet=sheet)


def taken_in(plan: Plan, one: PlanImport, **more: Any) -> PlanImport:
    return operations.import_plan(by=plan.facilitator, project_id=plan.id, import_id=one.pk, **more)


def as_excel(sheet: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row in sheet:
        page.append(
            [datetime.fromisoformat(cell) if cell[:4].isdigit() and "-" in cell else cell for cell in row]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(sheet: list[list[str]], divider: str = ",", encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=divider).writerows(sheet)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize(
    "content", [as_excel(SHEET), as_csv(SHEET), as_csv(SHEET, ";"), as_csv([[], *SHEET], "\t", "cp1252")]
)
def test_excel_and_every_kind_of_csv_give_the_same_cells(content: bytes) -> None:
    assert read_sheet(content) == SHEET


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a book", b"\x00\x01", as_csv([["x"]] * 3000), b"a" * 5_000_000]
)
def test_what_is_no_spreadsheet_or_too_large_is_told(content: bytes) -> None:
    with pytest.raises(BadSheet):
        read_sheet(content)


def test_a_formula_stays_text(plan: Plan) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Action", "Cost"])
    book.active.append(['=HYPERLINK("http://x","y")', "=1+1"])
    out = io.BytesIO()
    book.save(out)
    assert read_sheet(out.getvalue())[1] == ['=HYPERLINK("http://x","y")', "=1+1"]
    taken_in(plan, uploaded(plan))
    assert Action.objects.filter(what="=1+1").exists()


def test_the_columns_are_guessed_by_their_headings() -> None:
    assert rules.guess_columns(HEAD) == {
        "what": 1, "owner": 2, "start": 3, "end": 4, "status": 5, "evidence": 6, "measure_result": 7, "note": 8,
    }  # fmt: skip
    assert rules.guess_columns(["What", "By when", "Date completed", "Target", "Who"]) == {
        "what": 0, "end": 1, "closed_on": 2, "target": 3, "owner": 4,
    }  # fmt: skip


def test_R60_R61_R63_R65_each_row_that_cannot_be_taken_in_says_why(plan: Plan) -> None:
    seen = queries.preview_of(uploaded(plan))
    assert [row.number for row in seen.ready] == [2, 3, 9]
    said = {row.number: [finding.rule for finding in row.refused] for row in seen.refused}
    assert said == {4: ["R60"], 5: ["R63"], 6: ["R63"], 7: ["R65", "R65"], 8: ["R61"]}
    assert seen.unknown == ("J. Smith",)
    assert [row.number for row in seen.endless] == [4, 8]
    words = str(seen.refused[0].refused[0].message)
    assert "“Ongoing” is not a date" in words
    assert "standing commitment" in words


def test_what_is_ready_comes_in_with_dates_status_proof_and_note(plan: Plan) -> None:
    one = taken_in(plan, uploaded(plan), as_commitments=[4], check_date=date(2026, 4, 15))
    first, second, formula = Action.objects.order_by("number")
    assert (first.what, first.owner, first.end, first.status) == (
        "Print the card", plan.worker, date(2025, 11, 28), "in_progress",
    )  # fmt: skip
    assert ActionNote.objects.get(action=first).words == "Ordered"
    assert (second.status, second.closed_on, second.evidence) == ("done", date(2025, 9, 30), "Call log")
    assert formula.what == "=1+1"
    (kept,) = StandingCommitment.objects.all()
    assert (kept.what, kept.checker, kept.in_force_from) == (
        "Listen to carers",
        plan.worker,
        date(2025, 9, 1),
    )
    assert (one.state, one.sheet) == ("done", [])
    assert Imported.objects.filter(plan_import=one).count() == 4


def test_a_name_that_nobody_has_can_be_said_to_be_somebody(plan: Plan) -> None:
    one = uploaded(plan)
    operations.match_columns(
        by=plan.facilitator, project_id=plan.id, import_id=one.pk, columns=one.columns,
        people={"J. Smith": str(plan.partner.pk)},
    )  # fmt: skip
    one.refresh_from_db()
    assert 6 in [row.number for row in queries.preview_of(one).ready]
    taken_in(plan, one)
    assert Action.objects.get(what="Write a guide").owner == plan.partner


def test_an_import_that_breaks_half_way_leaves_no_trace(plan: Plan) -> None:
    one = uploaded(plan)
    before = Entry.objects.count()
    with patch.object(operations.importing, "note_action", side_effect=OSError), pytest.raises(OSError):
        taken_in(plan, one)
    one.refresh_from_db()
    assert (Action.objects.count(), Imported.objects.count(), Entry.objects.count()) == (0, 0, before)
    assert one.state == "waiting"
    with pytest.raises(Refused):
        taken_in(plan, one, as_commitments=[4], check_date="ongoing")
    assert (Action.objects.count(), StandingCommitment.objects.count()) == (0, 0)


def test_the_same_request_twice_brings_it_in_once(plan: Plan) -> None:
    one, key = uploaded(plan), uuid4()
    for _again in range(2):
        taken_in(plan, one, key=key)
    assert Action.objects.count() == 3
    with pytest.raises(NotThere):
        taken_in(plan, one, key=uuid4())


def undo(plan: Plan, one: PlanImport) -> PlanImport:
    return operations.undo_import(by=plan.manager, project_id=plan.id, import_id=one.pk)


def test_an_untouched_import_is_undone_as_a_whole(plan: Plan) -> None:
    kept = plan.action("Was there before")
    one = taken_in(plan, uploaded(plan), as_commitments=[4, 8], check_date=date(2026, 4, 15))
    undone = undo(plan, one)
    assert list(Action.objects.all()) == [kept]
    assert not StandingCommitment.objects.exists()
    assert (undone.state, undone.undone_by) == ("undone", plan.manager)
    assert Entry.objects.filter(verb="plans.undo_import").exists()


@pytest.mark.parametrize("built", ["status", "move", "note", "link", "hand_over", "words"])
def test_an_import_on_which_somebody_built_is_not_undone(plan: Plan, built: str) -> None:
    one = taken_in(plan, uploaded(plan))
    action = Action.objects.get(what="Print the card")
    about = {"by": plan.facilitator, "project_id": plan.id}
    match built:
        case "status":
            plan.status(action, "in_progress", reached=10)
        case "move":
            plan.move(action, date(2025, 12, 1))
        case "note":
            operations.note_action(**about, action_id=action.pk, words="Printed")
        case "link":
            found, _unknown = queries.find_links(plan.id, plan.barrier().ref)
            operations.change_action(**about, action_id=action.pk, changes={}, links=found)
        case "hand_over":
            operations.hand_over(**about, from_person=plan.worker, to_person=plan.citizen, note="x")
        case "words":
            operations.change_action(**about, action_id=action.pk, changes={"measure": "50"})
    with pytest.raises(Refused, match="have worked on"):
        undo(plan, one)
    assert Action.objects.count() == 3


def test_those_who_do_not_lead_bring_nothing_in(plan: Plan) -> None:
    one = uploaded(plan)
    for person in (plan.worker, plan.observer):
        with pytest.raises(NotThere):
            operations.upload_plan(by=person, project_id=plan.id, sheet=SHEET)
        with pytest.raises(NotThere):
            operations.import_plan(by=person, project_id=plan.id, import_id=one.pk)


def test_a_spreadsheet_that_nobody_came_back_to_is_forgotten(plan: Plan) -> None:
    one = uploaded(plan)
    for day, state in ((8, "waiting"), (9, "undone")):
        with clock.at(NOW.replace(month=10, day=15 + day - 1)):
            tasks.run_due()
        one.refresh_from_db()
        assert one.state == state
    assert one.sheet == []


def test_by_its_pages_from_the_file_to_the_plan_and_back(plan: Plan) -> None:
    client = Client()
    client.force_login(plan.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("last year.xlsx", as_excel(SHEET))
    answer = client.post(reverse("plans:imports", args=[plan.id]), {"file": file}, follow=True)
    page, (address, _status) = answer.content.decode(), answer.redirect_chain[-1]
    assert "3 can be taken in, 5 cannot yet" in page
    assert "Who is “J. Smith”?" in page
    one = PlanImport.objects.get()
    matched = {name: str(at) for name, at in one.columns.items()} | {
        "person-0": str(plan.partner.pk),
        "match": "1",
    }
    assert "4 can be taken in" in client.post(address, matched, follow=True).content.decode()
    wrong = client.post(address, {"as_commitments": ["4"]}, follow=True).content.decode()
    assert "Enter the date on which someone checks this" in wrong
    taken = {"as_commitments": ["4"], "check_date": "2026-04-15"}
    assert "The spreadsheet is in the plan" in client.post(address, taken, follow=True).content.decode()
    assert (Action.objects.count(), StandingCommitment.objects.count()) == (4, 1)
    client.post(reverse("plans:undo_import", args=[plan.id, one.pk]))
    assert (Action.objects.count(), StandingCommitment.objects.count()) == (0, 0)
    assert date(2025, 10, 15) == TODAY


def test_a_bad_file_gets_a_plain_answer(plan: Plan) -> None:
    client = Client()
    client.force_login(plan.facilitator, backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("plan.xlsx", b"PK\x03\x04nothing")
    page = client.post(reverse("plans:imports", args=[plan.id]), {"file": file}).content.decode()
    assert "cannot be read as a spreadsheet" in page
    assert not PlanImport.objects.exists()
