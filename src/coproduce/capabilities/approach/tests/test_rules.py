"""What five answers suggest, and R06–R10."""

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from coproduce.capabilities.approach import rules
from coproduce.capabilities.approach.terms import (
    ADVICE,
    CROSSWALK,
    PROMISES,
    QUESTIONS,
    Band,
    Complexity,
    Level,
    Said,
)
from coproduce.core.findings import Strength

SHORT = {"y": Said.YES, "p": Said.PARTLY, "n": Said.NO, "?": Said.NOT_SURE}


def answers(letters: str) -> dict[str, str]:
    """In the order of the questions: known method, specialist, daily lives, differs, too fast."""
    return {name: SHORT[letter].value for name, letter in zip(QUESTIONS, letters, strict=True)}


@pytest.mark.parametrize(
    "letters,complexity",
    [
        ("ynnnn", Complexity.SIMPLE),
        ("yynnn", Complexity.SIMPLE),
        ("nynnn", Complexity.COMPLICATED),
        ("pppnn", Complexity.COMPLICATED),
        ("nnynn", Complexity.COMPLEX),
        ("nnnyn", Complexity.COMPLEX),
        ("npppn", Complexity.COMPLEX),
        ("nyyyn", Complexity.COMPLEX),
        ("ynyyn", Complexity.NOT_SURE),
        ("ynyny", Complexity.CHAOTIC),
        ("????y", Complexity.CHAOTIC),
        ("??n?n", Complexity.NOT_SURE),
        ("nnnnn", Complexity.NOT_SURE),
    ],
)
def test_the_answers_suggest_a_kind_of_challenge(letters: str, complexity: Complexity) -> None:
    assert rules.suggested(answers(letters)).complexity == complexity


def test_every_set_of_answers_gets_a_suggestion_with_its_reason() -> None:
    for letters in product("ypn?", repeat=5):
        suggestion = rules.suggested(answers("".join(letters)))
        assert suggestion.reasons
        assert suggestion.advice.next


def test_acting_before_understanding_outweighs_everything_else() -> None:
    for letters in product("ypn?", repeat=4):
        assert rules.suggested(answers("".join(letters) + "y")).complexity == Complexity.CHAOTIC


def test_each_level_has_its_promise_its_band_and_its_names_elsewhere() -> None:
    assert [pair.level for pair in CROSSWALK] == list(Level)
    assert {level.value for level in Level} == set(PROMISES)
    assert [level.band for level in Level] == [Band.TO] * 2 + [Band.FOR] * 3 + [Band.WITH] * 2 + [Band.BEYOND]
    assert set(ADVICE) == set(Complexity)


@pytest.mark.parametrize("level", Level)
def test_R06_what_is_decided_blocks_consult_and_above_and_nothing_below(level: Level) -> None:
    found = list(rules.what_is_decided_is_only_told(foreword(decision_taken=True), level))
    assert [(one.rule, one.strength) for one in found] == (
        [("R06", Strength.REFUSE)] if level.place >= Level.CONSULT.place else []
    )
    assert not list(rules.what_is_decided_is_only_told(foreword(decision_taken=False), level))


def foreword(**facts: Any) -> Any:
    return SimpleNamespace(**facts)


@pytest.mark.parametrize(
    "complexity,level,warned",
    [
        (Complexity.SIMPLE, Level.CO_PRODUCE, True),
        (Complexity.CHAOTIC, Level.CO_PRODUCE, True),
        (Complexity.COMPLEX, Level.INFORM, True),
        (Complexity.COMPLEX, Level.CO_PRODUCE, False),
        (Complexity.SIMPLE, Level.INFORM, False),
        (Complexity.COMPLICATED, Level.CO_PRODUCE, False),
    ],
)
def test_R07_a_level_that_does_not_fit_warns_and_asks_for_a_reason(
    complexity: Complexity, level: Level, warned: bool
) -> None:
    found = list(rules.the_level_fits_the_challenge([complexity], level))
    assert [one.strength for one in found] == [Strength.WARN] * warned
    assert [one.strength for one in rules.an_odd_choice_has_its_reason(found, " ")] == [
        Strength.REFUSE
    ] * warned
    assert not list(rules.an_odd_choice_has_its_reason(found, "The people asked for it."))


def test_R07_what_was_suggested_counts_beside_what_was_confirmed() -> None:
    both = [Complexity.SIMPLE, Complexity.COMPLICATED]
    assert len(list(rules.the_level_fits_the_challenge(both, Level.CO_PRODUCE))) == 1


def test_R08_one_level_for_the_whole_project_warns() -> None:
    one, none = SimpleNamespace(level="inform"), SimpleNamespace(level="")
    [finding] = rules.each_decision_has_a_level_of_its_own([one, none])
    assert finding.strength == Strength.WARN
    assert not list(rules.each_decision_has_a_level_of_its_own([one, one]))
    assert not list(rules.each_decision_has_a_level_of_its_own([none]))


@pytest.mark.parametrize("dial,warned", [(0, True), (1, True), (2, False), (4, False), (None, False)])
def test_R09_co_production_with_less_than_half_of_the_decision_is_involvement(
    dial: int | None, warned: bool
) -> None:
    found = list(rules.co_production_shares_the_decision(Level.CO_PRODUCE, dial))
    assert [one.strength for one in found] == [Strength.WARN] * warned
    assert not list(rules.co_production_shares_the_decision(Level.INVOLVE, dial))


def test_R10_the_promise_is_shown_and_at_the_end_what_people_met() -> None:
    [promise] = rules.the_promise_is_shown(Level.CONSULT, "", [])
    assert (promise.strength, "We ask you before we decide" in str(promise.message)) == (Strength.SHOW, True)
    [own, met] = rules.the_promise_is_shown(Level.CO_DESIGN, "We draw it with you.", [Level.INVOLVE] * 3)
    assert "We draw it with you." in str(own.message)
    assert "less than was promised" in str(met.message)
    assert not list(rules.the_promise_is_shown("", "", [Level.INFORM] * 3))


def test_planned_beside_met_says_less_same_or_more_and_how_many() -> None:
    met = [Level.INFORM, Level.CONSULT, Level.CONSULT, Level.CO_DESIGN]
    assert rules.middle_of(met) == Level.CONSULT
    assert "3 of 4" in str(rules.compared(Level.CONSULT, met))
    assert "is the same" in str(rules.compared(Level.CONSULT, met))
    assert "more than was promised" in str(rules.compared(Level.INFORM, met))
    assert "1 of 4" in str(rules.compared(Level.INVOLVE, met))


def test_R31_fewer_than_three_answers_are_not_shown() -> None:
    assert rules.middle_of([Level.INFORM] * 2) is None
    assert "Fewer than three" in str(rules.compared(Level.CONSULT, [Level.INFORM] * 2))
