"""Replies, for those who run it: the list, one of them with its codes, typing one in, leaving one out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.people import queries as people
from coproduce.core.access import Purpose
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import EntryForm, JustAButton, PutCodeForm, SetAsideForm
from ..models import Consultation, Reply
from ..terms import CODING, REPLIES, Channel
from .common import done, form_page, page_of


@require_GET
def replies(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """By number; their words only once they may be read."""
    visit, consultation = _read(request, project_id, consultation_id)
    rows = list(queries.replies_of(consultation))
    said = {} if consultation.hides_words else queries.said_by(rows)
    coders = queries.readings_of(consultation)
    columns = [
        Column("ref", _("Reply"), sort="number", link=lambda one: _address(consultation, one)),
        Column("said_on", _("Day"), sort="said_on"),
        Column("channel", _("Channel"), value=lambda one: Channel(one.channel).label, sort="channel"),
        Column("group", _("Group"), value="group.name"),
        Column("words", _("Begins"), value=lambda one: _begin(said.get(one.pk, []))),
        Column("coded", _("Coded by"), value=lambda one: _coders(coders.get(one.pk, []))),
    ]
    table = Table(
        rows=rows,
        columns=[*columns, *_for_files(said)] if request.GET.get("format") else columns,
        filters=[
            Filter("channel", _("Channel"), Channel.choices,
                   lambda rows, value: [r for r in rows if r.channel == value]),
            Filter("state", _("State"), _STATES, lambda rows, value: [r for r in rows if value in _states(r, coders)]),
        ],
        search=None if consultation.hides_words else lambda rows, words: _search(rows, said, words),
        caption=_("Replies"), empty=_("No reply yet"), name="replies", order="ref",
    )  # fmt: skip
    waiting = 0 if consultation.hides_words else len(queries.not_taken_in(consultation))
    return table.respond(request, "consultation/replies.html", page_of(visit, consultation, waiting=waiting))


_STATES = [
    ("open", gettext_lazy("To be coded")),
    ("coded", gettext_lazy("Coded")),
    ("late", gettext_lazy("Late")),
    ("aside", gettext_lazy("Left out")),
]


def _states(reply: Reply, coders: Any) -> set[str]:
    if reply.set_aside_at:
        return {"aside"}
    done = any(not one.is_second and one.done_at for one in coders.get(reply.pk, []))
    return {"coded" if done else "open", *({"late"} if reply.late else ())}


def _search(rows: list[Reply], said: Any, words: str) -> list[Reply]:
    wanted = words.casefold()
    return [
        row for row in rows
        if wanted in row.ref.casefold() or any(wanted in one.words.casefold() for one in said.get(row.pk, []))
    ]  # fmt: skip


def _begin(said: list[Any]) -> str:
    line = " ".join(said[0].words.split()) if said else ""
    return line if len(line) <= 100 else f"{line[:99]}…"


def _coders(readings: list[Any]) -> str:
    return ", ".join(one.coder.shown_name for one in readings if one.done_at)


def _for_files(said: Any) -> list[Column]:
    return [
        Column(
            "name", _("Name, if they chose it"), value=lambda one: queries.sent_name(one) if one.named else ""
        ),
        Column("organisation", _("Organisation")),
        Column("people", _("People"), numeric=True),
        Column("late", _("Late"), value=lambda one: _("Yes") if one.late else ""),
        Column(
            "all", _("In their words"), value=lambda one: "\n".join(row.words for row in said.get(one.pk, []))
        ),
    ]


def _address(consultation: Consultation, reply: Reply) -> str:
    return reverse("consultation:one_reply", args=[consultation.project_id, consultation.pk, reply.pk])


@require_GET
def one_reply(request: HttpRequest, project_id: UUID, consultation_id: UUID, reply_id: UUID) -> HttpResponse:
    visit, consultation, reply = queries.reply_for(request.user, project_id, consultation_id, reply_id)
    return _show(request, visit, consultation, reply, None)


@require_http_methods(["POST"])
def put_code(request: HttpRequest, project_id: UUID, consultation_id: UUID, reply_id: UUID) -> HttpResponse:
    visit, consultation, reply = queries.reply_for(
        request.user, project_id, consultation_id, reply_id, CODING
    )
    form = _coding_form(consultation, _said(consultation, reply), posted(request))
    if sent(request, form, lambda: operations.put_code(
        by=request.user, project_id=project_id, consultation_id=consultation_id, reply_id=reply_id,
        code_id=UUID(form.cleaned_data["code"]), stretches=form.chosen(), key=form.key,
    )):  # fmt: skip
        return redirect("consultation:one_reply", project_id, consultation_id, reply_id)
    return _show(request, visit, consultation, reply, form)


@require_POST
def take_code(
    request: HttpRequest, project_id: UUID, consultation_id: UUID, reply_id: UUID, coded_id: UUID
) -> HttpResponse:
    visit, consultation, reply = queries.reply_for(
        request.user, project_id, consultation_id, reply_id, CODING
    )
    form = JustAButton(request.POST)
    if sent(request, form, lambda: operations.take_code(
        by=request.user, project_id=project_id, consultation_id=consultation_id, reply_id=reply_id,
        coded_id=coded_id, key=form.key,
    )):  # fmt: skip
        return redirect("consultation:one_reply", project_id, consultation_id, reply_id)
    return _show(request, visit, consultation, reply, form)


@require_POST
def finish(request: HttpRequest, project_id: UUID, consultation_id: UUID, reply_id: UUID) -> HttpResponse:
    visit, consultation, reply = queries.reply_for(
        request.user, project_id, consultation_id, reply_id, CODING
    )
    form = JustAButton(request.POST)
    if sent(request, form, lambda: operations.finish_reading(
        by=request.user, project_id=project_id, consultation_id=consultation_id, reply_id=reply_id, key=form.key
    )):  # fmt: skip
        following = queries.next_to_code(consultation, request.user)
        if following:
            return done(request, _("%(ref)s is coded. This is the next one.") % {"ref": reply.ref}, "one_reply",
                        project_id, consultation_id, following.pk)  # fmt: skip
        return done(request, _("%(ref)s is coded. It was your last one.") % {"ref": reply.ref}, "codes",
                    project_id, consultation_id)  # fmt: skip
    return _show(request, visit, consultation, reply, form)


def _said(consultation: Consultation, reply: Reply) -> list[Any]:
    return [] if consultation.hides_words else queries.said_by([reply])[reply.pk]


def _coding_form(consultation: Consultation, said: list[Any], data: Any) -> PutCodeForm:
    return PutCodeForm(data, said=said, codes=queries.codes_of(consultation))


def _show(
    request: HttpRequest, visit: Any, consultation: Consultation, reply: Reply, form: Any
) -> HttpResponse:
    said = _said(consultation, reply)
    made = queries.suggestions_by_said(said)
    about = queries.readings_about(reply, request.user)
    coded = queries.codes_to_see(reply, request.user, about)
    open_to_coding = consultation.is_closed and not reply.set_aside_at
    coding = open_to_coding and queries.may_code_it(reply, request.user, about)
    mine = next((one for one in about if one.reply_id == reply.pk and one.coder_id == request.user.pk), None)
    shown = page_of(
        visit, consultation,
        reply=reply,
        name=queries.sent_name(reply),
        channel=Channel(reply.channel).label,
        parts=[(one, made.get(one.pk), [code for code in coded if code.said_id == one.pk]) for one in said],
        mine=mine,
        form=form if isinstance(form, PutCodeForm) else _coding_form(consultation, said, None) if coding else None,
        finishing=form if isinstance(form, JustAButton) else None,
        coding=coding,
    )  # fmt: skip
    return render(request, "consultation/one_reply.html", shown)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Paper, phone, visit or session, typed in by staff."""
    visit, consultation = _read(request, project_id, consultation_id, Purpose.RUN)
    seats = [seat.person for seat in people.seats_of(project_id)]
    form = EntryForm(
        posted(request), consultation=consultation, people=seats, questions=queries.questions_of(consultation),
        passages=queries.passages_of(consultation), groups=list(people.groups_of(project_id)),
        formats=queries.formats_of(consultation),
    )  # fmt: skip
    made: list[Reply] = []

    def keep() -> None:
        made.append(
            operations.enter_reply(
                by=request.user, project_id=project_id, consultation_id=consultation_id, key=form.key,
                **form.arguments(),
            )
        )  # fmt: skip

    if sent(request, form, keep):
        return done(
            request,
            _("%(ref)s is written down.") % {"ref": made[0].ref},
            "enter",
            project_id,
            consultation_id,
        )
    return render(request, "consultation/enter.html", page_of(visit, consultation, form=form))


@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, project_id: UUID, consultation_id: UUID, reply_id: UUID) -> HttpResponse:
    visit, consultation, reply = queries.reply_for(request.user, project_id, consultation_id, reply_id)
    form = SetAsideForm(posted(request))
    if sent(request, form, lambda: operations.set_aside(
        by=request.user, project_id=project_id, consultation_id=consultation_id, reply_id=reply_id,
        reason=form.cleaned_data["reason"], key=form.key,
    )):  # fmt: skip
        return done(request, _("It is left out of every count."), "replies", project_id, consultation_id)
    title = _("Leave out %(ref)s") % {"ref": reply.ref}
    return form_page(request, visit, form, title=title, button=_("Leave it out"), consultation=consultation)


@require_POST
def take_in(request: HttpRequest, project_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Make suggestions of the passages that replies speak of."""
    visit, consultation = _read(request, project_id, consultation_id, Purpose.RUN)
    form = JustAButton(request.POST)
    if sent(request, form, lambda: operations.take_in(
        by=request.user, project_id=project_id, consultation_id=consultation_id, key=form.key
    )):  # fmt: skip
        return done(
            request, _("They are suggestions in the master copy now."), "replies", project_id, consultation_id
        )
    return form_page(request, visit, form, title=_("Make suggestions of them"), consultation=consultation)


def _read(
    request: HttpRequest, project_id: UUID, consultation_id: UUID, purpose: Purpose = Purpose.READ
) -> tuple[Any, Consultation]:
    return queries.consultation_for(request.user, project_id, consultation_id, purpose, REPLIES)
