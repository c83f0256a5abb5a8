from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.plans.terms import months_after
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.documents import as_file, wanted_format

from .. import operations, queries
from ..forms import BarriersForm, ConsiderForm, SignForm, SignOffForm
from ..terms import REVIEW_WITHIN_MONTHS, SIGN_OFF, Part
from .papers import document_of


@require_GET
def sign_off(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """What stands in the way of signing, or what was signed."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    prepared, signed = queries.sign_offs_of(project_id)
    facts = queries.Facts(project_id, prepared, clock.today(), request.user)
    lines = queries.lines_of(facts) if prepared or not signed else []
    page = _page(visit) | {
        "prepared": prepared,
        "signed": signed,
        "overdue": queries.overdue(signed, clock.today()),
        "parts": queries.parts_of(lines),
        "makers": facts.makers if prepared else [],
        "considers": any(one.person_id == request.user.pk for one in facts.makers),
        "is_ready": prepared is not None and queries.may_be_signed(lines),
    }
    return render(request, "signoff/sign_off.html", page)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.RUN)
    documents = list(drafting.documents_of(project_id))
    prepared = queries.in_preparation(project_id)
    form = SignOffForm(
        _posted(request), initial=_initial(visit, prepared), documents=documents,
        managers=visit.managers, facilitators=visit.facilitators, members=plans.members_of(project_id),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_sign_off(
                by=request.user, project_id=project_id, document_id=UUID(form.cleaned_data["document"]),
                changes=form.changes, maker_ids=form.maker_ids, key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The sign-off is saved. It is not signed yet."))
            return redirect("signoff:sign_off", project_id)
    return render(request, "signoff/write.html", _page(visit) | {"form": form, "documents": documents})


@require_http_methods(["GET", "POST"])
def left_barriers(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.RUN)
    left = barriers.important_without_response(project_id)
    form = BarriersForm(_posted(request), left=left, people=plans.members_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            operations.look_after_barriers(
                by=request.user, project_id=project_id, chosen=form.chosen, key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("signoff:sign_off", project_id)
    return render(request, "signoff/barriers.html", _page(visit) | {"form": form})


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.SIGN)
    prepared = queries.in_preparation(project_id)
    form = SignForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            signed = operations.sign(
                by=request.user, project_id=project_id, override=form.override, key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Signed off."))
            return redirect("signoff:signed", project_id, signed.pk)
    if prepared is None:
        raise NotThere
    facts = queries.Facts(project_id, prepared, clock.today(), request.user)
    page = {"form": form, "sign_off": prepared, "makers": facts.makers, "parts": _stops(facts)}
    return render(request, "signoff/sign.html", _page(visit) | page)


@require_http_methods(["GET", "POST"])
def consider(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Only for those who decide, each in their own name."""
    visit, maker = queries.decision_making_for(request.user, project_id)
    before = maker.statement or queries.said_before(request.user, project_id)
    form = ConsiderForm(_posted(request), initial={"statement": before})
    if request.method == "POST" and form.is_valid():
        try:
            operations.consider(by=request.user, project_id=project_id, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your statement is saved, with your name and today's date."))
            return redirect("signoff:sign_off", project_id)
    page = {"form": form, "maker": maker, "asked": queries.asked_of(project_id)}
    return render(request, "signoff/consider.html", _page(visit) | page)


@require_GET
def signed(request: HttpRequest, project_id: UUID, sign_off_id: UUID) -> HttpResponse:
    """One page: who owns it, who made it, what is left, and when it is looked at again."""
    visit, found = queries.sign_off_for(request.user, project_id, sign_off_id)
    named, unnamed = queries.credits_of(project_id)
    page = {
        "sign_off": found,
        "makers": queries.makers_of(found),
        "asked": queries.asked_of(project_id),
        "left": queries.left_barriers(found),
        "commitments": plans.commitments_of(project_id),
        "named": named,
        "unnamed": unnamed,
        "review": queries.about_the_review(found, clock.today()),
        "reminders": queries.reminders_of(found),
    }
    if wanted := wanted_format(request):
        return as_file(document_of(visit, found, page), "sign-off", wanted)
    return render(request, "signoff/signed.html", _page(visit) | page)


def _stops(facts: queries.Facts) -> Any:
    """What whoever signs must have seen: everything but what is done."""
    return [(part, lines) for part, lines in queries.parts_of(queries.lines_of(facts)) if part != Part.DONE]


def _posted(request: HttpRequest) -> Any:
    """Also a form in which nothing was typed was sent."""
    return request.POST if request.method == "POST" else None


def _page(visit: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "section": "signoff",
        "may_run": visit.may(SIGN_OFF, Purpose.RUN),
        "may_sign": visit.may(SIGN_OFF, Purpose.SIGN),
    }


def _initial(visit: Any, prepared: Any) -> dict[str, Any]:
    """What was written, or what the foreword already says."""
    if prepared:
        return {
            **{name: getattr(prepared, name) for name in operations.FIELDS if not name.endswith("_id")},
            "document": str(prepared.document_id),
            "owner": str(prepared.owner_id or ""),
            "facilitator": str(prepared.facilitator_id or ""),
            "makers": [str(one.person_id) for one in queries.makers_of(prepared)],
        }
    foreword = projects.foreword_of(visit.project.pk)
    decided = foreword.decision_date
    return {
        "title": visit.project.title,
        "decided_on": decided,
        "meeting": foreword.decision_meeting,
        "owner": str(visit.managers[0].pk) if visit.managers else "",
        "facilitator": str(visit.facilitators[0].pk) if visit.facilitators else "",
        "review_on": months_after(decided, REVIEW_WITHIN_MONTHS) if decided else None,
        "makers": [str(id) for id in queries.makers_before(visit.project.pk)],
    }
