"""The code frame, and the second coder."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import Purpose, Role
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import CodeForm, SecondForm
from ..models import Consultation
from ..queries import CodeLine
from ..terms import CODING, Characteristic
from .common import done, form_page, page_of


@require_GET
def codes(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """The frame with its counts, how much is done, and how far two coders agree."""
    visit, consultation = _coded(request, project_id, consultation_id)
    coding = queries.coding_of(consultation)
    blind = coding.blinds(request.user)
    table = Table(
        rows=queries.frame(consultation, coding, request.user),
        columns=_columns(consultation),
        caption=_("Code frame"),
        empty=_("No code yet"),
        name="codes",
        page_size=200,
    )
    page = page_of(
        visit, consultation,
        blind=blind,
        uncoded=queries.uncoded(consultation),
        following=queries.next_to_code(consultation, request.user) if consultation.is_closed else None,
        agreement=None if blind else queries.agreement(coding),
    )  # fmt: skip
    return table.respond(request, "consultation/codes.html", page)


def _columns(consultation: Consultation) -> list[Column]:
    return [
        Column("ref", _("Code"), value=_name_of, link=lambda line: _edit(consultation, line)),
        Column("definition", _("What counts as this"), value="code.definition"),
        Column("who", _("About"), value=lambda line: _about(line)),
        Column(
            "replies",
            _("Replies"),
            value="replies",
            numeric=True,
            link=lambda line: _words(consultation, line),
        ),
    ]


def _name_of(line: CodeLine) -> str:
    return f"– {line.code}" if line.is_sub else str(line.code)


def _about(line: CodeLine) -> Any:
    return Characteristic(line.code.characteristic).label if line.code.characteristic else ""


def _edit(consultation: Consultation, line: CodeLine) -> str:
    return reverse("consultation:edit_code", args=[consultation.project_id, consultation.pk, line.code.pk])


def _words(consultation: Consultation, line: CodeLine) -> str:
    if not line.replies:
        return ""
    return reverse(
        "consultation:words_of_code", args=[consultation.project_id, consultation.pk, line.code.pk]
    )


@require_http_methods(["GET", "POST"])
def add_code(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    visit, consultation = _coded(request, project_id, consultation_id)
    form = CodeForm(posted(request), codes=queries.codes_of(consultation))
    if sent(request, form, lambda: operations.add_code(
        by=request.user, project_id=project_id, consultation_id=consultation_id, key=form.key, **form.facts()
    )):  # fmt: skip
        return done(request, _("The code is in the frame."), "codes", project_id, consultation_id)
    return form_page(request, visit, form, title=_("Add a code"), button=_("Add"), consultation=consultation)


@require_http_methods(["GET", "POST"])
def edit_code(request: HttpRequest, project_id: UUID, consultation_id: UUID, code_id: UUID) -> HttpResponse:
    visit, consultation = _coded(request, project_id, consultation_id)
    code = queries.code_in(consultation, code_id)
    known = {"name": code.name, "definition": code.definition, "characteristic": code.characteristic}
    form = CodeForm(posted(request), initial=known, codes=[])
    del form.fields["parent"]

    def save() -> None:
        facts = form.facts()
        facts.pop("parent_id")
        operations.change_code(
            by=request.user, project_id=project_id, consultation_id=consultation_id, code_id=code_id,
            key=form.key, **facts,
        )  # fmt: skip

    if sent(request, form, save):
        return done(request, _("The code is saved."), "codes", project_id, consultation_id)
    return form_page(request, visit, form, title=str(code), consultation=consultation)


@require_http_methods(["GET", "POST"])
def second(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Draw a share of the replies by lot, for somebody who codes them without seeing the first codes."""
    visit, consultation = _coded(request, project_id, consultation_id)
    leading = projects.role_holders(project_id, [Role.FACILITATOR, Role.MANAGER])
    form = SecondForm(posted(request), people=leading)
    if sent(request, form, lambda: operations.draw_second_coding(
        by=request.user, project_id=project_id, consultation_id=consultation_id,
        coder_id=UUID(form.cleaned_data["coder"]), share=form.cleaned_data["share"], key=form.key,
    )):  # fmt: skip
        return done(request, _("The replies are drawn."), "codes", project_id, consultation_id)
    title = _("A second coder")
    return form_page(request, visit, form, title=title, button=_("Draw by lot"), consultation=consultation)


def _coded(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> tuple[Any, Consultation]:
    return queries.consultation_for(request.user, project_id, consultation_id, Purpose.RUN, CODING)


@require_GET
def words_of_code(
    request: HttpRequest, project_id: UUID, consultation_id: UUID, code_id: UUID
) -> HttpResponse:
    """The words that a code stands on, reply by reply."""
    visit, consultation = _coded(request, project_id, consultation_id)
    code = queries.code_in(consultation, code_id)
    blind = queries.is_blind(request.user, consultation)
    table = Table(
        rows=[] if blind else queries.words_of_code(code),
        columns=[
            Column("ref", _("Reply"), value="said.reply.ref", link=lambda one: _reply(consultation, one)),
            Column("words", _("In their words"), value="stretch"),
        ],
        caption=str(code),
        empty=_("Not shown before you have finished your own coding") if blind else _("On no words yet"),
        name="words-of-a-code",
    )
    page = page_of(visit, consultation, title=str(code), lead=code.definition)
    return table.respond(request, "consultation/table.html", page)


def _reply(consultation: Consultation, one: Any) -> str:
    return reverse(
        "consultation:one_reply", args=[consultation.project_id, consultation.pk, one.said.reply_id]
    )
