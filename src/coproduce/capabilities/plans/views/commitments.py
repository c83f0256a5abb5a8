"""Standing commitments: the list, one of them, and looking whether it is kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import CheckForm, CommitmentForm, first_words_of_commitment
from ..terms import COMMITMENT, CheckResult
from .actions import linked


@require_GET
def commitments(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_commitments(request.user, project_id, Purpose.READ)
    refs = queries.refs_by_commitment(project_id)
    table = Table(
        rows=queries.commitments_of(project_id),
        columns=[
            Column(
                "ref", _("Number"), sort="number",
                link=lambda one: reverse("plans:commitment", args=[project_id, one.pk]),
            ),
            Column("what", _("What is promised")),
            Column("in_force_from", _("In force from"), sort="in_force_from"),
            Column("check_date", _("Next check"), sort="check_date"),
            Column("checker", _("Who checks"), value="checker.shown_name", sort="checker__name"),
            Column("last_result", _("Last check"), value="get_last_result_display"),
            Column("links", _("Carries on"), value=lambda one: " ".join(refs.get(one.pk, []))),
        ],
        filters=[
            Filter("result", _("Last check"), CheckResult.choices, lambda rows, v: rows.filter(last_result=v)),
            Filter(
                "late", _("Next check"), [("yes", _("The check date has passed"))],
                lambda rows, v: rows.filter(check_date__lt=clock.today()),
            ),
        ],
        search=lambda rows, words: rows.filter(what__icontains=words),
        caption=_("Standing commitments"),
        empty=_("No standing commitments yet"),
        name="standing-commitments",
        order="ref",
    )  # fmt: skip
    page = {"visit": visit, "section": "plans", "may_write": visit.may(COMMITMENT, Purpose.RUN)}
    return table.respond(request, "plans/commitments.html", page)


@require_GET
def commitment(request: HttpRequest, project_id: UUID, commitment_id: UUID) -> HttpResponse:
    visit, found = queries.commitment_for(request.user, project_id, commitment_id, Purpose.READ)
    page: dict[str, Any] = {
        "visit": visit,
        "section": "plans",
        "commitment": found,
        "links": linked(project_id, queries.links_of_commitment(found)),
        "looks": queries.checks_of(found),
        "late": found.check_date < clock.today(),
        "checks": queries.checks(visit, found),
    }
    return render(request, "plans/commitment.html", page)


@require_http_methods(["GET", "POST"])
def new_commitment(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_commitments(request.user, project_id, Purpose.RUN)
    people = queries.members_of(project_id)
    # An action whose end was no date comes here with what was typed; nothing is saved yet.
    begun = first_words_of_commitment(request.POST) if "from_action" in request.POST else None
    data = None if begun else request.POST or None
    form = CommitmentForm(data, initial=begun or {}, people=people, project_id=project_id)
    if data and form.is_valid():
        try:
            made = operations.add_commitment(
                by=request.user, project_id=project_id, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("%(ref)s is promised.") % {"ref": made.ref})
            return redirect("plans:commitment", project_id, made.pk)
    return render(request, "plans/new_commitment.html", {"visit": visit, "section": "plans", "form": form})


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, project_id: UUID, commitment_id: UUID) -> HttpResponse:
    visit, found = queries.commitment_to_check(request.user, project_id, commitment_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.check_commitment(
                by=request.user,
                project_id=project_id,
                commitment_id=commitment_id,
                key=form.key,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The check is kept."))
            return redirect("plans:commitment", project_id, commitment_id)
    return render(
        request, "plans/check.html", {"visit": visit, "section": "plans", "commitment": found, "form": form}
    )
