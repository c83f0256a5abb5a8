"""What everyone may read once it is published, signed in or not: the page, and the same as open data."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Strength
from coproduce.ui.sheets import as_csv

from .. import queries
from ..queries import Dressed
from ..terms import LETTER, STATEMENT, Style
from .parts import Part, parts_of, published_parts, style_asked_for

_COLUMNS = (
    "ref", "heading", "said", "did", "will", "will_by", "could_not", "reason", "cost", "place", "status_on",
    "next_update_on",
)  # fmt: skip


@login_not_required
@require_GET
def page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.public_visit(request.user, project_id)
    parts = parts_of(visit, style_asked_for(request))
    late = queries.lateness(queries.standings(project_id), clock.today())
    late = [finding for finding in late if finding.strength == Strength.SHOW]
    if not parts and not late:
        if visit.may(STATEMENT, Purpose.READ):
            return redirect("feedback:statements", project_id)
        raise NotThere
    shown = {
        "visit": visit, "parts": parts, "late": late, "label": people.label_of(project_id),
        "inside": visit.may(STATEMENT, Purpose.READ), "styles": _styles(parts),
        "has_letter": visit.may(LETTER, Purpose.READ), "runs": visit.may(STATEMENT, Purpose.RUN),
        "embed": request.build_absolute_uri(reverse("feedback:embed", args=[project_id])),
    }  # fmt: skip
    return render(request, "feedback/page.html", shown)


@login_not_required
@require_GET
def open_data(request: HttpRequest, project_id: UUID, kind: str) -> HttpResponse:
    """The same without names and without quotes, for other people's tools."""
    visit = projects.public_visit(request.user, project_id)
    parts = published_parts(visit)
    rows = [_row(part, statement) for part in parts for statement in part.statements]
    if kind == "csv":
        headings = list(rows[0]) if rows else ["document"]
        return as_csv("you-said-we-did", headings, [list(map(_flat, row.values())) for row in rows])
    return JsonResponse({"project": visit.project.title, "statements": rows})


def _styles(parts: list[Part]) -> list[tuple[Style, bool]]:
    """The three heading styles, and which one is shown."""
    shown = parts[0].style if parts else None
    return [(style, style == shown) for style in Style]


def _row(part: Part, statement: Dressed) -> dict[str, Any]:
    card, counts = statement.card, statement.counts
    return {
        "document": part.publication.report.document.title,
        "published_on": clock.day_of(part.publication.published_at).isoformat(),
        **{name: getattr(card, name) or "" for name in _COLUMNS},
        "will_by": _day(statement.will_by),
        "promise": str(statement.standing.state) if statement.standing else "",
        "updates": len(statement.news),
        "suggestions": [ref for ref, _words, _id in statement.answers],
        "accepted": counts.accepted,
        "in_part": counts.in_part,
        "declined": counts.declined,
        "passed_on": counts.passed_on,
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _flat(value: Any) -> Any:
    return " ".join(value) if isinstance(value, list) else value
