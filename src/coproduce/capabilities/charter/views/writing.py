"""Pages for those who lead: writing, publishing, answering, asking participants."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.rounds.terms import ROUND
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.forms import Form
from coproduce.ui.sending import posted, sent

from .. import operations, queries
from ..forms import AnswerForm, CharterForm, JustAButton, LimitsForm, ViewForm
from ..operations import CHARTER_FIELDS, SIGNATORY_FIELDS
from .common import page_of

_OPENS, _SEALS = time(9), time(20)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.RUN)
    form = CharterForm(posted(request), initial=_written(visit))
    if sent(request, form, lambda: operations.write_charter(
        by=request.user, project_id=project_id, changes=form.changes,
        signatories=form.cleaned_data["signatories"], key=form.key,
    )):  # fmt: skip
        messages.success(request, _("The charter is saved."))
        return redirect("charter:charter", project_id)
    return _form(request, visit, form, _("Write the charter"), _("Save"))


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.SIGN)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.publish_charter(
        by=request.user, project_id=project_id, key=form.key
    )):  # fmt: skip
        messages.success(request, _("Everyone can read the charter and its measures now."))
        return redirect("charter:charter", project_id)
    found = queries.charter_of(project_id)
    if found and found.published_at:
        lead = _(
            "Give it a new date of review first. Today counts as the day on which it was looked at again."
        )
        return _form(request, visit, form, _("Affirm the charter"), _("Affirm it"), lead=lead)
    lead = _(
        "From then on everyone can read it, see how each promise is kept, and tell us when one was missed."
    )
    return _form(request, visit, form, _("Make the charter public"), _("Make it public"), lead=lead)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, project_id: UUID, breach_id: UUID) -> HttpResponse:
    visit, breach = queries.breach_for(request.user, project_id, breach_id, Purpose.DECIDE)
    form = AnswerForm(posted(request))
    if sent(request, form, lambda: operations.answer_breach(
        by=request.user, project_id=project_id, breach_id=breach_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        messages.success(request, _("The answer is public."))
        return redirect("charter:missed", project_id)
    return render(request, "charter/answer.html", page_of(visit, form=form, breach=breach))


@require_http_methods(["GET", "POST"])
def start_view(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.RUN, ROUND)
    form, made = ViewForm(posted(request)), []
    if sent(request, form, lambda: made.append(operations.start_view(
        by=request.user, project_id=project_id, opens_at=_at(form.cleaned_data["opens_on"], _OPENS),
        seals_at=_at(form.cleaned_data["seals_on"], _SEALS), key=form.key,
    ))):  # fmt: skip
        messages.success(request, _("The round is prepared. Invite people, then open it."))
        return redirect("rounds:round", project_id, made[0].round_id)
    lead = _(
        "A sealed round with one question for each commitment, from 0 to 4. Nobody sees an answer before the seal."
    )
    return _form(request, visit, form, _("Ask participants"), _("Prepare the round"), lead=lead)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """For whoever looks after the installation."""
    queries.visit_settings(request.user)
    form = LimitsForm(posted(request), initial=vars(queries.setting()))
    if sent(request, form, lambda: operations.set_limits(by=request.user, limits=form.limits, key=form.key)):
        messages.success(request, _("Saved. Every project is measured anew."))
        return redirect("charter:settings")
    return render(request, "charter/settings.html", {"form": form})


@require_GET
def ways_in(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The rounds in which participants rated the commitments."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    rounds = [
        one for one in queries.view_rounds_of(project_id) if queries.may_start_view(visit) or not one.is_draft
    ]
    return render(request, "charter/views.html", page_of(visit, rounds=rounds))


def _form(
    request: HttpRequest, visit: Any, form: Form, title: str, button: str, lead: str = ""
) -> HttpResponse:
    page = page_of(visit, form=form, title=title, button=button, lead=lead)
    return render(request, "charter/form.html", page)


def _written(visit: Any) -> dict[str, Any]:
    charter = queries.charter_of(visit.project.pk)
    if charter is None:
        return {"title": _("Charter of %(project)s") % {"project": visit.project.title}}
    signatories = [
        {name: getattr(one, name) for name in SIGNATORY_FIELDS} for one in queries.signatories_of(charter.pk)
    ]
    return {name: getattr(charter, name) for name in CHARTER_FIELDS} | {"signatories": signatories}


def _at(day: Any, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.LONDON)
