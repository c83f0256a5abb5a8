"""The same hard questions at every stage: R38 at the gate, R39 on who answers; who may ask and who must answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, warn

from .terms import ANSWERS, QUESTION, Kind, Stage, Status

grid(
    QUESTION,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        # Anyone may ask; those who lead must answer.
        Purpose.CONTRIBUTE: EVERYONE_IN_PROJECT,
        Purpose.RUN: {Role.FACILITATOR, Role.MANAGER},
    },
)

LONGEST_QUESTION = 500


class Asked(Protocol):
    kind: str
    status: str


class Answered(Protocol):
    """A question with who asked and who answered it last."""

    status: str
    asked_by_id: UUID
    answered_by_id: UUID | None


def gaps(asked: Iterable[Asked]) -> dict[Kind, bool]:
    """The kinds that are not answered yet: whether somebody has asked one, by kind, in their order."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        by_kind[one.kind].add(one.status)
    return {
        kind: bool(by_kind[kind])
        for kind in Kind
        if Status.OPEN in by_kind[kind] or not by_kind[kind] & set(ANSWERS)
    }


@rule("R38", when=_("A stage begins with a kind of question not answered"), strength=Strength.WARN)
def each_kind_is_answered(stage: str, asked: Iterable[Asked]) -> Iterator[Finding]:
    """One finding names every kind that is missing; at the decision a named person must answer for the gap."""
    missing = gaps(asked)
    never = [str(kind.label) for kind, was_asked in missing.items() if not was_asked]
    waiting = [str(kind.label) for kind, was_asked in missing.items() if was_asked]
    finding = refuse_unless_named if stage == Stage.DECISION else warn
    place = {"stage": Stage(stage).label}
    if never:
        words = _("At the stage “%(stage)s” nobody has asked these kinds of question: %(kinds)s.")
        yield finding("R38", words % (place | {"kinds": ", ".join(never)}), subject="questions")
    if waiting:
        words = _("At the stage “%(stage)s” these kinds of question wait for an answer: %(kinds)s.")
        yield finding("R38", words % (place | {"kinds": ", ".join(waiting)}), subject="questions")


@rule("R39", when=_("The same person asks and answers all questions of a stage"), strength=Strength.WARN)
def another_person_asks(stage: str, asked: Iterable[Answered]) -> Iterator[Finding]:
    answered = [one for one in asked if one.status in ANSWERS]
    people = {one.asked_by_id for one in answered} | {one.answered_by_id for one in answered}
    if len(answered) > 1 and len(people) == 1:
        words = _("At the stage “%(stage)s” the same person asked and answered everything. Let others ask.")
        yield warn("R39", words % {"stage": Stage(stage).label}, subject="questions")


def a_question_is_in_order(stage: str, kind: str, words: str) -> Iterator[Finding]:
    if stage not in set(Stage):
        yield refuse("question", _("Choose the stage at which you ask."), subject="stage")
    if kind not in set(Kind):
        yield refuse("question", _("Choose the kind of question."), subject="kind")
    if not words.strip():
        yield refuse("question", _("Write the question."), subject="words")
    elif len(words) > LONGEST_QUESTION:
        yield refuse("question", _("Make the question shorter: 500 letters at most."), subject="words")


def an_answer_is_in_order(
    status: str, words: str, what_changed: str, address: str, *, cited_is_known: bool
) -> Iterator[Finding]:
    if status not in ANSWERS:
        yield refuse("question", _("Choose what came of the question."), subject="status")
    if not words.strip():
        message = _("Say why it cannot be answered.") if status == Status.CANNOT else _("Write the answer.")
        yield refuse("question", message, subject="answer")
    if status == Status.CHANGED and not what_changed.strip():
        yield refuse("question", _("Say what changed because somebody asked."), subject="what_changed")
    if status != Status.CHANGED and what_changed.strip():
        words_ = _("Something changed: choose “Changed our mind”, or leave this box empty.")
        yield refuse("question", words_, subject="what_changed")
    if address and not address.startswith(("https://", "http://")):
        yield refuse("question", _("A web address begins with https://"), subject="address")
    if not cited_is_known:
        yield refuse("question", _("That document is not part of this project."), subject="cited")
