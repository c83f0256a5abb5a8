"""Stakeholder groups: the list, one group, writing one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import GroupForm
from ..models import Group
from ..queries import Places
from ..terms import GROUP, GroupKind


@require_GET
def groups(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, GROUP, Purpose.READ)
    page = {"visit": visit, "section": "people", "may_run": visit.may(GROUP, Purpose.RUN)}
    return _table(project_id).respond(request, "people/groups.html", page)


@require_GET
def group(request: HttpRequest, project_id: UUID, group_id: UUID) -> HttpResponse:
    visit, found = queries.group_for(request.user, project_id, group_id, Purpose.READ)
    seats = list(queries.seats_in(found))
    page = {
        "visit": visit, "section": "people", "group": found, "rows": _rows(found, len(seats)), "seats": seats,
        "may_run": visit.may(GROUP, Purpose.RUN),
    }  # fmt: skip
    return render(request, "people/group.html", page)


@require_http_methods(["GET", "POST"])
def new_group(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, GROUP, Purpose.RUN)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.add_group(by=request.user, project_id=project_id, key=form.key, **form.cleaned_data)
        messages.success(request, _("The group is added."))
        return redirect("people:groups", project_id)
    return render(request, "people/edit_group.html", {"visit": visit, "section": "people", "form": form})


@require_http_methods(["GET", "POST"])
def edit_group(request: HttpRequest, project_id: UUID, group_id: UUID) -> HttpResponse:
    visit, found = queries.group_for(request.user, project_id, group_id, Purpose.RUN)
    initial = {name: getattr(found, name) for name in operations.GROUP_FIELDS}
    form = GroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.change_group(
            by=request.user, project_id=project_id, group_id=group_id, changes=form.cleaned_data, key=form.key
        )
        messages.success(request, _("The group is saved."))
        return redirect("people:group", project_id, group_id)
    page = {"visit": visit, "section": "people", "form": form, "group": found}
    return render(request, "people/edit_group.html", page)


def _table(project_id: UUID) -> Table:
    def link(at: Places) -> str:
        return reverse("people:group", args=[project_id, at.group.pk])

    return Table(
        rows=queries.places_of(project_id),
        columns=[
            Column("name", _("Group"), value="group.name", sort="group.name", link=link),
            Column("code", _("Number"), value="group.code", sort="group.code"),
            Column("kind", _("Kind"), value=lambda at: str(GroupKind(at.group.kind).label), sort="group.kind"),
            Column("wanted", _("Places wanted"), sort="wanted", numeric=True),
            Column("filled", _("Places filled"), sort="filled", numeric=True),
            Column("affected", _("Affected, 1 to 5"), value="group.how_affected", numeric=True),
            Column("influence", _("Influence, 1 to 5"), value="group.influence", numeric=True),
            Column("missing", _("Who is missing"), value="group.missing"),
        ],
        filters=[Filter("kind", _("Kind of group"), GroupKind.choices, _of_kind)],
        search=_search, caption=_("Groups"), empty=_("No groups yet"), name="groups",
    )  # fmt: skip


def _of_kind(rows: list[Places], kind: str) -> list[Places]:
    return [at for at in rows if at.group.kind == kind]


def _search(rows: list[Places], words: str) -> list[Places]:
    wanted = words.casefold()
    return [at for at in rows if wanted in f"{at.group.code} {at.group.name} {at.group.missing}".casefold()]


def _rows(group: Group, filled: int) -> list[tuple[str, Any]]:
    places = _("%(filled)d of %(wanted)d filled") % {"filled": filled, "wanted": group.places_wanted}
    return [
        (_("Kind of group"), GroupKind(group.kind).label),
        (_("Why they matter"), group.why),
        (_("How much this affects them, 1 to 5"), group.how_affected),
        (_("Their influence today, 1 to 5"), group.influence),
        (_("Places"), places),
        (_("Who is missing, and what we did about it"), group.missing),
        (_("How we reach them"), group.route),
    ]
