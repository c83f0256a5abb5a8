"""How the answers go out: their heading, the preview, and the manager's signature."""

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
from ..terms import HEADINGS, PUBLICATION, Style


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, standing = queries.report_for(request.user, project_id, document_id, Purpose.RUN)
    names = ("style", "introduction", "asked", "comments_closed_on")
    initial = {name: getattr(standing.report, name) for name in names}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.set_report(
            by=request.user, project_id=project_id, document_id=document_id, key=form.key, **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("feedback:statements", project_id)
    page = {"visit": visit, "section": "feedback", "form": form, "document": standing.document}
    return render(request, "feedback/settings.html", page)


@require_GET
def preview(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """The answers as they stand, for everyone in the project."""
    visit, standing = queries.report_for(request.user, project_id, document_id, Purpose.READ)
    style = Style(standing.report.style)
    cards = queries.cards_of(document_id)
    things = queries.wardrobe(visit, cards, clock.today())
    page = {
        "visit": visit, "section": "feedback", "document": standing.document, "report": standing.report,
        "inside": True,
        "style": style, "headings": HEADINGS[style],
        "statements": [queries.dress(card, things) for card in cards],
    }  # fmt: skip
    return render(request, "feedback/preview.html", page)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, standing = queries.report_for(request.user, project_id, document_id, Purpose.SIGN, PUBLICATION)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.publish(by=request.user, project_id=project_id, document_id=document_id, key=form.key)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Everyone can read it now."))
            return redirect("feedback:page", project_id)
    ready = operations.readiness(standing)
    page = {
        "visit": visit, "section": "feedback", "form": form, "standing": standing, "ready": ready,
        "stopped": any(finding.strength == Strength.REFUSE for finding in ready.findings),
    }  # fmt: skip
    return render(request, "feedback/publish.html", page)
