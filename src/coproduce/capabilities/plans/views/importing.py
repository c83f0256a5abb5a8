"""Bringing last year's spreadsheet in: upload, match the columns, look at each row, take all in, undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..forms import ColumnsForm, ImportForm, UploadForm
from ..models import PlanImport
from ..terms import ImportState


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Upload one, and see those that came in."""
    visit = queries.visit_plan(request.user, project_id, Purpose.RUN)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.upload_plan(
                by=request.user, project_id=project_id, sheet=form.cleaned_data["file"], key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("plans:import", project_id, made.pk)
    page = {"visit": visit, "section": "plans", "form": form, "imports": queries.imports_of(project_id)}
    return render(request, "plans/imports.html", page)


@require_http_methods(["GET", "POST"])
def one_import(request: HttpRequest, project_id: UUID, import_id: UUID) -> HttpResponse:
    """Which column is which, what each row would be, and then all of it at once."""
    visit, one = queries.import_for(request.user, project_id, import_id)
    if one.state != ImportState.WAITING:
        return _came_in(request, visit, one)
    seen = queries.preview_of(one)
    columns, taking = ColumnsForm(**_about(one, seen)), ImportForm(seen=seen)
    if request.method == "POST" and "match" in request.POST:
        columns = ColumnsForm(request.POST, **_about(one, seen))
        if columns.is_valid():
            operations.match_columns(
                by=request.user, project_id=project_id, import_id=import_id, columns=columns.columns(),
                people=columns.people(), key=columns.key,
            )  # fmt: skip
            return redirect("plans:import", project_id, import_id)
    elif request.method == "POST":
        taking = ImportForm(request.POST, seen=seen)
        if taking.is_valid() and _taken(request, one, taking):
            return redirect("plans:import", project_id, import_id)
    page = {
        "visit": visit,
        "section": "plans",
        "one": one,
        "seen": seen,
        "columns": columns,
        "taking": taking,
    }
    return render(request, "plans/import.html", page)


def _taken(request: HttpRequest, one: PlanImport, form: ImportForm) -> bool:
    try:
        operations.import_plan(
            by=request.user, project_id=one.project_id, import_id=one.pk, key=form.key, **form.chosen()
        )
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("The spreadsheet is in the plan."))
    return True


def _came_in(request: HttpRequest, visit: Any, one: PlanImport) -> HttpResponse:
    things = queries.imported_by(one)
    page = {
        "visit": visit, "section": "plans", "one": one, "things": things,
        "may_undo": one.state == ImportState.DONE and not queries.is_built_on(one, things),
    }  # fmt: skip
    return render(request, "plans/came_in.html", page)


def _about(one: PlanImport, seen: Any) -> dict[str, Any]:
    names = dict.fromkeys([*one.people, *seen.unknown])
    return {
        "sheet": one.sheet, "columns": one.columns, "unknown": list(names),
        "members": queries.members_of(one.project_id),
        "initial": {f"person-{at}": one.people.get(words, "") for at, words in enumerate(names)},
    }  # fmt: skip


@require_POST
def undo_import(request: HttpRequest, project_id: UUID, import_id: UUID) -> HttpResponse:
    queries.import_for(request.user, project_id, import_id)
    try:
        operations.undo_import(
            by=request.user, project_id=project_id, import_id=import_id, key=key_of(request.POST)
        )
    except NotThere:
        pass
    except Refused as refused:
        messages.warning(request, str(refused.findings[0].message))
    else:
        messages.success(request, _("All of it is out of the plan again."))
    return redirect("plans:import", project_id, import_id)


@require_POST
def drop_upload(request: HttpRequest, project_id: UUID, import_id: UUID) -> HttpResponse:
    queries.import_for(request.user, project_id, import_id)
    try:
        operations.drop_upload(
            by=request.user, project_id=project_id, import_id=import_id, key=key_of(request.POST)
        )
    except NotThere:
        # It came in, or was dropped, a moment ago.
        return redirect("plans:import", project_id, import_id)
    messages.success(request, _("The spreadsheet is forgotten."))
    return redirect("plans:imports", project_id)
