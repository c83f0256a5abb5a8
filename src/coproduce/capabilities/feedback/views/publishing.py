"""How the answers go out: their heading, the preview, and the manager's signature."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused, Strength

from .. import operations, queries
from ..forms import PublishForm, ReportForm
from ..terms import HEADINGS, PUBLICATION


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN)
    report = queries.report_of(document_id)
    names = ("style", "introduction", "comments_closed_on")
    initial = {name: getattr(report, name) for name in names} if report else {"style": queries.style_of(None)}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.set_report(
            by=request.user, project_id=project_id, document_id=document_id, key=form.key, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("feedback:statements", project_id)
    page = {"visit": visit, "section": "feedback", "form": form, "document": document}
    return render(request, "feedback/settings.html", page)


@require_GET
def preview(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """The answers as they stand, for everyone in the project."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ)
    report = queries.report_of(document_id)
    things = queries.wardrobe(visit, [document_id], clock.today())
    page = {
        "visit": visit, "section": "feedback", "document": document, "report": report,
        "style": queries.style_of(report), "headings": HEADINGS[queries.style_of(report)],
        "statements": [queries.dress(card, things) for card in queries.cards_of(document_id)],
    }  # fmt: skip
    return render(request, "feedback/preview.html", page)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.SIGN, PUBLICATION)
    form = PublishForm(request.POST or None)
    page: dict[str, Any] = {"visit": visit, "section": "feedback", "form": form, "document": document}
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish(by=request.user, project_id=project_id, document_id=document_id, key=form.key)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Everyone can read it now."))
            return redirect("feedback:page", project_id)
    findings = operations.what_publishing_finds(document)
    page["findings"] = findings
    page["stopped"] = any(finding.strength == Strength.REFUSE for finding in findings)
    page["coverage"] = queries.coverage(document)
    page["published"] = queries.publication_of(document_id)
    return render(request, "feedback/publish.html", page)
