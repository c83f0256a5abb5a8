"""What leaves the assessment: the document, the summary for the decision report, the map, the public page."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from coproduce.core.access import NotThere, Purpose
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.plots import Plot, heat_map
from coproduce.ui.tables import Column, Table

from .. import queries
from ..models import Row
from ..terms import Impact, Linked, LinkedKind, Side, profile_of
from .common import page_of
from .files import assessment_file, summary_file


@require_GET
def document(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The whole assessment as it stands, to print."""
    visit, found = queries.assessment_for(request.user, project_id, Purpose.READ)
    content, duty = queries.content_of(found), profile_of(visit.project.jurisdiction).duty
    readings, versions = queries.readings_of(found), queries.versions_of(found)
    if wanted := wanted_format(request):
        made = assessment_file(visit.project.title, content, duty, readings, versions)
        return as_file(made, "equality-impact-assessment", wanted)
    page = page_of(
        visit, assessment=found, content=content, conclusion=queries.conclusion_words(content), duty=duty,
        readings=readings, versions=versions,
    )  # fmt: skip
    return render(request, "equality/document.html", page)


@require_GET
def summary(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """One page for the report to those who decide."""
    visit = queries.visit_assessment(request.user, project_id, Purpose.READ)
    standing = queries.standing_of(project_id)
    if standing is None:
        raise NotThere
    found, duty = standing.assessment, profile_of(visit.project.jurisdiction).duty
    rows, links = queries.rows_of(found), queries.links_of(found)
    groups = {
        impact: [_in_short(row, links) for row in rows if impact in row.impacts]
        for impact in (Impact.NEGATIVE, Impact.POSITIVE, Impact.UNKNOWN)
    }
    if wanted := wanted_format(request):
        named = dict(zip(_headings(), groups.values(), strict=True))
        return as_file(summary_file(visit.project.title, standing, named, duty), "equality-summary", wanted)
    page = page_of(
        visit, assessment=found, negative=groups[Impact.NEGATIVE], unknown=groups[Impact.UNKNOWN],
        positive=groups[Impact.POSITIVE], none=[row for row in rows if Impact.NONE in row.impacts],
        standing=standing, duty=duty,
    )  # fmt: skip
    return render(request, "equality/summary.html", page)


def _headings() -> tuple[str, str, str]:
    worse = _("Who may be worse off, and what is done")
    return worse, _("Who may be better off"), _("What is not known yet")


def _in_short(row: Row, links: Any) -> dict[str, Any]:
    return {"row": row, "do": links.get(row.pk, {}).get(Side.DO, ())}


@require_GET
def evidence_map(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Which rows rest on what people said, as a picture, as a table, and as a file with one line for each link."""
    visit, found = queries.assessment_for(request.user, project_id, Purpose.READ)
    rows, links = queries.rows_of(found), queries.links_of(found)
    lines = [(row, side, one) for row in rows for side in Side for one in links.get(row.pk, {}).get(side, ())]
    table = Table(
        rows=lines,
        columns=[
            Column("row", _("Group"), value=lambda line: str(line[0].title)),
            Column("side", _("Column"), value=lambda line: line[1].label),
            Column("kind", _("Kind"), value=lambda line: line[2].kind.label),
            Column("ref", _("Number"), value=lambda line: line[2].ref, link=lambda line: line[2].href),
            Column("words", _("Words"), value=lambda line: line[2].words),
            Column("state", _("State"), value=lambda line: line[2].state),
        ],
        caption=_("Every link"), empty=_("Nothing is linked yet"), name="equality-evidence",
    )  # fmt: skip
    page = page_of(visit, assessment=found, plot=_plot(rows, links) if rows else None)
    return table.respond(request, "equality/map.html", page)


_COLUMNS = (LinkedKind.BARRIER, LinkedKind.SUGGESTION, LinkedKind.ACTION)


def _plot(rows: list[Row], links: Any) -> Plot:
    counts = [(row.title, [len(_of(links, row, column)) for column in _COLUMNS]) for row in rows]
    rest = sum(bool(links.get(row.pk, {}).get(Side.TOLD)) for row in rows)
    answered = sum(bool(links.get(row.pk, {}).get(Side.DO)) for row in rows)
    words = ngettext(
        "%(rest)d of %(all)d row rests on something that people said; %(answered)d has an action.",
        "%(rest)d of %(all)d rows rest on something that people said; %(answered)d have an action.",
        len(rows),
    )
    heads = [_("Barriers"), _("Suggestions"), _("Actions")]
    plot = heat_map(
        _("What each row rests on"), words % {"rest": rest, "all": len(rows), "answered": answered}, heads,
        counts, corner=_("Group"),
    )  # fmt: skip
    table = [(row.title, *(_cell(_of(links, row, column)) for column in _COLUMNS)) for row in rows]
    return replace(plot, table_rows=table)


def _of(links: Any, row: Row, kind: LinkedKind) -> list[Linked]:
    """Of either column, each once."""
    found = {one.id: one for side in Side for one in links.get(row.pk, {}).get(side, ()) if one.kind == kind}
    return list(found.values())


def _cell(found: list[Linked]) -> Any:
    link = '<a class="govuk-link" href="{}">{}</a>'
    return format_html_join(", ", link, ((one.href, one.ref) for one in found)) or "–"


@login_not_required
@require_GET
def public(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The published final version. What people said is named by number only."""
    version = queries.published_version(project_id)
    content = version.content
    impacts = Counter(impact for row in content["rows"] for impact in row["impacts"])
    page = {
        "version": version, "assessment": version.assessment, "project": version.assessment.project,
        "content": content, "conclusion": queries.conclusion_words(content), "impacts": impacts,
        "duty": profile_of(version.assessment.project.jurisdiction).duty, "is_public": True,
        "published_on": queries.published_on(project_id),
    }  # fmt: skip
    return render(request, "equality/public.html", page)
