"""The approach, the log and the foreword of the finished example, as its records have them."""

from collections import Counter
from typing import Any

import pytest

from coproduce.capabilities.approach import queries as approach
from coproduce.capabilities.approach.terms import Complexity, Level
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.questions import queries as log
from coproduce.capabilities.questions.terms import Kind, Stage, Status
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.models import Entry, Payload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_five_decisions_stand_at_four_places_of_the_spectrum(demo: Any) -> None:
    found = [(one.complexity, one.level, one.decides, one.acts) for one in approach.decisions_of(demo.pk)]
    assert found == [
        (Complexity.COMPLEX, Level.CO_PRODUCE, 2, 2),
        (Complexity.COMPLEX, Level.CO_DESIGN, 2, 1),
        (Complexity.COMPLEX, Level.CO_PRODUCE, 2, 3),
        (Complexity.COMPLICATED, Level.CONSULT, 1, 0),
        (Complexity.SIMPLE, Level.INFORM, 0, 0),
    ]
    assert all(one.is_confirmed and one.suggested == one.complexity for one in approach.decisions_of(demo.pk))


def test_R10_what_twenty_people_met_stands_beside_what_was_promised(demo: Any) -> None:
    lines = approach.comparison(demo.pk)
    assert [(line.middle, len(line.met)) for line in lines] == [
        (Level.INVOLVE, 20), (Level.CO_DESIGN, 20), (Level.CO_PRODUCE, 20), (Level.CONSULT, 20),
        (Level.INFORM, 20),
    ]  # fmt: skip
    kept = [sum(one.place >= line.planned.place for one in line.met) for line in lines if line.planned]
    assert kept == [6, 17, 14, 17, 19]


def test_R23_what_people_met_is_a_sealed_round_beside_the_first_one(demo: Any) -> None:
    first, [met] = rounds.project_rounds(demo.pk).first(), approach.asking_rounds(demo.pk)
    assert first is not None
    assert first.pk != met.pk
    assert (met.is_all_open, len(met.asked), met.in_turns) == (True, 5, False)


def test_R38_the_gates_of_the_foreword_the_round_the_consultation_and_the_decision_are_met(demo: Any) -> None:
    for stage in (Stage.FOREWORD, Stage.ROUND, Stage.DRAFT, Stage.CONSULTATION, Stage.DECISION):
        assert log.gate_at(demo.pk, stage).is_met, stage
    assert not log.gate_at(demo.pk, Stage.REVIEW).is_met
    signed = Payload.objects.get(entry__verb="signoff.sign").content
    assert not signed.get("override")


def test_thirty_five_questions_were_asked_and_minds_were_changed(demo: Any) -> None:
    asked = list(log.questions_of(demo.pk))
    assert len(asked) == 35
    assert Counter(one.status for one in asked) == {
        Status.ANSWERED: 23, Status.CHANGED: 7, Status.CANNOT: 4, Status.OPEN: 1,
    }  # fmt: skip
    assert log.changed_our_mind(demo.pk).count() == 7
    assert {one.kind for one in asked} == set(Kind)
    assert len({one.asked_by_id for one in asked}) > 15


def test_the_shared_foreword_changed_twice_with_its_reasons(demo: Any) -> None:
    review, third_aim = projects.changes_since_shared(demo.pk)
    assert (review.at.date().isoformat(), list(review.after)) == ("2025-02-10", ["what_cannot_change"])
    assert third_aim.at.date().isoformat() == "2025-08-19"
    assert third_aim.before["stated_intents"] == ["better_outcomes", "save_money"]
    assert third_aim.after["stated_intents"] == ["better_outcomes", "save_money", "free_capacity"]
    assert "S02" in third_aim.why
    assert Entry.objects.filter(verb="projects.say_why").count() == 2
