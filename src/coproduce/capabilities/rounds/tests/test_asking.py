"""What a round may ask, and what may be answered to it: pure rules and value types."""

import string
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.rounds import rules
from coproduce.capabilities.rounds.rules.easy_read import words_in
from coproduce.capabilities.rounds.terms import (
    FIRST_WORDINGS,
    QUESTIONS,
    Extra,
    Kind,
    Question,
    RaisedBarrier,
    Rated,
    Written,
    canonical_tag,
    direction,
    is_a_tag,
    numbered,
    own_name,
)
from coproduce.core.findings import Strength

BUS = Question("q1", "How do you come?", "one of", ("By bus", "On foot"))
DAYS = Question("q2", "Which days?", "some of", ("Monday", "Friday"))
AGAIN = Question("q3", "Again?", "yes or no")
CLEAR = Question("q4", "How clear?", "scale")
NAME = Question("q5", "A name?", "short text")
ASKED = (BUS, DAYS, AGAIN, CLEAR, NAME)


def messages(found: Any) -> list[str]:
    return [str(one.message) for one in found]


@pytest.mark.parametrize("kind", Kind)
def test_R25_each_kind_of_round_comes_with_all_three_levels_and_barriers(kind: Kind) -> None:
    asks = SimpleNamespace(wording={name: str(words) for name, words in FIRST_WORDINGS[kind].items()})
    assert list(rules.all_levels_are_asked(asks)) == []
    assert set(asks.wording) == set(QUESTIONS)


def test_R25_another_language_asks_all_levels_too() -> None:
    whole = dict.fromkeys(QUESTIONS, "Geiriau")
    lame = SimpleNamespace(translations={"cy": whole, "pl": whole | {"level_2": " "}})
    [found] = rules.every_language_asks_all_levels(lame)
    assert (found.rule, found.strength) == ("R25", Strength.REFUSE)
    assert "Polski" in str(found.message)


def test_a_re_rating_follows_an_opened_round_and_nothing_else_does() -> None:
    again, first = (SimpleNamespace(kind=kind, follows_id=1) for kind in (Kind.RE_RATING, Kind.FOCUS_GROUP))
    assert not list(rules.a_re_rating_follows_an_opened_round(again, follows_is_open=True))
    assert (
        "must be open" in messages(rules.a_re_rating_follows_an_opened_round(again, follows_is_open=False))[0]
    )
    assert messages(rules.a_re_rating_follows_an_opened_round(first, follows_is_open=True))
    without = SimpleNamespace(kind=Kind.RE_RATING, follows_id=None)
    assert messages(rules.a_re_rating_follows_an_opened_round(without, follows_is_open=True))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([replace(BUS, words=" ")], "in words"),
        ([replace(BUS, form="drawing")], "how each question"),
        ([replace(BUS, options=("By bus",))], "between 2 and 12"),
        ([replace(BUS, options=tuple(string.ascii_lowercase[:13]))], "between 2 and 12"),
        ([replace(BUS, options=("By bus", "By bus"))], "are the same"),
        ([BUS, replace(DAYS, id="q1")], "same name"),
        ([replace(NAME, id=f"q{number}") for number in range(21)], "no more than 20"),
    ],
)
def test_extra_questions_that_are_out_of_order_are_refused(wrong: list[Question], words: str) -> None:
    assert any(words in one for one in messages(rules.extra_questions_are_in_order(wrong)))


def test_twenty_questions_in_order_are_fine() -> None:
    assert not list(rules.extra_questions_are_in_order([replace(NAME, id=f"q{n}") for n in range(20)]))


def test_questions_keep_their_names_when_others_come_and_go() -> None:
    plain = [{"words": "Old", "form": "scale", "id": "q2"}, {"words": "New", "form": "scale"}]
    assert [one.id for one in numbered(plain)] == ["q2", "q1"]
    assert [one.id for one in numbered([{"words": "A"}, {"words": "B"}])] == ["q1", "q2"]


@pytest.mark.parametrize(
    "wrong",
    [
        Extra("q1", ("By boat",)), Extra("q1", ("By bus", "On foot")), Extra("q1", ()),
        Extra("q2", ("Monday", "Monday")), Extra("q3", ("perhaps",)), Extra("q4", ("6",)),
        Extra("q5", ("x" * 201,)), Extra("q9", ("By bus",)),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_its_question_is_refused(wrong: Extra) -> None:
    assert list(rules.extra_answers_fit_their_questions(Written(extra=(wrong,)), ASKED))


def test_each_question_can_be_skipped_and_none_is_answered_twice() -> None:
    right = (Extra("q2", ("Monday", "Friday")), Extra("q4", ("5",)), Extra("q3", ("no",)))
    assert not list(rules.extra_answers_fit_their_questions(Written(extra=right), ASKED))
    assert not list(rules.extra_answers_fit_their_questions(Written(), ASKED))
    twice = Written(extra=(Extra("q4", ("5",)), Extra("q4", ("1",))))
    assert "twice" in messages(rules.extra_answers_fit_their_questions(twice, ASKED))[0]


def test_only_a_premortem_weighs_reasons_and_only_rated_rounds_take_ratings() -> None:
    reason = Written(
        barriers=(RaisedBarrier("It rained", 1, likelihood="high", impact="low", early_sign="Clouds"),)
    )
    assert not list(rules.an_answer_fits_the_kind(reason, Kind.PREMORTEM))
    assert messages(rules.an_answer_fits_the_kind(reason, Kind.BARRIERS_ONLY))
    assert messages(rules.an_answer_fits_the_kind(Written(me=Rated("x", 1)), Kind.PREMORTEM))
    huge = Written(barriers=(RaisedBarrier("It rained", 1, likelihood="huge"),))
    assert messages(rules.an_answer_fits_the_kind(huge, Kind.PREMORTEM))


def test_an_answer_names_only_a_language_of_the_round() -> None:
    assert not list(rules.an_answer_names_a_language_of_the_round(Written(language="cy"), ["cy"]))
    assert list(rules.an_answer_names_a_language_of_the_round(Written(language="pl"), ["cy"]))


@pytest.mark.parametrize(
    ("typed", "tag", "runs"),
    [
        ("CY", "cy", "ltr"), ("pa_arab_pk", "pa-Arab-PK", "rtl"), ("ur", "ur", "rtl"), ("pa", "pa", "ltr"),
        ("zh-hant", "zh-Hant", "ltr"), ("en-x-EasyRead", "en-x-easyread", "ltr"), ("ku-latn", "ku-Latn", "ltr"),
        ("es-419", "es-419", "ltr"), ("ar-latn", "ar-Latn", "ltr"),
    ],
)  # fmt: skip
def test_a_language_tag_has_one_spelling_and_a_direction(typed: str, tag: str, runs: str) -> None:
    assert canonical_tag(typed) == tag
    assert is_a_tag(tag)
    assert direction(tag) == runs


@pytest.mark.parametrize("typed", ["", "w", "welsh language", "cy-", "<b>", "e1", "x" * 40])
def test_what_is_no_language_tag_is_refused(typed: str) -> None:
    assert not is_a_tag(typed)
    assert list(rules.a_language_has_its_tag(typed))


def test_languages_go_by_their_own_names() -> None:
    assert (own_name("cy"), own_name("en-x-easyread"), own_name("kw")) == ("Cymraeg", "Easy Read", "kw")


def test_R108_a_sentence_of_sixteen_words_is_too_long_for_easy_read() -> None:
    fifteen = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen."
    assert not list(rules.easy_read_sentences_are_short([f"{fifteen} {fifteen}\n{fifteen}"]))
    [found] = rules.easy_read_sentences_are_short([f"Short. {fifteen[:-1]} sixteen."])
    assert (found.rule, found.strength) == ("R108", Strength.WARN)
    assert "16 words" in str(found.message)
    assert "Short." not in str(found.message)


def test_a_text_is_taken_apart_into_its_sentences() -> None:
    assert rules.sentences("What gets better? Tell us.\nOr not") == [
        "What gets better?",
        "Tell us.",
        "Or not",
    ]
    assert words_in("Who's at the day-centre?") == 4


SEATS = st.integers(1, 99).map(lambda number: f"P{number:02}")


@given(SEATS, st.sampled_from(["R2-AB3F", "R11-09C1"]))
def test_a_code_is_read_however_it_is_typed(seat: str, round_code: str) -> None:
    code = rules.paper_code(round_code, seat)
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code} "):
        read = rules.read_code(typed)
        assert read is not None
        assert read.seat == seat
        assert rules.fits(read, round_code)


@given(SEATS, st.sampled_from("0123456789"), st.integers(1, 2))
def test_one_wrong_digit_never_gives_the_code_of_somebody_else(seat: str, digit: str, place: int) -> None:
    letter = rules.check_letter("R2-AB3F", seat)
    slip = seat[:place] + digit + seat[place + 1 :]
    assert (rules.check_letter("R2-AB3F", slip) == letter) == (slip == seat)


@given(SEATS)
def test_two_digits_that_changed_places_are_found(seat: str) -> None:
    swapped = f"P{seat[2]}{seat[1]}"
    same = rules.check_letter("R2-AB3F", swapped) == rules.check_letter("R2-AB3F", seat)
    assert same == (swapped == seat)


@pytest.mark.parametrize("typed", ["", "K", "P04-4", "--", "!"])
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert rules.read_code(typed) is None


def test_late_answers_that_were_typed_in_are_told_from_those_given_late() -> None:
    assert rules.is_transcribed_late(is_late=True, entered_for_someone=True)
    assert not rules.is_transcribed_late(is_late=True, entered_for_someone=False)
    assert not rules.is_transcribed_late(is_late=False, entered_for_someone=True)
