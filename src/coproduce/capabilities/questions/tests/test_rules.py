"""R38 and R39, and what a question and an answer must hold."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from coproduce.capabilities.questions import rules
from coproduce.capabilities.questions.terms import ABOUT, STARTERS, Kind, Stage, Status
from coproduce.core.findings import Strength

ADA, BEN = uuid4(), uuid4()


def asked(kind: Kind, status: Status = Status.ANSWERED, by: UUID = ADA, to: UUID | None = BEN) -> Any:
    return SimpleNamespace(kind=kind, status=status, asked_by_id=by, answered_by_id=to)


def test_there_are_six_kinds_at_eight_stages_with_two_starters_each() -> None:
    assert (len(Kind), len(Stage)) == (6, 8)
    starters = [str(words) for kind in Kind for words in STARTERS[kind]]
    assert len(set(starters)) == 12
    assert set(ABOUT) == set(Kind)


def test_R38_names_each_kind_that_nobody_asked_and_each_that_waits() -> None:
    known = [asked(Kind.CLARIFY), asked(Kind.EVIDENCE, Status.OPEN), asked(Kind.ITSELF, Status.CANNOT)]
    never, waiting = rules.each_kind_is_answered(Stage.DRAFT, known)
    assert (never.strength, waiting.strength) == (Strength.WARN, Strength.WARN)
    assert "Assumptions, Viewpoints, Implications." in str(never.message)
    assert "Evidence." in str(waiting.message)


def test_R38_one_open_question_holds_its_kind_open_though_another_is_answered() -> None:
    known = [asked(kind) for kind in Kind] + [asked(Kind.EVIDENCE, Status.OPEN)]
    [finding] = rules.each_kind_is_answered(Stage.ROUND, known)
    assert "Evidence" in str(finding.message)


def test_R38_refuses_at_the_decision_unless_a_named_person_answers_for_the_gap() -> None:
    [finding] = rules.each_kind_is_answered(Stage.DECISION, [])
    assert finding.strength == Strength.REFUSE_UNLESS_NAMED


@pytest.mark.parametrize("stage", Stage)
def test_R38_is_met_when_each_kind_is_answered_whatever_came_of_it(stage: Stage) -> None:
    outcomes = [Status.ANSWERED, Status.CHANGED, Status.CANNOT] * 2
    known = [asked(kind, status) for kind, status in zip(Kind, outcomes, strict=True)]
    assert not list(rules.each_kind_is_answered(stage, known))


def test_R39_warns_when_one_person_asks_and_answers_everything() -> None:
    alone = [asked(kind, by=ADA, to=ADA) for kind in Kind]
    [finding] = rules.another_person_asks(Stage.DRAFT, alone)
    assert finding.strength == Strength.WARN
    assert not list(rules.another_person_asks(Stage.DRAFT, [*alone[1:], asked(Kind.CLARIFY)]))
    assert not list(rules.another_person_asks(Stage.DRAFT, alone[:1]))
    assert not list(rules.another_person_asks(Stage.DRAFT, [asked(Kind.CLARIFY, Status.OPEN, to=None)] * 3))


@pytest.mark.parametrize(
    "facts,subject",
    [
        (("draft", "evidence", "  "), "words"),
        (("draft", "evidence", "Why? " * 101), "words"),
        (("lunch", "evidence", "Why?"), "stage"),
        (("draft", "rude", "Why?"), "kind"),
    ],
)
def test_a_question_has_its_stage_kind_and_words(facts: tuple[str, str, str], subject: str) -> None:
    [finding] = rules.a_question_is_in_order(*facts)
    assert finding.subject == subject


@pytest.mark.parametrize(
    "facts,subject",
    [
        (("open", "Later.", "", ""), "status"),
        (("answered", " ", "", ""), "answer"),
        (("cannot", "", "", ""), "answer"),
        (("changed", "Yes.", " ", ""), "what_changed"),
        (("answered", "Yes.", "We stopped.", ""), "what_changed"),
        (("answered", "Yes.", "", "javascript:alert(1)"), "address"),
    ],
)
def test_an_answer_says_what_came_of_the_question(facts: tuple[str, str, str, str], subject: str) -> None:
    [finding] = rules.an_answer_is_in_order(*facts, cited_is_known=True)
    assert finding.subject == subject
