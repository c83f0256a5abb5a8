"""Clocks, likeness, codes on paper, and what may follow an answer: without a database."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules import decisions, printed, replies
from coproduce.capabilities.drafting.rules.alike import Said, gathered, likeness, only_in, words_in
from coproduce.capabilities.drafting.rules.blocks import split
from coproduce.capabilities.drafting.rules.clocks import Clock, due, remind_on
from coproduce.capabilities.drafting.rules.replay import Op, OpKind, replay
from coproduce.capabilities.drafting.terms import Outcome

FRIDAY = date(2025, 8, 22)
PROJECT = UUID(int=7)


def rules_of(findings: Any) -> list[str]:
    return [one.rule for one in findings]


# The clock


@pytest.mark.parametrize(
    "due_on,clock,days",
    [
        (None, Clock.NO_DATE, 0),
        (date(2025, 8, 21), Clock.LATE, 1),
        (date(2025, 8, 15), Clock.LATE, 5),
        (FRIDAY, Clock.SOON, 0),
        # 25 August 2025 is a bank holiday in England, and none in Scotland.
        (date(2025, 8, 26), Clock.SOON, 1),
        (date(2025, 9, 1), Clock.SOON, 5),
        (date(2025, 9, 2), Clock.LATER, 6),
    ],
)
def test_the_clock_counts_working_days_and_is_not_late_on_the_day(
    due_on: date | None, clock: Clock, days: int
) -> None:
    assert due(due_on, FRIDAY, "england") == (clock, days)


def test_a_promise_that_fell_on_a_weekend_is_a_day_late_on_monday() -> None:
    assert due(date(2025, 8, 16), date(2025, 8, 18), "england") == (Clock.LATE, 1)


def test_others_are_reminded_after_twenty_working_days() -> None:
    assert remind_on(date(2025, 8, 4), "england") == date(2025, 9, 2)
    # Scotland's summer holiday is on 4 August itself, so none falls between.
    assert remind_on(date(2025, 8, 4), "scotland") == date(2025, 9, 1)


# Likeness


def test_likeness_is_the_share_of_words_in_common() -> None:
    assert likeness(words_in("Visit at night"), words_in("visit US at night!")) == pytest.approx(6 / 7)
    assert likeness(words_in("twice twice"), words_in("twice")) == pytest.approx(2 / 3)
    assert likeness([], []) == 0


def test_near_copies_are_gathered_round_the_first_and_the_single_voice_is_not_lost() -> None:
    campaign = "Keep the night bus from the hospital to the villages"
    said = [
        Said("S01", "change", words_in(campaign)),
        Said("S02", "change", words_in("Give carers a key to the ward")),
        Said("S03", "change", words_in(campaign + " please")),
        Said("S04", "ask", words_in(campaign)),
        Said("S05", "change", words_in("PLEASE " + campaign.lower())),
    ]
    (one,) = gathered(said)
    assert one.first == "S01"
    assert [key for key, _share in one.others] == ["S03", "S05"]


def test_not_turns_the_meaning_and_is_shown_to_the_person_who_confirms() -> None:
    one, other = (
        words_in("Close the day centre on Fridays"),
        words_in("Do not close the day centre on Fridays"),
    )
    assert likeness(one, other) >= 0.8
    assert only_in(other, one) == ["do", "not"]


words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=14)


@given(st.lists(words, max_size=25))
def test_the_quick_way_finds_what_comparing_all_pairs_finds(texts: list[list[str]]) -> None:
    firsts: list[int] = []
    expected: dict[int, list[int]] = {}
    for number, text in enumerate(texts):
        best = max(((likeness(text, texts[at]), -at) for at in firsts), default=(0.0, 0))
        if best[0] >= 0.8:
            expected.setdefault(-best[1], []).append(number)
        else:
            firsts.append(number)
    found = gathered(Said(number, "", text) for number, text in enumerate(texts))
    assert {one.first: [key for key, _share in one.others] for one in found} == expected


# Codes on paper


def test_a_code_is_read_back_however_it_was_copied() -> None:
    code = printed.code_of(PROJECT, "D1", 96)
    for typed in (code, code.lower(), f"  {code.replace('-', ' ')} ", code.replace("-", " - ")):
        assert printed.read_code(PROJECT, typed) == ("D1", 96)


def test_a_slip_of_the_pen_is_no_code() -> None:
    code = printed.code_of(PROJECT, "D1", 96)
    other = "A" if code[-1] != "A" else "B"
    assert printed.read_code(PROJECT, code[:-1] + other) is None
    assert printed.read_code(UUID(int=8), code) is None
    for typed in ("", "D1", "D1-96", "96-D1-AA", "D1-96-77-77", "D1-٩٦-AA", "D1-" + "9" * 40 + "-AA"):
        assert printed.read_code(PROJECT, typed) is None


@given(st.integers(1, 900), st.integers(0, 9))
def test_most_wrong_digits_in_the_number_of_a_passage_are_caught(place: int, digit: int) -> None:
    copy = printed.Printed("D1", 96)
    right = printed.number_of(PROJECT, "D1", 96, place)
    assert printed.read_number(PROJECT, copy, right.lower()) == place
    wrong = f"{digit}{right}"
    assert printed.read_number(PROJECT, copy, wrong) in (None, int(wrong[:-1]))


def test_passages_are_numbered_as_they_stand_and_blank_lines_are_not() -> None:
    texts = split("# One\n\nTwo\n\n* Three\n* Four\n")
    state = replay(Op(n, OpKind.INSERT_BLOCK, n, n - 1, 0, "", text) for n, text in enumerate(texts, 1))
    numbered = printed.numbered(state)
    assert [state.blocks[id].text.strip() for id in numbered] == ["# One", "Two", "* Three", "* Four"]
    assert printed.passage(state, 2) == numbered[1]
    assert printed.passage(state, 0) is None
    assert printed.passage(state, 5) is None


# After the answer


def reply(**changes: Any) -> Any:
    return SimpleNamespace(**{"verdict": "not", "words": "What of nights?", "asks_again": True, **changes})


def test_asking_again_needs_dissatisfaction_and_words_and_happens_once() -> None:
    assert not list(replies.asking_again_has_its_words(reply(), asked_before=False))
    for changes, subject in (
        ({"verdict": "satisfied"}, "asks_again"), ({"words": "  "}, "words"), ({"verdict": "maybe"}, "verdict"),
    ):  # fmt: skip
        found = list(replies.asking_again_has_its_words(reply(**changes), asked_before=False))
        assert [one.subject for one in found] == [subject]
    (again,) = replies.asking_again_has_its_words(reply(), asked_before=True)
    assert "once" in str(again.message)


def test_nobody_replies_to_an_answer_that_they_have_not_seen() -> None:
    def said(**facts: Any) -> list[str]:
        usual = {"newest": 1, "meant": 1, "replied": False, "withdrawn": False}
        return [
            str(one.message) for one in replies.a_reply_is_to_the_answer_that_counts(**{**usual, **facts})
        ]

    assert said() == []
    assert "newer answer" in said(newest=2)[0]
    assert "already" in said(replied=True)[0]
    assert "no answer" in said(newest=None)[0]
    assert "withdrawn" in said(withdrawn=True)[0]


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.PASSED_ON])
def test_a_second_answer_cannot_unsay_words_in_the_text(outcome: str) -> None:
    assert list(replies.an_answer_keeps_what_is_in_the_text(before=Outcome.IN_PART, outcome=outcome))
    assert not list(replies.an_answer_keeps_what_is_in_the_text(before=Outcome.DECLINED, outcome=outcome))
    assert not list(
        replies.an_answer_keeps_what_is_in_the_text(before=Outcome.IN_PART, outcome=Outcome.IN_PART)
    )


def test_R86_the_second_decider_is_told_what_was_decided_and_why() -> None:
    (found,) = decisions.an_open_suggestion_is_decided_once(
        status="declined", decided_by="Marta", answer="Declined", reason="Nights cost more."
    )
    assert str(found.message) == "Marta has decided this already: Declined. Nights cost more."
    (withdrawn,) = decisions.an_open_suggestion_is_decided_once(status="withdrawn", decided_by="")
    assert "withdrawn" in str(withdrawn.message)


def test_R86_words_are_taken_out_with_a_reason_that_does_not_repeat_them() -> None:
    def found(**facts: Any) -> list[str]:
        usual = {"reason": "It names a neighbour.", "passage": "Mr Smith", "found": True}
        return [one.subject for one in replies.a_redaction_has_its_reason(**{**usual, **facts})]

    assert found() == []
    assert found(reason=" ") == ["reason"]
    assert found(found=False) == ["passage"]
    assert found(reason="It names mr smith.") == ["reason"]
    assert found(passage="", found=True) == []


def test_a_reply_from_others_has_words_and_a_day_that_can_be() -> None:
    def found(**facts: Any) -> list[str]:
        usual = {"reply": "Yes", "on": FRIDAY, "sent_on": date(2025, 8, 1), "today": FRIDAY}
        return [one.subject for one in replies.a_reply_from_others_is_dated(**{**usual, **facts})]

    assert found() == []
    assert found(reply=" ") == ["reply"]
    assert found(on=None) == found(on=date(2025, 7, 31)) == found(on=date(2025, 8, 23)) == ["replied_on"]


def test_support_is_for_others_while_they_wait() -> None:
    assert not list(replies.support_is_for_others(own=False, is_open=True))
    assert list(replies.support_is_for_others(own=True, is_open=True))
    assert list(replies.support_is_for_others(own=False, is_open=False))
    assert rules_of(replies.only_what_was_passed_on_waits("accepted", replied=False)) == ["C17"]
    assert rules_of(replies.only_what_was_passed_on_waits("passed_on", replied=True)) == ["C17"]
