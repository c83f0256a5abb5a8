"""Listing decisions, confirming what kind of challenge each is, choosing its level, asking what people met."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.projects import operations as project_operations
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import operations as rounds
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record

from . import queries, rules
from .events import LevelChosen
from .models import Decision, LevelAsked
from .terms import PROMISES, QUESTIONS, Complexity, Level

_CHOICE = ("level", "decides", "acts", "reason", "promise", "agreed_with")


@operation
def add_decision(
    *, by: Any, project_id: UUID, words: str, answers: Mapping[str, str], key: UUID | None = None
) -> Decision:
    """List something that the project decides, with five answers about it."""
    queries.visit(by, project_id, Purpose.RUN)
    settle(rules.a_decision_is_in_order(words, answers))
    projects.take_turns(project_id)
    decision = Decision(
        project_id=project_id, number=queries.next_number(project_id), words=words, answers=_known(answers),
        suggested=rules.suggested(answers).complexity,
    )  # fmt: skip
    decision.save(force_insert=True)
    record(
        by=by, verb="approach.add_decision", thing=decision, project_id=project_id,
        after={"number": decision.number, **_described(decision)},
    )  # fmt: skip
    return decision


@operation
def change_decision(
    *,
    by: Any,
    project_id: UUID,
    decision_id: UUID,
    words: str,
    answers: Mapping[str, str],
    key: UUID | None = None,
) -> Decision:
    """Say it in other words or answer anew; another suggestion has to be confirmed again."""
    queries.decision_for(by, project_id, decision_id, Purpose.RUN)
    settle(rules.a_decision_is_in_order(words, answers))
    decision = _locked(decision_id)
    before = _described(decision) | _confirmed(decision)
    decision.words, decision.answers = words, _known(answers)
    fresh = rules.suggested(answers).complexity
    if fresh != decision.suggested:
        decision.complexity, decision.complexity_note = "", ""
        decision.confirmed_by, decision.confirmed_at = None, None
    decision.suggested = fresh
    decision.save()
    record(
        by=by, verb="approach.change_decision", thing=decision, project_id=project_id, before=before,
        after=_described(decision) | _confirmed(decision),
    )  # fmt: skip
    return decision


@operation
def confirm_complexity(
    *,
    by: Any,
    project_id: UUID,
    decision_id: UUID,
    complexity: str,
    note: str = "",
    key: UUID | None = None,
) -> Decision:
    """A person says which kind of challenge it is; other than suggested, they say why."""
    queries.decision_for(by, project_id, decision_id, Purpose.RUN)
    decision = _locked(decision_id)
    settle(_confirming(decision, complexity, note))
    before = _confirmed(decision)
    decision.complexity, decision.complexity_note = complexity, note
    decision.confirmed_by, decision.confirmed_at = by, clock.now()
    decision.save()
    record(
        by=by, verb="approach.confirm_complexity", thing=decision, project_id=project_id, before=before,
        after=_confirmed(decision),
    )  # fmt: skip
    return decision


@operation
def choose_level(
    *,
    by: Any,
    project_id: UUID,
    decision_id: UUID,
    level: str,
    decides: int | None,
    acts: int | None,
    reason: str = "",
    promise: str = "",
    agreed_with: str = "",
    key: UUID | None = None,
) -> Decision:
    """Say how far people share this decision, and so what is promised to them."""
    queries.decision_for(by, project_id, decision_id, Purpose.RUN)
    decision = _locked(decision_id)
    before = {name: getattr(decision, name) for name in _CHOICE}
    decision.level, decision.decides, decision.acts = level, decides, acts
    decision.reason, decision.promise, decision.agreed_with = reason, promise, agreed_with
    kept = settle(_choosing(decision))
    decision.chosen_by, decision.chosen_at = by, clock.now()
    decision.save()
    record(
        by=by, verb="approach.choose_level", thing=decision, project_id=project_id, before=before,
        after={name: getattr(decision, name) for name in _CHOICE}, findings=kept,
    )  # fmt: skip
    post(LevelChosen(project_id, decision.pk))
    return decision


@operation
def start_with_answers(
    *,
    by: Any,
    title: str,
    summary: str,
    words: str,
    answers: Mapping[str, str],
    service_area: str = "",
    jurisdiction: str,
    key: UUID | None = None,
) -> Decision:
    """Start a project whose first decision has the answers that somebody gave before there was any."""
    if not projects.may_start_project(by):
        raise NotThere
    settle(rules.a_decision_is_in_order(words, answers))
    project = project_operations.start_project(
        by=by, title=title, summary=summary, service_area=service_area, jurisdiction=jurisdiction
    )
    decision = add_decision(by=by, project_id=project.pk, words=words, answers=answers)
    record(
        by=by, verb="approach.start_with_answers", thing=decision, project_id=project.pk,
        after=_described(decision),
    )  # fmt: skip
    return decision


@operation
def ask_what_people_met(
    *, by: Any, project_id: UUID, opens_at: datetime, seals_at: datetime, key: UUID | None = None
) -> Any:
    """Prepare a sealed round that asks of each decision with a level what people met; the rounds do the rest."""
    queries.visit(by, project_id, Purpose.RUN)
    decisions = [one for one in queries.decisions_of(project_id) if one.level]
    settle(_asking(decisions))
    options = {_option(level): level.value for level in Level}
    asked = [
        {"id": f"met{one.number}", "words": _asked(one), "form": "one of", "options": list(options)}
        for one in decisions
    ]
    the_round = rounds.draft_round(
        by=by, project_id=project_id, title=_("What did you meet when you took part?"), opens_at=opens_at,
        seals_at=seals_at, wording=_wording(), questions=asked,
    )  # fmt: skip
    for one in decisions:
        link = LevelAsked(round=the_round, decision=one, question=f"met{one.number}", options=options)
        link.save(force_insert=True)
        record(
            by=by, verb="approach.ask_what_people_met", thing=link, project_id=project_id,
            after={"round_id": the_round.pk, "decision_id": one.pk, "question": link.question, "options": options},
        )  # fmt: skip
    return the_round


def _confirming(decision: Decision, complexity: str, note: str) -> list[Finding]:
    found = []
    if complexity not in set(Complexity):
        found.append(refuse("approach", _("Choose one of the five."), subject="complexity"))
    elif complexity != decision.suggested and not note.strip():
        words = _("You choose another kind than the answers suggest. Say why.")
        found.append(refuse("approach", words, subject="note"))
    return found


def _choosing(decision: Decision) -> list[Finding]:
    protests = list(
        rules.the_level_fits_the_challenge([decision.suggested, decision.complexity], decision.level)
    )
    return [
        *rules.a_level_is_in_order(decision.level, decision.decides, decision.acts),
        *rules.a_level_follows_the_complexity(confirmed=decision.is_confirmed),
        *rules.what_is_decided_is_only_told(projects.foreword_of(decision.project_id), decision.level),
        *protests,
        *rules.an_odd_choice_has_its_reason(protests, decision.reason),
        *rules.co_production_shares_the_decision(decision.level, decision.decides),
        *rules.the_promise_is_shown(decision.level, decision.promise, ()),
    ]


def _asking(decisions: list[Decision]) -> list[Finding]:
    if decisions:
        return []
    return [refuse("approach", _("No decision has a level yet, so there is nothing to compare."))]


def _option(level: Level) -> str:
    return f"{level.label}: {PROMISES[level]}"


def _asked(decision: Decision) -> str:
    return _("“%(decision)s”: which of these comes closest to what you met?") % {"decision": decision.words}


def _wording() -> dict[str, str]:
    """R25: all three levels are asked here too, about taking part itself."""
    return {
        "level_1": _("What did taking part change for you?"),
        "level_2": _("What did it change for the people around you?"),
        "level_3": _("Why do you think those leading this shared power as they did?"),
        "barriers": _("What got in the way of people having a real say?"),
    }


def _known(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: answers[name] for name in QUESTIONS}


def _described(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in ("words", "answers", "suggested")}


def _confirmed(decision: Decision) -> dict[str, Any]:
    names = ("complexity", "complexity_note", "confirmed_by_id")
    return {name: getattr(decision, name) for name in names}


def _locked(decision_id: UUID) -> Decision:
    return Decision.objects.select_for_update(no_key=True, of=("self",)).get(pk=decision_id)
