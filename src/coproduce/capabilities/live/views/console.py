"""The facilitator's console: the script of the session with its clock, and one button for the next step.

All of it is in the database: when a laptop dies, another facilitator opens the same page and goes on.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.labs import queries as labs
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import operations as round_operations
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Refused, Strength, refuse

from .. import operations, queries
from ..forms import HeadsForm, StepForm, ThemeForm, TurnSecondsForm
from ..models import Session
from ..terms import SCRIPT, step_of
from .doors import state_of, stream_of, wants_part
from .planning import page
from .showing import news, shown_in

_WITH_REASON: dict[str, Callable[..., Any]] = {
    "start": operations.start_writing, "seal": operations.seal, "pass_the_rest": operations.pass_the_rest,
}  # fmt: skip
_PLAIN: dict[str, Callable[..., Any]] = {
    "begin": operations.begin_reading, "show": operations.show_turn, "next": operations.end_turn,
    "second": operations.open_second_answers, "close": operations.close, "end": operations.end_session,
}  # fmt: skip
_DOOR = {"open_door": True, "close_door": False}
NEXT = {
    "draft": "start", "open": "seal", "sealed": "begin", "discussion": "second", "second answer": "close",
    "closed": "end",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def console(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    form, again = StepForm(request.POST or None), dict[str, Any]()
    if request.method == "POST" and form.is_valid():
        try:
            _do(form, by=request.user, project_id=project_id, session_id=session_id, key=form.key)
        except Refused as refused:
            # The room may have moved on since.
            visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
            form, again = _after_refusal(form, refused.findings, session)
        else:
            return redirect(at_the_step(project_id, session_id))
    elif form.is_bound and session.round.is_being_read:
        # The buttons of the reading have no place for errors of their own.
        form, again = _after_refusal(form, _as_findings(form), session)
    template = "live/_console_part.html" if wants_part(request) else "live/console.html"
    return render(request, template, console_context(visit, session, form=form) | again)


def _after_refusal(
    form: StepForm, findings: Sequence[Finding], session: Session
) -> tuple[StepForm, dict[str, Any]]:
    """The same form with what was typed while its step is still the next; else what the room offers now, and why."""
    action, reason = form.data.get("action"), form.data.get("override_reason", "")
    if action == NEXT.get(session.round.state) and form.stood_at == queries.point_of(session):
        form.refuse(findings)
        return form, {}
    ends_early = action == "pass_the_rest" and session.round.is_being_read
    return StepForm(), {"refused": findings, "reason": reason, "ends_early": ends_early}


def _as_findings(form: StepForm) -> list[Finding]:
    return [refuse("live", str(words)) for errors in form.errors.values() for words in errors]


def at_the_step(project_id: UUID, session_id: UUID) -> str:
    """Past the frame of the project: on a phone the next button is at hand."""
    return reverse("live:console", args=[project_id, session_id]) + "#live-part"


def _do(form: StepForm, **to: Any) -> None:
    action = form.cleaned_data["action"]
    if action in _WITH_REASON:
        _WITH_REASON[action](**to, seen=form.stood_at, override=form.override)
    elif action in _PLAIN:
        _PLAIN[action](**to, seen=form.stood_at)
    elif action in _DOOR:
        operations.set_door(**to, is_open=_DOOR[action])
    else:
        raise NotThere


def console_context(visit: Visit, session: Session, *, form: StepForm, **more: Any) -> dict[str, Any]:
    shown, step = shown_in(session), step_of(session.round.state)
    found = [] if form.is_bound or session.has_ended else _before_the_step(session)
    action = form.data.get("action") if form.is_bound else NEXT.get(session.round.state)
    progress = shown.get("progress")
    seen = queries.point(session.round, progress.current if progress else None)
    if not form.is_bound:
        needs_reason = any(one.strength is Strength.REFUSE_UNLESS_NAMED for one in found)
        form = StepForm(initial={"action": action, "seen": seen}, needs_reason=needs_reason)
    return page(
        visit, session=session, seen=seen, round=session.round, script=SCRIPT, step=step, form=form, action=action,
        findings=found, say=news(session, shown), stream=stream_of(session), now=clock.now(),
        step_ends=session.step_began_at + step.length, heads_form=HeadsForm(initial={"heads": session.heads}),
        seconds_form=TurnSecondsForm(initial={"seconds": session.round.turn_seconds}), theme_form=ThemeForm(),
        state_url=state_of(session, "live:console_state", visit.project.pk, session.pk), **shown,
        **_lab_of(session), **more,
    )  # fmt: skip


def _lab_of(session: Session) -> dict[str, Any]:
    """Where the round is the opening write of a lab: its agenda beside the script, and the tally of turns."""
    lab = labs.lab_opened_by(session.round_id)
    return {"lab": lab, "agenda": list(labs.agenda_of(lab)) if lab else []}


def _before_the_step(session: Session) -> list[Any]:
    """What the next step will find, so that nobody is surprised by a refusal."""
    the_round, now = session.round, clock.now()
    if the_round.is_open:
        return round_operations.what_sealing_finds(the_round, now, in_turns=True)
    if not the_round.is_draft:
        return []
    found = operations.what_starting_finds(session)
    # An empty room is said once; who is missing among the invited is said when there is somebody.
    empty = any(one.strength is Strength.REFUSE for one in found)
    return found if empty else [*found, *round_operations.what_opening_finds(the_round, now)]


@require_GET
def console_state(request: HttpRequest, project_id: UUID, session_id: UUID) -> JsonResponse:
    """For the console and the room screen, which also count answers: the numbers only."""
    _visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    the_round = session.round
    count = (
        rounds.second_count(the_round)
        if the_round.state == "second answer"
        else rounds.counts(the_round).answered
    )
    return JsonResponse({"seq": session.seq, "count": count})


@require_POST
def heads(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    form = HeadsForm(request.POST)
    return _small(request, project_id, session_id, form, "heads_form", operations.count_heads, "heads")


@require_POST
def turn_seconds(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    form = TurnSecondsForm(request.POST)
    return _small(
        request, project_id, session_id, form, "seconds_form", operations.set_turn_seconds, "seconds"
    )


def _small(
    request: HttpRequest, project_id: UUID, session_id: UUID, form: Any, name: str, verb: Any, field: str
) -> HttpResponse:
    """A form with one field beside the script: back to the console, or the console with what is wrong."""
    visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    if form.is_valid():
        try:
            verb(
                by=request.user, project_id=project_id, session_id=session_id, key=form.key,
                **{field: form.cleaned_data[field]},
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(at_the_step(project_id, session_id))
    context = console_context(visit, session, form=StepForm()) | {name: form}
    return render(request, "live/console.html", context, status=422)
