"""Facilitation of a project: who pays for it, how it is handed on, and whether citizens are in every stage."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import ConflictForm, FacilitationForm, HandOnForm
from ..queries import StageLine
from ..terms import FACILITATION, PROMPTS_FOR_CITIZENS, PROMPTS_FOR_STAFF
from .common import done, form_page, page_of

_FIELDS = ("paid_by", "interests", "statement", "target_percent", "training")


@require_GET
def facilitation(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_facilitation(request.user, project_id, Purpose.READ)
    declared = queries.facilitation_of(project_id)
    share = queries.held_by_citizens(queries.project_labs(project_id))
    page = page_of(
        visit,
        declared=declared,
        capacity=list(rules.what_citizens_hold(share, declared.target_percent)),
        share=share,
        for_citizens=PROMPTS_FOR_CITIZENS,
        for_staff=PROMPTS_FOR_STAFF,
        may_declare=visit.may(FACILITATION, Purpose.RUN),
    )
    return _handover_table(project_id).respond(request, "labs/facilitation.html", page)


def _handover_table(project_id: UUID) -> Table:
    return Table(
        rows=queries.handovers_of(project_id),
        columns=[
            Column("at", _("When"), sort="at"),
            Column("from_person", _("From"), value="from_person.shown_name"),
            Column("to_person", _("To"), value="to_person.shown_name"),
            Column("what", _("What")),
        ],
        caption=_("Handover log"), empty=_("Nothing is handed on yet"), name="facilitation-handovers",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def edit_facilitation(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_facilitation(request.user, project_id, Purpose.RUN)
    form = FacilitationForm(
        posted(request), initial=_declared(project_id), people=plans.members_of(project_id)
    )
    if sent(request, form, lambda: operations.declare_facilitation(
        by=request.user, project_id=project_id, changes=form.changes(), key=form.key
    )):  # fmt: skip
        return done(request, _("The declaration is saved. Everyone in the project can read it."), "facilitation",
                    project_id)  # fmt: skip
    return _form_page(request, visit, form, _("Declare who facilitates"))


def _declared(project_id: UUID) -> dict[str, Any]:
    """What was declared, or what the foreword already says of who pays."""
    declared = queries.facilitation_of(project_id)
    initial = {name: getattr(declared, name) for name in _FIELDS}
    if not declared.paid_by:
        initial["paid_by"] = projects.foreword_of(project_id).facilitation_paid_by
    return initial | {"co_facilitator": str(declared.co_facilitator_id or "")}


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_facilitation(request.user, project_id, Purpose.RUN)
    form = HandOnForm(posted(request), people=plans.members_of(project_id))
    if sent(request, form, lambda: operations.hand_on(
        by=request.user, project_id=project_id, from_person=form.chosen_person("from_person"),
        to_person=form.chosen_person("to_person"), what=form.cleaned_data["what"], key=form.key,
    )):  # fmt: skip
        return done(request, _("It is in the log."), "facilitation", project_id)
    return _form_page(request, visit, form, _("Hand facilitation on"))


def _form_page(request: HttpRequest, visit: Any, form: Any, title: str) -> HttpResponse:
    back = reverse("labs:facilitation", args=[visit.project.pk])
    return form_page(request, visit, form, title=title, back=back, back_text=_("Facilitation"))


@require_GET
def stages(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """R105: the stage strip."""
    visit = queries.visit_facilitation(request.user, project_id, Purpose.READ)
    strip = queries.stage_strip(visit)
    table = Table(
        rows=strip,
        columns=[
            Column("stage", _("Stage"), value="stage.label"),
            Column("state", _("What the records say"), value=_state),
            Column("citizens", _("Citizens"), value=lambda one: one.citizens if one.is_reached else None, numeric=True),
            Column("people", _("People"), value=lambda one: one.people if one.is_reached else None, numeric=True),
        ],
        caption=_("Citizens in each stage"), name="stages",
    )  # fmt: skip
    page = page_of(visit, findings=queries.stage_findings(strip), strip=[(one, _state(one)) for one in strip])
    return table.respond(request, "labs/stages.html", page)


def _state(line: StageLine) -> str:
    if not line.is_kept:
        return _("No records of this stage here yet")
    if not line.is_reached:
        return _("Not reached yet")
    return _("Citizens were there") if line.citizens else _("No citizens")


@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    """Notes for those who run the project, and nobody else."""
    visit, lab = queries.conflict_notes_for(request.user, project_id, lab_id, Purpose.READ)
    form = ConflictForm(posted(request))
    if sent(request, form, lambda: operations.note_conflict(
        by=request.user, project_id=project_id, lab_id=lab_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The note is kept."), "conflict", project_id, lab_id)
    page = page_of(visit, lab, form=form, notes=queries.conflict_notes_of(lab))
    return render(request, "labs/conflict.html", page)
