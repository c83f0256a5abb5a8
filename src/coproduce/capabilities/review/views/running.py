"""Opening a review by hand, writing it, having one's say, and closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.capabilities.plans.terms import months_after
from coproduce.capabilities.signoff.terms import REVIEW_WITHIN_MONTHS
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..forms import CloseForm, ReviewForm, SayForm
from ..models import Review
from ..terms import REVIEW
from .common import page_of, posted


@require_POST
def open_review(request: HttpRequest, project_id: UUID, sign_off_id: UUID) -> HttpResponse:
    """Before its time: those who lead may look at it again at any time."""
    try:
        opened = operations.open_review(
            by=request.user, project_id=project_id, sign_off_id=sign_off_id, key=key_of(request.POST)
        )
    except Refused as refused:
        messages.error(request, "; ".join(str(finding.message) for finding in refused.findings))
        return redirect("review:reviews", project_id)
    messages.success(request, _("The review is open. The letters are made."))
    return redirect("review:review", project_id, opened.pk)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    visit, review = queries.review_for(request.user, project_id, review_id, Purpose.RUN)
    _only_while_open(review)
    form = ReviewForm(posted(request), initial=_initial(review), versions=queries.versions_since(review))
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_review(
                by=request.user, project_id=project_id, review_id=review_id, changes=form.changes,
                benefits=form.cleaned_data["benefits"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The review is saved. It is not closed yet."))
            return redirect("review:review", project_id, review_id)
    return render(request, "review/write.html", page_of(visit, review=review, form=form))


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    """For everyone who takes part; those who lead may write down what somebody says on the phone."""
    visit, review = queries.review_for(request.user, project_id, review_id, Purpose.CONTRIBUTE)
    _only_while_open(review)
    others = _others(request, project_id) if visit.may(REVIEW, Purpose.RUN) else []
    asked = request.GET.get("for", "")
    if asked and asked not in {str(one.pk) for one in others}:
        # Never somebody's words under another's name because the one who was meant has left.
        raise NotThere
    form = SayForm(posted(request), initial={"person": asked}, people=others)
    if request.method == "POST" and form.is_valid():
        try:
            operations.say(
                by=request.user, project_id=project_id, review_id=review_id, on_behalf_of=form.on_behalf_of,
                words=form.cleaned_data["words"], still_needed=form.cleaned_data["still_needed"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Thank you. These words are part of the review."))
            return redirect("review:review", project_id, review_id)
    return render(request, "review/say.html", page_of(visit, review=review, form=form))


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, project_id: UUID, review_id: UUID) -> HttpResponse:
    visit, review = queries.review_for(request.user, project_id, review_id, Purpose.SIGN)
    _only_while_open(review)
    latest = months_after(clock.today(), REVIEW_WITHIN_MONTHS)
    form = CloseForm(posted(request), initial={"next_review_on": latest})
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_review(
                by=request.user, project_id=project_id, review_id=review_id, override=form.override,
                key=form.key, **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The review is closed. Everyone who asked to hear has a letter."))
            return redirect("review:review", project_id, review_id)
    found = operations.closing_findings(review, latest, clock.today())
    return render(request, "review/close.html", page_of(visit, review=review, form=form, left=found))


def _only_while_open(review: Review) -> None:
    if not review.is_open:
        raise NotThere


def _others(request: HttpRequest, project_id: UUID) -> list[Any]:
    return [one for one in queries.members_of(project_id) if one.pk != request.user.pk]


def _initial(review: Review) -> dict[str, Any]:
    written = {name: getattr(review, name) for name in operations.FIELDS if name != "new_version_id"}
    benefits = [
        {name: getattr(one, name) for name in operations.BENEFIT} for one in queries.benefits_of(review)
    ]
    return written | {"new_version": str(review.new_version_id or ""), "benefits": benefits}
