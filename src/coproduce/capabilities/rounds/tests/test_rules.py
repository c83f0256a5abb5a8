from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any

import pytest

from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.rounds import rules
from coproduce.capabilities.rounds.rules import GroupCount
from coproduce.capabilities.rounds.terms import (
    FIRST_WORDING,
    QUESTIONS,
    Intention,
    RaisedBarrier,
    Rated,
    State,
    Written,
)  # fmt: skip
from coproduce.core.findings import Strength

NOON = datetime(2025, 3, 2, 12, tzinfo=UTC)
LEADER, CITIZEN = Row(group_kind=GroupKind.LEADERS), Row(group_kind=GroupKind.CITIZENS)


def a_round(state: str = State.OPEN, seals_at: datetime = NOON) -> Any:
    return Row(state=state, seals_at=seals_at, opens_at=NOON - timedelta(days=14))


def strengths(found: Any) -> list[Strength]:
    return [finding.strength for finding in found]


def test_R25_each_missing_level_is_refused_by_name() -> None:
    full = {name: str(words) for name, words in FIRST_WORDING.items()}
    assert not list(rules.all_levels_are_asked(Row(wording=full)))
    for name in QUESTIONS:
        [finding] = rules.all_levels_are_asked(Row(wording=full | {name: "  "}))
        assert (finding.rule, finding.strength, finding.subject) == ("R25", Strength.REFUSE, name)


@pytest.mark.parametrize("invited,seated,warned", [
    ([CITIZEN], 2, 1), ([CITIZEN], 0, 1), ([CITIZEN, LEADER], 2, 1), ([LEADER, LEADER, CITIZEN], 2, 0),
])  # fmt: skip
def test_R26_warns_while_a_leader_is_not_invited(invited: list[Any], seated: int, warned: int) -> None:
    assert strengths(rules.leaders_answer_too(invited, leaders_seated=seated)) == [Strength.WARN] * warned


@pytest.mark.parametrize("state,minutes,on_time", [
    (State.OPEN, -1, True), (State.OPEN, 0, True), (State.OPEN, 1, False), (State.SEALED, -1, False),
])  # fmt: skip
def test_R27_on_time_ends_with_the_sealing_time_or_the_seal(state: str, minutes: int, on_time: bool) -> None:
    now = NOON + timedelta(minutes=minutes)
    assert rules.is_on_time(a_round(state), now) is on_time
    assert bool(list(rules.late_answers_are_marked(a_round(state), now))) is not on_time


def test_R30_the_first_answer_stays_after_the_seal_and_a_second_is_offered() -> None:
    [finding] = rules.first_answers_stay(a_round(State.SEALED), NOON, answered=True)
    assert finding.strength is Strength.REFUSE
    assert "second answer" in str(finding.message)
    assert not list(rules.first_answers_stay(a_round(), NOON, answered=True))
    assert not list(rules.first_answers_stay(a_round(State.SEALED), NOON, answered=False))


def test_R23_and_R24_before_the_seal_nobody_reads_and_facilitators_see_counts() -> None:
    for state in (State.DRAFT, State.OPEN):
        assert strengths(rules.others_answers_stay_closed(state)) == [Strength.REFUSE]
    assert not list(rules.others_answers_stay_closed(State.SEALED))
    assert strengths(rules.only_counts_before_the_seal(State.OPEN)) == [Strength.SHOW]


def test_R31_groups_with_one_or_two_answers_are_named() -> None:
    found = list(
        rules.small_groups_could_be_recognised({"Carers": 5, "Leaders": 2, "Partners": 1, "None": 0})
    )
    assert [finding.subject for finding in found] == ["Leaders", "Partners"]


def test_R109_an_answer_entered_for_someone_without_reading_back_is_warned() -> None:
    assert strengths(rules.what_is_entered_is_read_back(for_someone=True, read_back=False)) == [Strength.WARN]
    assert not list(rules.what_is_entered_is_read_back(for_someone=True, read_back=True))
    assert not list(rules.what_is_entered_is_read_back(for_someone=False, read_back=False))


@dataclass(frozen=True)
class Reader:
    lot: str
    is_leader: bool = False


READERS = [Reader(f"leader {i}", True) for i in range(3)] + [Reader(f"other {i}") for i in range(5)]


def test_R28_no_leader_is_in_the_first_two_places_whatever_the_seed() -> None:
    for number in range(200):
        order = rules.reading_order(number.to_bytes(32), READERS)
        assert sorted(reader.lot for reader in order) == sorted(reader.lot for reader in READERS)
        assert not any(reader.is_leader for reader in order[:2])


def test_R28_the_same_seed_gives_the_same_order_and_every_reader_can_be_anywhere_else() -> None:
    seed = b"s" * 32
    assert rules.reading_order(seed, READERS) == rules.reading_order(seed, reversed(READERS))
    third = {rules.reading_order(number.to_bytes(32), READERS)[2].lot for number in range(300)}
    assert third == {reader.lot for reader in READERS}
    first = {rules.reading_order(number.to_bytes(32), READERS)[0].lot for number in range(300)}
    assert first == {reader.lot for reader in READERS if not reader.is_leader}


def test_R28_shows_the_seed_and_says_so_when_only_leaders_answered() -> None:
    leaders = READERS[:3]
    order = rules.reading_order(b"s" * 32, leaders)
    assert len(order) == 3
    words = " ".join(str(finding.message) for finding in rules.the_order_is_random(b"s" * 32, order))
    assert "Only leaders" in words
    assert (b"s" * 32).hex() in words


def test_a_seal_before_its_time_needs_everyone_or_a_named_reason() -> None:
    early = NOON - timedelta(days=1)
    assert strengths(rules.a_seal_waits_for_its_time(now=early, seals_at=NOON, missing=1)) == [
        Strength.REFUSE_UNLESS_NAMED
    ]
    assert not list(rules.a_seal_waits_for_its_time(now=early, seals_at=NOON, missing=0))
    assert not list(rules.a_seal_waits_for_its_time(now=NOON, seals_at=NOON, missing=9))


@pytest.mark.parametrize("wrong,subject", [
    (Written(me=Rated("", 4)), "me_rating"),
    (Written(around=Rated("", -4)), "around_rating"),
    (Written(confidence=6), "confidence"),
    (Written(basis=("gossip",)), "basis"),
    (Written(intention=Intention(("save_money", "fairness", "other"))), "intents"),
    (Written(intention=Intention(("save_money",), dont_know=True)), "intents"),
    (Written(intention=Intention(("power",))), "intents"),
    (Written(intention=Intention(("fairness", "fairness"))), "intents"),
    (Written(barriers=(RaisedBarrier(" ", 1),)), ""),
    (Written(barriers=(RaisedBarrier("Bus", 4),)), ""),
    (Written(barriers=(RaisedBarrier("Bus", 1, 0),)), ""),
    (Written(barriers=(RaisedBarrier("Bus", 1, 1, 6),)), ""),
    (Written(barriers=(RaisedBarrier("Bus", 1, built_on="gossip"),)), ""),
    (Written(barriers=(RaisedBarrier("Bus", 1),) * 31), ""),
])  # fmt: skip
def test_an_answer_off_its_scales_is_refused(wrong: Written, subject: str) -> None:
    [finding] = rules.an_answer_is_in_order(wrong)
    assert (finding.strength, finding.subject) == (Strength.REFUSE, subject)


def test_everything_may_be_skipped_and_unrated() -> None:
    assert not list(rules.an_answer_is_in_order(Written()))
    assert not list(rules.an_answer_is_in_order(Written(barriers=(RaisedBarrier("No bus", 2),))))


def test_small_groups_are_counted_together_and_never_alone() -> None:
    groups = [GroupCount("Citizens", 7, 6), GroupCount("Carers", 4, 2), GroupCount("Leaders", 2, 1)]
    assert rules.counted_together(groups, "Others") == [
        GroupCount("Citizens", 7, 6),
        GroupCount("Others", 6, 3),
    ]
    two = [GroupCount("A", 5, 5), GroupCount("B", 2, 0), GroupCount("C", 1, 1)]
    assert rules.counted_together(two, "Others") == [GroupCount("A", 5, 5), GroupCount("Others", 3, 1)]
    assert rules.counted_together(groups[:2], "Others") == groups[:2]
    assert rules.counted_together([GroupCount("A", 2, 1)], "Others") == [GroupCount("Others", 2, 1)]
    assert rules.counted_together([], "Others") == []
