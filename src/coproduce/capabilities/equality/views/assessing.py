"""The assessment as it stands: its rows in one list, its beginning, its screening and what it says as a whole."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import AboutForm, BeginForm, ScreenForm
from ..models import Row
from ..terms import Impact, Linked, Side, profile_of
from .common import done, form_page, impact_tags, page_of


@require_GET
def assessment(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Where it stands, and its rows with their four columns."""
    visit = queries.visit_assessment(request.user, project_id, Purpose.READ)
    found = queries.standing_of(project_id)
    if found is None:
        return render(
            request, "equality/none.html", page_of(visit, profile=profile_of(visit.project.jurisdiction))
        )
    links = queries.links_of(found.assessment)
    page = page_of(
        visit, standing=found, assessment=found.assessment, findings=queries.findings_so_far(found),
        profile=profile_of(visit.project.jurisdiction), reads=found.assessment.decision_maker_id == visit.person.pk,
    )  # fmt: skip
    return _table(project_id, queries.rows_of(found.assessment), links).respond(
        request, "equality/assessment.html", page
    )


def _table(project_id: UUID, rows: list[Row], links: Any) -> Table:
    return Table(
        rows=rows,
        columns=[
            Column("title", _("Group"), sort="place",
                   link=lambda row: reverse("equality:row", args=[project_id, row.pk])),
            Column("know", _("What we know"), value=lambda row: row.know),
            Column("told", _("What people tell us"), value=lambda row: _refs(links, row, Side.TOLD)),
            Column("impact", _("What it means"), value=_impact),
            Column("do", _("What we can do"), value=lambda row: _do(links, row)),
        ],
        filters=[
            Filter("impact", _("Impact"), Impact.choices,
                   lambda rows, value: [row for row in rows if value in row.impacts]),
        ],
        caption=_("Rows of the assessment"), empty=_("No rows"), name="equality-assessment", order="title",
    )  # fmt: skip


def _refs(links: Any, row: Row, side: Side) -> Any:
    found: Sequence[Linked] = links.get(row.pk, {}).get(side, ())
    shown = format_html_join(
        ", ", '<a class="govuk-link" href="{}">{}</a>', ((one.href, one.ref) for one in found)
    )
    return shown or row.told or None


def _impact(row: Row) -> Any:
    tags = format_html_join(" ", "{}", ((tag,) for tag in impact_tags(row.impacts)))
    words = format_html("<br>{}", row.impact_words) if row.impact_words else ""
    return format_html("{}{}", tags, words) if tags else None


def _do(links: Any, row: Row) -> Any:
    found: Sequence[Linked] = links.get(row.pk, {}).get(Side.DO, ())
    shown = format_html_join(
        ", ", '<a class="govuk-link" href="{}">{}</a>', ((one.href, one.ref) for one in found)
    )
    words = row.plan or row.can_do
    if shown and words:
        return format_html("{}<br>{}", shown, words)
    return shown or words or None


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_assessment(request.user, project_id, Purpose.RUN)
    profile = profile_of(visit.project.jurisdiction)
    form = BeginForm(posted(request), profile=profile)
    if sent(request, form, lambda: operations.begin(
        by=request.user, project_id=project_id, additions=form.cleaned_data["additions"], key=form.key
    )):  # fmt: skip
        return done(request, _("The assessment is begun."), "screen", project_id)
    lead = _("It begins with rows for: %(groups)s.") % {
        "groups": ", ".join(str(one.label) for one in profile.always)
    }
    title = _("Begin the equality impact assessment")
    return form_page(request, visit, form, title=title, button=_("Begin"), lead=lead, hint=profile.duty)


@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, found = queries.assessment_for(request.user, project_id, Purpose.RUN)
    form = ScreenForm(posted(request), initial={"affects": found.affects, "why": found.why})
    if sent(request, form, lambda: operations.screen(
        by=request.user, project_id=project_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The screening is saved."), "assessment", project_id)
    return form_page(request, visit, form, title=_("Screening"))


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, found = queries.assessment_for(request.user, project_id, Purpose.RUN)
    initial: dict[str, Any] = {name: getattr(found, name) for name in operations.ABOUT}
    for name in ("assessor_id", "reviewer_id", "decision_maker_id"):
        initial[name] = str(initial[name] or "")
    initial["gaps"] = [{**gap, "by": date.fromisoformat(gap["by"])} for gap in found.gaps]
    form = AboutForm(posted(request), initial=initial, people=queries.members_of(project_id))
    if sent(request, form, lambda: operations.write_about(
        by=request.user, project_id=project_id, changes=form.changes(), key=form.key
    )):  # fmt: skip
        return done(request, _("The assessment is saved."), "assessment", project_id)
    return form_page(request, visit, form, title=_("The assessment as a whole"))
