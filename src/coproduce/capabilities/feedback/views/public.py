"""What everyone may read once it is published, signed in or not."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Strength
from coproduce.ui.plots import Plot, bars
from coproduce.ui.sheets import as_csv

from .. import queries
from ..models import Publication
from ..queries import Card, Dressed
from ..terms import HEADINGS, STATEMENT, Counts, Headings, Style

COLUMNS = (
    "ref", "heading", "said", "did", "will", "will_by", "could_not", "reason", "cost", "place", "status_on",
    "next_update_on",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The published answers on one document."""

    publication: Publication
    style: Style
    headings: Headings
    statements: list[Dressed]
    counts: Counts
    chart: Plot | None


@login_not_required
@require_GET
def page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.public_visit(request.user, project_id)
    parts = _parts(visit)
    late = queries.lateness(queries.standings(project_id), clock.today())
    late = [finding for finding in late if finding.strength == Strength.SHOW]
    if not parts and not late:
        if visit.may(STATEMENT, Purpose.READ):
            return redirect("feedback:statements", project_id)
        raise NotThere
    shown = {
        "visit": visit, "parts": parts, "late": late, "label": people.label_of(project_id),
        "inside": visit.may(STATEMENT, Purpose.READ),
    }  # fmt: skip
    return render(request, "feedback/page.html", shown)


@login_not_required
@require_GET
def open_data(request: HttpRequest, project_id: UUID, kind: str) -> HttpResponse:
    """The same without names and without quotes, for other people's tools."""
    visit = projects.public_visit(request.user, project_id)
    parts = _parts(visit)
    if not parts:
        raise NotThere
    rows = [_row(part, statement) for part in parts for statement in part.statements]
    if kind == "csv":
        headings = list(rows[0]) if rows else ["document"]
        return as_csv("you-said-we-did", headings, [list(map(_flat, row.values())) for row in rows])
    return JsonResponse({"project": visit.project.title, "statements": rows})


def _parts(visit: Visit) -> list[Part]:
    signed = [(one, Card.signed_in(one)) for one in queries.publications_of(visit.project.pk)]
    if not signed:
        return []
    things = queries.wardrobe(visit, [card for _one, cards in signed for card in cards], clock.today())
    return [_part(publication, cards, things) for publication, cards in signed]


def _part(publication: Publication, cards: list[Card], things: queries.Wardrobe) -> Part:
    style, counts = Style(publication.style), queries.counts_in(cards, things)
    statements = [queries.dress(card, things) for card in cards]
    return Part(
        publication, style, HEADINGS[style], statements, counts, _chart(counts) if counts.total else None
    )


def _chart(counts: Counts) -> Plot:
    values: list[tuple[Any, float | None]] = [
        (_("Accepted"), counts.accepted),
        (_("In part"), counts.in_part),
        (_("Declined"), counts.declined),
        (_("Passed on"), counts.passed_on),
    ]
    words = _(
        "%(total)d suggestions: %(accepted)d accepted, %(in_part)d in part, %(declined)d declined and "
        "%(passed_on)d passed on to others."
    )
    numbers = {
        name: getattr(counts, name) for name in ("total", "accepted", "in_part", "declined", "passed_on")
    }
    head = (_("Answer"), _("Suggestions"))
    return bars(_("How the suggestions were answered"), words % numbers, values, head=head)


def _row(part: Part, statement: Dressed) -> dict[str, Any]:
    card, counts = statement.card, statement.counts
    return {
        "document": part.publication.report.document.title,
        "published_on": clock.day_of(part.publication.published_at).isoformat(),
        **{name: getattr(card, name) or "" for name in COLUMNS},
        "suggestions": [ref for ref, _words, _id in statement.answers],
        "accepted": counts.accepted,
        "in_part": counts.in_part,
        "declined": counts.declined,
        "passed_on": counts.passed_on,
    }


def _flat(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value
