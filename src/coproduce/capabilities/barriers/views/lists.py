"""The list of barriers, adding one, and bringing in those of a round."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.rounds.terms import Level
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import BarrierForm
from ..models import Barrier
from ..terms import BARRIER, THEME, Response, Zone

_LEVELS = [(str(level.value), level.label) for level in Level]
_IMPORTANT = [("yes", gettext_lazy("Matters: 4 or 5"))]


@require_GET
def barriers(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.barriers_of(project_id),
        columns=_columns(project_id, whole=bool(request.GET.get("format"))),
        filters=_filters(project_id),
        search=queries.found_by,
        search_label=_("Search words, names and numbers"),
        caption=_("Barriers"),
        empty=_("No barriers yet"),
        name="barriers",
        order="ref",
    )
    may_add = visit.may(BARRIER, Purpose.CONTRIBUTE)
    page = {
        "visit": visit,
        "section": "barriers",
        "may_add": may_add,
        "may_rate": visit.may(THEME, Purpose.CONTRIBUTE),
        "waiting": queries.rounds_not_brought_in(project_id) if may_add else [],
    }
    return table.respond(request, "barriers/barriers.html", page)


def _columns(project_id: UUID, *, whole: bool) -> list[Column]:
    """What fits a page; files have everything."""
    shown = [
        Column(
            "ref",
            _("Number"),
            sort="number",
            link=lambda row: reverse("barriers:barrier", args=[project_id, row.pk]),
        ),
        Column("statement", _("In their words")),
        Column("group", _("Group"), value=_group, sort="group__code"),
        Column(
            "theme", _("Theme"), value=lambda row: str(row.theme) if row.theme else None, sort="theme__number"
        ),
        Column("importance", _("Matters"), sort="importance", numeric=True),
        Column("ease", _("Easy to remove"), sort="ease", numeric=True),
        Column("zone", _("Zone"), value="zone.label"),
        Column("response", _("Response"), value=_response, sort="response"),
        Column("owner", _("Who sees to it"), value="owner.shown_name", sort="owner__name"),
    ]
    return [*shown, *_FOR_FILES] if whole else shown


_FOR_FILES = (
    Column("due", gettext_lazy("By when")),
    Column("raised_by", gettext_lazy("Raised by"), value="raised_by.shown_name"),
    Column("level", gettext_lazy("Level"), value="get_level_display"),
    Column("built_on", gettext_lazy("Built on"), value="get_built_on_display"),
    Column("lens", gettext_lazy("Lens"), value="get_lens_display"),
    Column("com_b", gettext_lazy("COM-B"), value="com_b"),
    Column("response_words", gettext_lazy("What will be done")),
    Column("lets_people", gettext_lazy("What it lets people do")),
    Column("checked_back", gettext_lazy("Check-back"), value="get_checked_back_display"),
)


def _filters(project_id: UUID) -> list[Filter]:
    themes = [(str(theme.number), str(theme)) for theme in queries.themes_of(project_id)]
    groups = [(group.code, str(group)) for group in queries.groups_of(project_id)]
    return [
        Filter("theme", _("Theme"), themes, lambda rows, value: rows.filter(theme__number=value)),
        Filter("group", _("Group"), groups, lambda rows, value: rows.filter(group__code=value)),
        Filter("level", _("Who it is about"), _LEVELS, lambda rows, value: rows.filter(level=value)),
        Filter(
            "response", _("Response"), Response.choices,
            lambda rows, value: queries.answered_with(rows, project_id, value),
        ),
        Filter("zone", _("Zone"), Zone.choices, queries.in_zone),
        Filter("important", _("How much it matters"), _IMPORTANT, lambda rows, value: queries.important(rows)),
    ]  # fmt: skip


def _group(row: Barrier) -> str | None:
    return row.group.code if row.group else None


def _response(row: Barrier) -> str:
    if row.merged_into:
        return _("Merged into %(ref)s") % {"ref": row.merged_into.ref}
    return str(Response(row.response).label)


@require_http_methods(["GET", "POST"])
def add_barrier(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.CONTRIBUTE)
    runs = visit.may(BARRIER, Purpose.RUN)
    people = queries.members_of(project_id) if runs else []
    form = BarrierForm(request.POST or None, people=people, for_others=runs)
    if request.method == "POST" and form.is_valid():
        try:
            barrier = operations.add_barrier(
                by=request.user, project_id=project_id, raised_by=form.person, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(ref)s is in the list.") % {"ref": barrier.ref})
            return redirect("barriers:barrier", project_id, barrier.pk)
    page: dict[str, Any] = {"visit": visit, "section": "barriers", "form": form}
    return render(request, "barriers/add_barrier.html", page)


@require_POST
def bring_in(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    try:
        intake = operations.bring_in_from_round(by=request.user, project_id=project_id, round_id=round_id)
    except Refused as refused:
        messages.error(request, " ".join(str(finding.message) for finding in refused.findings))
    else:
        words = ngettext(
            "%(count)d barrier is brought in.", "%(count)d barriers are brought in.", intake.count
        )
        messages.success(request, words % {"count": intake.count})
    return redirect("barriers:barriers", project_id)
