"""Checking the seal: the evidence of one round, its sheet to take away, and a page for everyone."""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose

from .. import queries
from ..forms import ReceiptForm, SheetForm
from ..rules.sheet import Fault, NotASheet, read_sheet
from ..terms import ANSWERS
from .running import page


@require_GET
def evidence(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """For everyone in the project: times and hashes, no words."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ)
    found = queries.evidence(the_round)
    may_read = visit.may(ANSWERS, Purpose.READ)
    context = page(
        visit, the_round, evidence=found, may_take_sheet=may_read, head=queries.ledger_head(project_id)
    )
    return render(request, "rounds/evidence.html", context)


@require_GET
def sealing_sheet(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """The sheet as a file; of answers that are not open it holds the commitments alone."""
    _visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ, ANSWERS)
    content = json.dumps(queries.sheet(the_round), ensure_ascii=False, indent=1) + "\n"
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="sealing-sheet-{the_round.short_code}.json"'
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """For everyone, signed in or not: is this receipt among those that the root covers? Does this sheet hold?"""
    asks = (
        "file" if request.FILES or "sheet" in request.POST else "receipt" if request.method == "POST" else ""
    )
    by_receipt = ReceiptForm(request.POST if asks == "receipt" else None)
    by_sheet = SheetForm(request.POST if asks == "file" else None, request.FILES if asks == "file" else None)
    context: dict[str, Any] = {"by_receipt": by_receipt, "by_sheet": by_sheet, "asked": False}
    if asks == "receipt" and by_receipt.is_valid():
        context |= _looked_up(**by_receipt.asked())
    elif asks == "file" and by_sheet.is_valid():
        context |= _checked(by_sheet)
    return render(request, "rounds/verify.html", context)


def _looked_up(code: str, receipt: str) -> dict[str, Any]:
    found = queries.found_by_receipt(code, receipt)
    if found is None:
        return {"asked": True, "found": None}
    the_round, part = found
    root, answers = queries.covered(the_round, part)
    # Neither the question nor a name: whoever asks may be anybody.
    facts = {"code": code, "receipt": receipt, "root": root, "answers": answers, "part": part.label}
    fixed_at = the_round.closed_at if part == part.SECOND else the_round.sealed_at
    return {"asked": True, "found": facts | {"fixed_at": fixed_at}}


def _checked(form: SheetForm) -> dict[str, Any]:
    try:
        sheet = read_sheet(form.cleaned_data["file"].read())
    except NotASheet:
        form.add_error("file", _("This file is not a sealing sheet made by Coproduce."))
        return {}
    faults: list[Fault] = queries.sheet_faults(sheet)
    return {"checked": True, "faults": faults, "sheet_root": "" if faults else sheet["root"]}
