"""The spectrum of a project, one decision at a time; and three minutes for whoever has no project yet."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds.terms import ROUND
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused, Words
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.plots import Plot
from coproduce.ui.plots_spectrum import OnSpectrum, Step, spectrum
from coproduce.ui.tables import Column, Table

from .. import operations, queries, rules
from ..forms import AnswersForm, AskMetForm, CheckForm, ConfirmForm, DecisionForm, LevelForm, StartForm
from ..queries import Line
from ..terms import CROSSWALK, DECISION, Level, Said
from .papers import document_of

_SEALED_AT = time(20)
_LEVEL = ("level", "decides", "acts", "promise", "agreed_with", "reason")


@require_GET
def approach(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Every decision on the spectrum, planned beside met, and how other schemes call the levels."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    lines = queries.comparison(project_id)
    table = Table(
        rows=lines,
        columns=[
            Column("ref", _("Number"), value="decision.ref"),
            Column("words", _("Decision"), value="decision.words", link=_link),
            Column("complexity", _("Kind of challenge"), value=_complexity),
            Column("level", _("Level"), value="decision.get_level_display"),
            Column("decides", _("Who decides, 0 to 4"), value="decision.decides", numeric=True),
            Column("acts", _("Who acts, 0 to 4"), value="decision.acts", numeric=True),
            Column("promise", _("Our promise"), value="decision.promised"),
            Column("met", _("What people met"), value=lambda line: line.middle.label if line.middle else ""),
        ],
        caption=_("Decisions"), empty=_("No decision listed yet"), name="approach",
    )  # fmt: skip
    plot = _spectrum(lines)
    if wanted := wanted_format(request):
        return as_file(document_of(visit, lines, plot.sentence if plot else ""), "approach", wanted)
    page = _page(visit) | {
        "lines": lines, "plot": plot, "crosswalk": CROSSWALK,
        "findings": list(rules.each_decision_has_a_level_of_its_own([line.decision for line in lines])),
        "asking": list(queries.asking_rounds(project_id)),
    }  # fmt: skip
    return table.respond(request, "approach/approach.html", page)


@require_GET
def decision(request: HttpRequest, project_id: UUID, decision_id: UUID) -> HttpResponse:
    visit, found = queries.decision_for(request.user, project_id, decision_id, Purpose.READ)
    line = Line(found, queries.met_levels(project_id).get(found.pk, []))
    page = _page(visit) | {
        "decision": found, "line": line, "suggestion": rules.suggested(found.answers),
        "findings": queries.findings_of(line), "plot": _spectrum([line], line.compared),
    }  # fmt: skip
    return render(request, "approach/decision.html", page)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit(request.user, project_id, Purpose.RUN)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.add_decision(
                by=request.user, project_id=project_id, words=form.cleaned_data["words"], answers=form.answers,
                key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("approach:confirm", project_id, made.pk)
    return render(request, "approach/write.html", _page(visit) | {"form": form})


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, project_id: UUID, decision_id: UUID) -> HttpResponse:
    visit, found = queries.decision_for(request.user, project_id, decision_id, Purpose.RUN)
    form = DecisionForm(request.POST or None, initial={"words": found.words, **found.answers})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_decision(
                by=request.user, project_id=project_id, decision_id=decision_id, key=form.key,
                words=form.cleaned_data["words"], answers=form.answers,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("approach:decision", project_id, decision_id)
    return render(request, "approach/write.html", _page(visit) | {"form": form, "decision": found})


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, project_id: UUID, decision_id: UUID) -> HttpResponse:
    """A person confirms what the answers suggest, or says why not."""
    visit, found = queries.decision_for(request.user, project_id, decision_id, Purpose.RUN)
    initial = {"complexity": found.complexity or found.suggested, "note": found.complexity_note}
    form = ConfirmForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.confirm_complexity(
                by=request.user, project_id=project_id, decision_id=decision_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("approach:level", project_id, decision_id)
    page = {"form": form, "decision": found, "suggestion": rules.suggested(found.answers)}
    return render(request, "approach/confirm.html", _page(visit) | page)


@require_http_methods(["GET", "POST"])
def level(request: HttpRequest, project_id: UUID, decision_id: UUID) -> HttpResponse:
    visit, found = queries.decision_for(request.user, project_id, decision_id, Purpose.RUN)
    form = LevelForm(request.POST or None, initial={name: getattr(found, name) for name in _LEVEL})
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose_level(
                by=request.user, project_id=project_id, decision_id=decision_id, key=form.key,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The level and its promise are saved."))
            return redirect("approach:decision", project_id, decision_id)
    page = {"form": form, "decision": found, "suggestion": rules.suggested(found.answers)}
    return render(request, "approach/level.html", _page(visit) | page)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Prepare the sealed round in which people say what they met."""
    visit = queries.visit(request.user, project_id, Purpose.RUN)
    if not visit.may(ROUND, Purpose.RUN):
        raise NotThere
    form = AskMetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seals_at = datetime.combine(form.cleaned_data["seals_on"], _SEALED_AT, clock.LONDON)
        try:
            made = operations.ask_what_people_met(
                by=request.user, project_id=project_id, opens_at=clock.now(), seals_at=seals_at, key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("rounds:invite", project_id, made.pk)
    return render(request, "approach/ask.html", _page(visit) | {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Should we co-produce this? Nothing is stored: the answer is the page itself."""
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        page = {
            "suggestion": rules.suggested(form.answers),
            "answers": [(form.fields[name].label, Said(value).label) for name, value in form.answers.items()],
            "carried": list(form.answers.items()),
            "may_start": request.user.is_authenticated and projects.may_start_project(request.user),
        }
        return render(request, "approach/checked.html", page)
    return render(request, "approach/check.html", {"form": form})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """From three minutes to a project: the answers come along in the form, never in the address."""
    if not projects.may_start_project(request.user):
        raise NotThere
    answers = AnswersForm(request.POST)
    if not answers.is_valid():
        return redirect("approach:check")
    form = StartForm(request.POST if "title" in request.POST else None)
    if "title" in request.POST and form.is_valid():
        try:
            made = operations.start_with_answers(
                by=request.user, answers=dict(answers.pairs), key=form.key, **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("approach:confirm", made.project_id, made.pk)
    return render(request, "approach/start.html", {"form": form, "carried": answers.pairs})


def _page(visit: Any) -> dict[str, Any]:
    may_run = visit.may(DECISION, Purpose.RUN)
    return {
        "visit": visit, "section": "approach", "may_run": may_run,
        "may_ask": may_run and visit.may(ROUND, Purpose.RUN),
    }  # fmt: skip


def _link(line: Line) -> str:
    return reverse("approach:decision", args=[line.decision.project_id, line.decision.pk])


def _complexity(line: Line) -> str:
    return str(line.decision.get_complexity_display()) or _("Not confirmed yet")


def _spectrum(lines: list[Line], sentence: Words = "") -> Plot | None:
    shown = [line for line in lines if line.planned]
    if not shown:
        return None
    return spectrum(
        _("How far people share each decision"),
        sentence or _sentence(shown),
        [Step(level.label, level.band.label) for level in Level],
        [_on_spectrum(line) for line in shown],
        head=(_("Decision"), _("Planned"), _("What people met")),
        none=_("not asked yet"),
    )


def _on_spectrum(line: Line) -> OnSpectrum:
    planned, met = line.planned, line.middle
    words = f"{line.decision.ref} {line.decision.words}"
    return OnSpectrum(words, planned.place if planned else None, met.place if met else None)


def _sentence(lines: list[Line]) -> str:
    told = [line for line in lines if line.middle and line.planned]
    if not told:
        words = ngettext(
            "A level is planned for %(count)s decision. What people met is shown once their answers are open.",
            "Levels are planned for %(count)s decisions. What people met is shown once their answers are open.",
            len(lines),
        )
        return words % {"count": len(lines)}
    less = sum(line.middle.place < line.planned.place for line in told if line.middle and line.planned)
    words = _("At %(less)s of %(count)s decisions people met less than was promised.")
    return words % {"less": less, "count": len(told)}
