"""The reviews of a project, one of them, and the report that everyone may read once it is closed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.sheets import as_csv, as_excel

from .. import operations, queries
from ..models import Review
from ..terms import LetterState
from .common import page_of
from .reporting import HEAD, document_of, rows_of


@require_GET
def reviews(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Every review, and when the next one opens."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    upcoming = [(one, queries.opens_on(one.due_on)) for one in queries.upcoming(project_id)]
    page = page_of(
        visit, reviews=list(queries.reviews_of(project_id)), upcoming=upcoming, today=clock.today()
    )
    return render(request, "review/reviews.html", page)


@require_GET
def review(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    """One review: what is written, the figures, what people say, the letters, and what is still to do."""
    visit, found = queries.review_for(request.user, project_id, review_id, Purpose.READ)
    page = page_of(
        visit, review=found, **_facts(found), letters=_counts(found), voices=queries.voices_of(found),
        is_overdue=found.is_open and found.due_on < clock.today(),
    )  # fmt: skip
    if found.is_open and page["runs"]:
        # What closing asks about the next date is asked there.
        left = operations.closing_findings(found, None, clock.today())
        page["left"] = [one for one in left if one.subject != "next_review_on"]
    return render(request, "review/review.html", page)


@login_not_required
@require_GET
def public(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    """The report: for everyone, with no words of those who took part and no names but of those who lead."""
    visit, found = queries.public_review(request.user, project_id, review_id)
    facts = _facts(found)
    wanted = request.GET.get("format", "")
    if wanted in ("csv", "xlsx"):
        rows = rows_of(found, facts["benefits"], facts["told"])
        file = as_csv if wanted == "csv" else as_excel
        return file("review", [str(head) for head in HEAD], rows)
    if document := wanted_format(request):
        return as_file(document_of(visit, found, facts["benefits"], facts["told"]), "review", document)
    inside = bool(visit.roles)
    return render(request, "review/public.html", {"visit": visit, "review": found, "inside": inside, **facts})


def _facts(found: Review) -> dict[str, Any]:
    return {"benefits": queries.benefits_of(found), "told": queries.told_of(found, clock.today())}


def _counts(found: Review) -> dict[str, dict[str, int]]:
    """How many letters of each kind there are, have gone, ask and invite; one query."""
    counts: dict[str, dict[str, int]] = {}
    for one in queries.letters_of(found):
        line = counts.setdefault(one.kind, {"all": 0, "sent": 0, "invited": 0, "asked": 0})
        line["all"] += 1
        line["sent"] += one.state == LetterState.SENT
        line["invited"] += one.invites
        line["asked"] += one.asks
    return counts
