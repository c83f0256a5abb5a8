"""The pages of the Socratic log: the grid, the list, one question, what changed, and the gate of a stage."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.citing import sources_of
from coproduce.ui.components import component
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import AnswerForm, AskForm
from ..terms import ABOUT, QUESTION, STARTERS, STATUS_COLOURS, Kind, Stage, Status
from .papers import document_of


@require_GET
def log(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Kinds by stages; what is empty invites the next question."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    lines = queries.grid_of(project_id)
    if wanted := wanted_format(request):
        asked, changes = queries.with_answers(project_id), queries.changed_our_mind(project_id)
        return as_file(document_of(visit, lines, asked, changes), "hard-questions", wanted)
    page = _page(visit) | {
        "lines": [(kind, ABOUT[kind], cells) for kind, cells in lines.items()],
        "stages": list(Stage),
        "next": queries.next_to_ask(lines),
        "asked": sum(cell.asked for cells in lines.values() for cell in cells),
    }
    return render(request, "questions/log.html", page)


@require_GET
def questions(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.with_answers(project_id),
        columns=[
            Column("ref", _("Number"), sort="number"),
            Column("words", _("Question"), link=_link),
            Column("stage", _("Stage"), value="get_stage_display"),
            Column("kind", _("Kind"), value="get_kind_display"),
            Column("status", _("How it stands"), value=_status),
            Column("asked_by", _("Asked by"), value="asked_by.shown_name"),
            Column("asked_at", _("Asked on"), value="asked_at.date", sort="asked_at"),
            Column("answer", _("Answer")),
            Column("answered_by", _("Answered by"), value=_answered_by),
            Column("what_changed", _("What changed")),
            Column("evidence", _("Evidence")),
        ],
        filters=[
            Filter("stage", _("Stage"), Stage.choices, _at_stage),
            Filter("kind", _("Kind"), Kind.choices, _of_kind),
            Filter("status", _("How it stands"), Status.choices, _that_stand),
        ],
        search=lambda rows, words: rows.filter(words__icontains=words),
        caption=_("Questions"), empty=_("No question asked yet"), name="socratic-log",
    )  # fmt: skip
    return table.respond(request, "questions/questions.html", _page(visit))


@require_GET
def changed(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """What changed because we asked."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.changed_our_mind(project_id),
        columns=[
            Column("ref", _("Number"), value="question.ref"),
            Column("what_changed", _("What changed"), link=lambda one: _link(one.question)),
            Column("question", _("Because somebody asked"), value="question.words"),
            Column("stage", _("Stage"), value="question.get_stage_display"),
            Column("asked_by", _("Asked by"), value="question.asked_by.shown_name"),
            Column("by", _("Answered by"), value="by.shown_name"),
            Column("at", _("On"), value="at.date", sort="at"),
        ],
        caption=_("What changed because we asked"), empty=_("Nothing yet"), name="what-changed",
    )  # fmt: skip
    return table.respond(request, "questions/changed.html", _page(visit))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """With a starter question in the box where the grid was empty."""
    visit = queries.visit(request.user, project_id, Purpose.CONTRIBUTE)
    stage, kind = _chosen(request.GET.get("stage"), Stage), _chosen(request.GET.get("kind"), Kind)
    second = request.GET.get("starter") == "2"
    initial = {"stage": stage, "kind": kind, "words": STARTERS[kind][second] if kind else ""}
    form = AskForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask(by=request.user, project_id=project_id, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your question is in the log. Those who lead the project answer it."))
            return redirect("questions:log", project_id)
    other = STARTERS[kind][not second] if kind else ""
    page = _page(visit) | {
        "form": form, "stage": stage, "kind": kind, "other": other, "number": "1" if second else "2",
    }  # fmt: skip
    return render(request, "questions/ask.html", page)


@require_GET
def question(request: HttpRequest, project_id: UUID, question_id: UUID) -> HttpResponse:
    visit, found = queries.question_for(request.user, project_id, question_id, Purpose.READ)
    answers = [(one, queries.source_of(one)) for one in queries.answers_of(found)]
    page = _page(visit) | {"question": found, "answers": answers, "status": _status(found)}
    return render(request, "questions/question.html", page)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, project_id: UUID, question_id: UUID) -> HttpResponse:
    visit, found = queries.question_for(request.user, project_id, question_id, Purpose.RUN)
    form = AnswerForm(request.POST or None, sources=sources_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer(
                by=request.user, project_id=project_id, question_id=question_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The answer is in the log."))
            return redirect("questions:question", project_id, question_id)
    return render(request, "questions/answer.html", _page(visit) | {"form": form, "question": found})


@require_GET
def gate(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """What one stage still misses, kind by kind."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    here = _chosen(request.GET.get("stage"), Stage)
    if here is None:
        raise NotThere
    place = list(Stage).index(here)
    cells = [cells[place] for cells in queries.grid_of(project_id).values()]
    page = _page(visit) | {"gate": queries.gate_at(project_id, here), "cells": cells}
    return render(request, "questions/gate.html", page)


def _page(visit: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "section": "questions",
        "may_ask": visit.may(QUESTION, Purpose.CONTRIBUTE),
        "may_answer": visit.may(QUESTION, Purpose.RUN),
    }


def _chosen(value: str | None, words: Any) -> Any:
    return words(value) if value in set(words) else None


def _link(one: Any) -> str:
    return reverse("questions:question", args=[one.project_id, one.pk])


def _status(one: Any) -> Any:
    colour = STATUS_COLOURS[Status(one.status)]
    return component("tag", {"text": one.get_status_display(), "classes": f"govuk-tag--{colour}"})


def _answered_by(one: Any) -> str:
    return one.answered_by.shown_name if one.answered_by else ""


def _at_stage(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(stage=value)


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(kind=value)


def _that_stand(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(status=value)
