"""Reviews of the plan by its manager, and what the plan is judged by."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import ReviewForm
from ..models import PlanReview
from ..terms import ACTION, Rhythm


@require_GET
def reviews(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.reviews_of(project_id),
        columns=[
            Column("at", _("Date"), value=lambda one: clock.day_of(one.at), sort="at"),
            Column("by", _("By"), value="by.shown_name", sort="by__name"),
            Column("words", _("What was found"), value="words"),
            Column("stood", _("How the plan stood"), value=_stood),
            Column("next_on", _("Next review"), value="next_on", sort="next_on"),
        ],
        caption=_("Reviews of this plan"), empty=_("Nobody has reviewed this plan yet"), name="plan-reviews",
    )  # fmt: skip
    due = queries.review_date(project_id)
    page = {
        "visit": visit, "section": "plans", "due": due, "late": due is not None and due < clock.today(),
        "may_review": visit.may(ACTION, Purpose.DECIDE),
    }  # fmt: skip
    return table.respond(request, "plans/reviews.html", page)


def _stood(review: PlanReview) -> str:
    words = _("%(done)s of %(total)s done, %(overdue)s late, %(moved)s moved")
    return str(words % review.stood)


@require_http_methods(["GET", "POST"])
def new_review(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_plan(request.user, project_id, Purpose.DECIDE)
    last = queries.reviews_of(project_id).first()
    form = ReviewForm(request.POST or None, initial=_usual(last))
    if request.method == "POST" and form.is_valid():
        try:
            operations.review_plan(by=request.user, project_id=project_id, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The review is on the record."))
            return redirect("plans:reviews", project_id)
    page = {
        "visit": visit, "section": "plans", "form": form, "counts": queries.counts(project_id), "last": last,
    }  # fmt: skip
    return render(request, "plans/new_review.html", page)


def _usual(last: PlanReview | None) -> dict[str, object]:
    rhythm = Rhythm(last.rhythm) if last else Rhythm.QUARTERLY
    return {"rhythm": rhythm, "next_on": rules.next_usual(rhythm, clock.today())}


@require_GET
def measures(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Each figure with the rows that it was counted from."""
    visit = queries.visit_plan(request.user, project_id, Purpose.READ)
    found = queries.measures(project_id)
    table = Table(
        rows=found,
        columns=[
            Column("title", _("Measure"), value="title"), Column("meaning", _("What is counted"), value="meaning"),
            Column("part", _("How many"), numeric=True), Column("whole", _("Of"), numeric=True),
            Column("share", _("Per cent"), numeric=True), Column("more", _("More"), value="more"),
        ],
        caption=_("Measures of the plan"), empty=_("No actions yet"), name="plan-measures",
    )  # fmt: skip
    page = {"visit": visit, "section": "plans", "measures": [(one, _rows(visit, one)) for one in found]}
    return table.respond(request, "plans/measures.html", page)


def _rows(visit: Visit, measure: queries.Measure) -> list[tuple[str, queries.Counted]]:
    page = "drafting:suggestion" if measure.of_suggestions else "plans:action"
    return [(reverse(page, args=[visit.project.pk, row.href_id]), row) for row in measure.rows]
