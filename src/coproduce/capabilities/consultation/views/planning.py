"""The list of consultations, the plan of one, and what belongs to it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import ConsulteesForm, DecidersForm, FormatsForm, JustAButton, PlanForm, QuestionsForm, StartForm
from ..forms.preparing import plan_initial
from ..models import Consultation
from ..operations.preparing import WHILE_OPEN
from .common import done, form_page, page_of, stage_tag


@require_GET
def consultations(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_consultations(request.user, project_id, Purpose.READ)
    whole = bool(request.GET.get("format"))
    table = Table(
        rows=queries.consultations_of(project_id),
        columns=[
            Column("title", _("Consultation"), sort="title", link=lambda one: _page_address(one)),
            Column("version", _("Version"), value=lambda one: f"{one.version.document.code} {one.version}"),
            Column("opens_on", _("Opens"), sort="opens_on"),
            Column("closes_on", _("Closes"), sort="closes_on"),
            Column("stage", _("How it stands"), value=_stage if whole else stage_tag),
            Column("replies", _("Replies"), sort="replies", numeric=True),
        ],
        caption=_("Consultations"),
        empty=_("No consultation is planned yet"),
        name="consultations",
        order="opens_on",
    )
    return table.respond(request, "consultation/consultations.html", page_of(visit))


def _page_address(one: Consultation) -> str:
    return reverse("consultation:consultation", args=[one.project_id, one.pk])


def _stage(one: Consultation) -> Any:
    return one.stage(clock.today()).label


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_consultations(request.user, project_id, Purpose.RUN)
    form = StartForm(posted(request), versions=list(_versions(project_id)))
    made: list[Consultation] = []

    def plan() -> None:
        made.append(operations.plan(by=request.user, project_id=project_id, key=form.key, **form.facts()))

    if sent(request, form, plan):
        return done(
            request, _("The consultation is planned. Now say what people need to know."), "edit",
            project_id, made[0].pk,
        )  # fmt: skip
    return form_page(request, visit, form, title=_("Plan a consultation"), button=_("Go on"))


def _versions(project_id: UUID) -> Iterator[tuple[str, str]]:
    documents = {document.pk: document for document in drafting.documents_of(project_id)}
    for document_id, versions in drafting.landing_versions(documents).items():
        document = documents[document_id]
        for version in reversed(versions):
            yield str(version.pk), f"{document.code} {document.title}, {version}"


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    only = WHILE_OPEN if consultation.is_opened else ()
    form = PlanForm(posted(request), initial=plan_initial(consultation), only=only)
    if sent(request, form, lambda: operations.change(
        by=request.user, project_id=project_id, consultation_id=consultation_id, changes=form.changes(), key=form.key
    )):  # fmt: skip
        return done(request, _("The plan is saved."), "consultation", project_id, consultation_id)
    return form_page(request, visit, form, title=_("The plan"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    known = [
        {"words": one.words, "answers": "\n".join(one.answers)} for one in queries.questions_of(consultation)
    ]
    form = QuestionsForm(posted(request), initial={"questions": known})
    if sent(request, form, lambda: operations.set_questions(
        by=request.user, project_id=project_id, consultation_id=consultation_id, questions=form.questions(),
        key=form.key,
    )):  # fmt: skip
        return done(request, _("The questions are saved."), "consultation", project_id, consultation_id)
    return form_page(request, visit, form, title=_("Questions"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def formats(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    names = ("kind", "detail", "ready_on", "where")
    known = [{name: getattr(one, name) for name in names} for one in queries.formats_of(consultation)]
    form = FormatsForm(posted(request), initial={"formats": known})
    if sent(request, form, lambda: operations.set_formats(
        by=request.user, project_id=project_id, consultation_id=consultation_id,
        formats=form.cleaned_data["formats"], key=form.key,
    )):  # fmt: skip
        return done(request, _("The formats are saved."), "consultation", project_id, consultation_id)
    lead = _(
        "What people asked for, and when it is ready. Who asked for a format has as many days as everyone else."
    )
    return form_page(request, visit, form, title=_("Formats"), consultation=consultation, lead=lead)


@require_http_methods(["GET", "POST"])
def consultees(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    names = ("who", "way", "reached_on", "people", "note")
    known = [
        {**{name: getattr(one, name) for name in names}, "group": str(one.group_id or "")}
        for one in queries.consultees_of(consultation)
    ]
    form = ConsulteesForm(
        posted(request), initial={"consultees": known}, groups=list(people.groups_of(project_id))
    )
    if sent(request, form, lambda: operations.set_consultees(
        by=request.user, project_id=project_id, consultation_id=consultation_id, consultees=form.consultees(),
        key=form.key,
    )):  # fmt: skip
        return done(request, _("The list is saved."), "consultation", project_id, consultation_id)
    return form_page(request, visit, form, title=_("Whom we ask, and how"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def deciders(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    known = [str(one.person_id) for one in queries.decision_makers_of(consultation)]
    held = projects.roles_in(project_id).exclude(person__is_machine=True)
    offered = {role.person_id: role.person for role in held}
    form = DecidersForm(posted(request), initial={"people": known}, people=offered.values())
    if sent(request, form, lambda: operations.set_decision_makers(
        by=request.user, project_id=project_id, consultation_id=consultation_id,
        person_ids=[UUID(id) for id in form.cleaned_data["people"]], key=form.key,
    )):  # fmt: skip
        return done(request, _("The list is saved."), "consultation", project_id, consultation_id)
    return form_page(request, visit, form, title=_("Who decides"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def open_it(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.open_consultation(
        by=request.user, project_id=project_id, consultation_id=consultation_id, override=form.override, key=form.key
    )):  # fmt: skip
        return done(request, _("It is on its public page now."), "consultation", project_id, consultation_id)
    found = queries.before_opening(consultation)
    page = page_of(visit, consultation, form=form, findings=found)
    return render(request, "consultation/open.html", page)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _led(request, project_id, consultation_id)
    form = JustAButton(posted(request))
    if sent(request, form, lambda: operations.close(
        by=request.user, project_id=project_id, consultation_id=consultation_id, override=form.override, key=form.key
    )):  # fmt: skip
        return done(request, _("It is closed. Now people’s words can be sorted."), "consultation",
                    project_id, consultation_id)  # fmt: skip
    last = queries.last_day(consultation, queries.formats_of(consultation))
    page = page_of(
        visit, consultation, form=form, last_day=last, beside=queries.suggested_beside(consultation)
    )
    return render(request, "consultation/close.html", page)


def _led(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> tuple[Any, Consultation]:
    return queries.consultation_for(request.user, project_id, consultation_id, Purpose.RUN)
