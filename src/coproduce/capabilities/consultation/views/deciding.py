"""After the close: Gunning 4, the decision, and the words of the report."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent

from .. import operations, queries
from ..forms import ConsiderForm, DecidedForm, JustAButton, ReportForm
from ..models import Consultation
from .common import done, form_page, page_of, site_of


@require_http_methods(["GET", "POST"])
def consider(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Only for those who decide, each in their own name."""
    visit, consultation, maker = queries.decision_making_for(request.user, project_id, consultation_id)
    form = ConsiderForm(posted(request), initial={"statement": maker.statement})
    if sent(request, form, lambda: operations.consider(
        by=request.user, project_id=project_id, consultation_id=consultation_id,
        statement=form.cleaned_data["statement"], key=form.key,
    )):  # fmt: skip
        return done(request, _("Your statement is saved."), "consultation", project_id, consultation_id)
    title = _("Gunning 4: how you considered the replies")
    return form_page(request, visit, form, title=title, consultation=consultation)


@require_http_methods(["GET", "POST"])
def decided(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    known = {"decision": consultation.decision, "decided_on": consultation.decided_on}
    form = DecidedForm(posted(request), initial=known)
    if sent(request, form, lambda: operations.mark_decided(
        by=request.user, project_id=project_id, consultation_id=consultation_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The decision is written down."), "consultation", project_id, consultation_id)
    return form_page(request, visit, form, title=_("What was decided"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def write_report(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    known = {name: getattr(consultation, name) for name in ("said_words", "decided_words", "connect_words")}
    form = ReportForm(posted(request), initial=known)
    if sent(request, form, lambda: operations.write_report(
        by=request.user, project_id=project_id, consultation_id=consultation_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The words are saved."), "report", consultation_id)
    lead = _("Figures and rows come by themselves. Write what they mean, in plain words.")
    return form_page(
        request, visit, form, title=_("Words of the report"), consultation=consultation, lead=lead
    )


@require_http_methods(["GET", "POST"])
def publish_report(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.publish_report(
        by=request.user, project_id=project_id, consultation_id=consultation_id, site=site_of(request), key=form.key
    )):  # fmt: skip
        return done(request, _("The report is out."), "report", consultation_id)
    page = page_of(
        visit, consultation, form=form, followers=queries.followers_of(consultation).count(),
        uncoded=queries.uncoded(consultation),
    )  # fmt: skip
    return render(request, "consultation/publish.html", page)


def _led(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> tuple[Any, Consultation]:
    return queries.consultation_for(request.user, project_id, consultation_id, Purpose.RUN)
