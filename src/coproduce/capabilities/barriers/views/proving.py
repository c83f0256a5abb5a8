"""Evidence beside a barrier."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.citing import sources_of
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..forms import EvidenceForm
from .one import form_page


@require_http_methods(["GET", "POST"])
def add_evidence(request: HttpRequest, project_id: UUID, barrier_id: UUID) -> HttpResponse:
    visit, found = queries.barrier_for(request.user, project_id, barrier_id, Purpose.CONTRIBUTE)
    form = EvidenceForm(request.POST or None, sources=sources_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_evidence(
                by=request.user, project_id=project_id, barrier_id=barrier_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("barriers:barrier", project_id, barrier_id)
    return form_page(request, visit, found, form, _("Evidence for %(ref)s"), _("Add the evidence"))


@require_POST
def take_out_evidence(
    request: HttpRequest, project_id: UUID, barrier_id: UUID, evidence_id: UUID
) -> HttpResponse:
    operations.take_out_evidence(
        by=request.user, project_id=project_id, barrier_id=barrier_id, evidence_id=evidence_id,
        key=key_of(request.POST),
    )  # fmt: skip
    messages.success(request, _("The evidence is taken out. The record keeps that it stood there."))
    return redirect("barriers:barrier", project_id, barrier_id)
