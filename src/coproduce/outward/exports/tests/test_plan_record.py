"""The record of a plan that was reviewed, handed over, and had a spreadsheet brought in, twice, and undone once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coproduce.capabilities.plans import operations
from coproduce.capabilities.plans.tests.factories import NOW, a_plan
from coproduce.core import clock
from coproduce.core.ledger.checking import objects_without_entry, verify_database

from ..record import export_record
from ..verify import WHOLE, run_verify

pytestmark = pytest.mark.django_db
SHEET = [
    ["Action", "Owner", "Start", "End", "Status", "Measured", "Proof", "Note"],
    ["Ring", "Ruth Llewellyn", "2025-08-01", "2025-09-01", "done", "9", "List", "Good"],
    ["Listen", "Ruth Llewellyn", "2025-08-01", "ongoing", "", "", "", ""],
]


def test_it_is_whole_and_every_object_has_its_entry(tmp_path: Path) -> None:
    with clock.at(NOW):
        plan = a_plan()
        about: dict[str, Any] = {"by": plan.facilitator, "project_id": plan.id}
        plan.action()
        for undone in (True, False):
            one = operations.upload_plan(**about, sheet=SHEET)
            operations.import_plan(
                **about, import_id=one.pk, as_commitments=[3], check_date=date(2026, 4, 15)
            )
            if undone:
                operations.undo_import(**about, import_id=one.pk)
        operations.hand_over(**about, from_person=plan.worker, to_person=plan.citizen, note="Take care")
        operations.review_plan(
            by=plan.manager, project_id=plan.id, rhythm="monthly", words="Well", next_on=date(2025, 11, 10)
        )
        file = export_record(plan.id, tmp_path / "record.zip").file
    report = run_verify(file)
    assert (report.exit_code, report.problems) == (WHOLE, ())
    assert objects_without_entry() == []
    assert verify_database().whole
