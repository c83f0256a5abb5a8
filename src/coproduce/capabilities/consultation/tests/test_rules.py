from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from coproduce.capabilities.consultation import rules
from coproduce.capabilities.consultation.terms import Channel, Stage
from coproduce.core.findings import Finding, Strength

OPENS = date(2025, 5, 12)
SUMMER = SimpleNamespace(
    kind="school_holiday", name="Summer holiday", starts_on=date(2025, 7, 23), ends_on=date(2025, 9, 2)
)
ELECTION = SimpleNamespace(
    kind="pre_election", name="County elections", starts_on=date(2025, 3, 25), ends_on=date(2025, 5, 1)
)


def plan(closes: date, opens: date = OPENS, **more: Any) -> Any:
    usual = {
        "opens_on": opens, "closes_on": closes, "days": (closes - opens).days, "why_short": "", "mitigation": "",
        "late_until": None, "decides_on": None, "publishes_on": None, "reviews_on": None,
    }  # fmt: skip
    return SimpleNamespace(**usual | more)


def found(findings: Any) -> list[tuple[str, Strength]]:
    return [(one.rule, one.strength) for one in findings]


def only(findings: Any) -> Finding:
    [one] = findings
    return one


def test_R74_eleven_days_are_refused_unless_somebody_is_named() -> None:
    one = only(rules.a_consultation_is_long_enough(plan(date(2025, 5, 23))))
    assert (one.rule, one.strength, one.subject) == ("R74", Strength.REFUSE_UNLESS_NAMED, "closes_on")
    assert "11 days" in str(one.message)


@pytest.mark.parametrize("days,is_refused", [(13, True), (14, False), (84, False)])
def test_R74_fourteen_days_are_the_least(days: int, is_refused: bool) -> None:
    assert bool(list(rules.a_consultation_is_long_enough(plan(OPENS + timedelta(days))))) == is_refused


def test_R75_thirty_five_days_warn_and_ask_why() -> None:
    one = only(rules.a_consultation_takes_the_usual_time(plan(date(2025, 6, 16))))
    assert (one.rule, one.strength) == ("R75", Strength.WARN)
    assert "35 days" in str(one.message)
    assert str(one.message).endswith("Say why it is shorter.")
    told = only(
        rules.a_consultation_takes_the_usual_time(plan(date(2025, 6, 16), why_short="The law changes."))
    )
    assert str(told.message).endswith("The law changes.")


@pytest.mark.parametrize("days,warns", [(13, False), (14, True), (83, True), (84, False), (90, False)])
def test_R75_from_14_to_83_days(days: int, warns: bool) -> None:
    assert bool(list(rules.a_consultation_takes_the_usual_time(plan(OPENS + timedelta(days))))) == warns


def test_R76_twelve_weeks_into_the_summer_warn_of_the_school_holiday() -> None:
    late = list(rules.busy_times_are_answered(plan(date(2025, 8, 4)), [date(2025, 5, 26)], [SUMMER]))
    assert found(late) == [("R76", Strength.WARN)] * 2
    assert "26 May" in str(late[0].message)
    assert "Summer holiday" in str(late[1].message)
    assert "Say what you do about it." in str(late[1].message)
    answered = list(
        rules.busy_times_are_answered(plan(date(2025, 8, 4), mitigation="Two drop-ins more."), [], [SUMMER])
    )
    assert str(answered[0].message).endswith("Two drop-ins more.")


def test_R76_a_launch_on_14_april_falls_into_the_pre_election_period() -> None:
    one = only(rules.busy_times_are_answered(plan(date(2025, 7, 7), date(2025, 4, 14)), [], [ELECTION]))
    assert (one.rule, one.strength) == ("R76", Strength.WARN)
    assert "pre-election period" in str(one.message)


def test_R76_what_ends_the_day_before_or_begins_the_day_after_is_no_overlap() -> None:
    touching = plan(date(2025, 7, 22), date(2025, 5, 2))
    assert not list(rules.busy_times_are_answered(touching, [date(2025, 7, 23)], [SUMMER, ELECTION]))


def test_R77_online_only_is_refused_unless_somebody_is_named() -> None:
    assert found(rules.nobody_is_asked_online_only([Channel.WEB])) == [("R77", Strength.REFUSE_UNLESS_NAMED)]
    assert found(rules.nobody_is_asked_online_only([])) == [("R77", Strength.REFUSE_UNLESS_NAMED)]
    assert not list(rules.nobody_is_asked_online_only([Channel.WEB, Channel.PAPER]))


def test_R78_a_format_that_is_late_warns() -> None:
    ready = SimpleNamespace(name="Large print", ready_on=OPENS)
    late = SimpleNamespace(name="Easy Read", ready_on=OPENS + timedelta(9))
    never = SimpleNamespace(name="Urdu", ready_on=None)
    warned = list(rules.formats_are_ready([ready, late, never], OPENS))
    assert found(warned) == [("R78", Strength.WARN)] * 2
    assert ["Easy Read" in str(warned[0].message), "Urdu" in str(warned[1].message)] == [True, True]


def test_R79_publication_review_and_the_list_are_promised() -> None:
    bare = SimpleNamespace(publishes_on=None, reviews_on=None, offers_outcomes=False)
    refused = list(rules.people_hear_what_happened(bare))
    assert {one.subject for one in refused} == {"publishes_on", "reviews_on", "offers_outcomes"}
    assert found(refused) == [("R79", Strength.REFUSE)] * 3
    full = SimpleNamespace(publishes_on=OPENS, reviews_on=OPENS, offers_outcomes=True)
    assert not list(rules.people_hear_what_happened(full))


def test_R80_each_decision_maker_says_how_they_considered_the_replies() -> None:
    said, silent = SimpleNamespace(statement="I read them all."), SimpleNamespace(statement=" ")
    assert found(rules.a_decision_names_how_replies_were_considered([said, silent], closed=True)) == [
        ("R80", Strength.REFUSE)
    ]
    assert not list(rules.a_decision_names_how_replies_were_considered([said], closed=True))


def test_R80_not_before_the_close_and_not_without_names() -> None:
    said = SimpleNamespace(statement="I read them all.")
    assert list(rules.a_decision_names_how_replies_were_considered([said], closed=False))
    assert list(rules.a_decision_names_how_replies_were_considered([], closed=True))


def test_R03_becomes_a_refusal_for_whoever_does_not_answer_for_it_by_name() -> None:
    refused = list(rules.dropped_options_are_listed([]))
    assert found(refused) == [("R03", Strength.REFUSE_UNLESS_NAMED)] * 2


@pytest.mark.parametrize("days,words", [
    (84, "84 days (12 weeks)"), (11, "11 days (1 week and 4 days)"), (6, "6 days"), (15, "15 days (2 weeks and 1 day)"),
])  # fmt: skip
def test_dates_become_days_and_weeks(days: int, words: str) -> None:
    assert rules.length_in_words(days) == words


@pytest.mark.parametrize("lead,warns", [(None, True), (27, True), (28, False), (90, False)])
def test_people_are_told_a_month_before(lead: int | None, warns: bool) -> None:
    assert bool(list(rules.people_are_told_early(lead))) == warns


def test_a_decision_before_the_closing_date_is_refused() -> None:
    wrong = plan(date(2025, 8, 4), decides_on=date(2025, 8, 4), late_until=date(2025, 8, 1))
    assert {one.subject for one in rules.dates_stand_in_order(wrong)} == {"decides_on", "late_until"}


def test_late_paper_still_counts_and_late_web_does_not() -> None:
    asked = plan(date(2025, 8, 4), late_until=date(2025, 8, 11))
    on = {"said_on": date(2025, 8, 9)}
    assert not list(rules.a_reply_is_in_time(asked, channel=Channel.PAPER, **on))
    assert found(rules.a_reply_is_in_time(asked, channel=Channel.WEB, **on)) == [("C16", Strength.REFUSE)]
    later = {"said_on": date(2025, 8, 12)}
    assert found(rules.a_reply_is_in_time(asked, channel=Channel.PAPER, **later)) == [("C16", Strength.WARN)]


def test_R78_who_waited_for_a_format_has_time_from_the_day_it_is_ready() -> None:
    asked = plan(date(2025, 8, 4))
    own = {"said_on": date(2025, 8, 20), "own_last_day": date(2025, 8, 25)}
    assert not list(rules.a_reply_is_in_time(asked, channel=Channel.WEB, **own))
    assert rules.last_day_of_all(asked, [date(2025, 8, 25), None]) == date(2025, 8, 25)


@pytest.mark.parametrize("stage,takes", [
    (Stage.DRAFT, False), (Stage.WAITING, False), (Stage.OPEN, True), (Stage.ENDED, True), (Stage.CLOSED, False),
])  # fmt: skip
def test_replies_are_taken_while_it_is_open(stage: Stage, takes: bool) -> None:
    assert bool(list(rules.only_an_open_consultation_takes_replies(stage))) != takes


def test_a_form_of_another_consultation_is_not_typed_in_here() -> None:
    assert not list(rules.a_paper_form_has_our_code(" abc-de ", "ABCDE"))
    assert list(rules.a_paper_form_has_our_code("ABCDF", "ABCDE"))


@pytest.mark.parametrize("text,expected", [
    ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
    ("first line\nsecond line", ["first line", "second line"]),
    ("It costs 2.50 a day. Too much", ["It costs 2.50 a day.", "Too much"]),
    ("…", ["…"]), ("!!!", ["!!!"]), ("  ", []), ("", []),
])  # fmt: skip
def test_words_are_cut_into_sentences_that_stand_where_they_say(text: str, expected: list[str]) -> None:
    pieces = rules.stretches(text)
    assert [piece.words for piece in pieces] == expected
    assert all(text[piece.start : piece.end] == piece.words for piece in pieces)


def test_a_lot_is_the_same_for_everyone_who_draws_it_again() -> None:
    drawn = rules.lot("seed", range(1, 41), 20)
    assert drawn == rules.lot("seed", reversed(range(1, 41)), 20)
    assert len(drawn) == 8
    assert drawn != rules.lot("another", range(1, 41), 20)
    assert rules.lot("seed", [5], 1) == [5]


def test_a_report_waits_for_the_close_the_decision_and_the_coding() -> None:
    ready = {"closed": True, "decided_words": "Agreed.", "uncoded": 0}
    assert not list(rules.a_report_says_what_came_of_it(**ready))
    for gap in ({"closed": False}, {"decided_words": " "}, {"uncoded": 2}):
        assert list(rules.a_report_says_what_came_of_it(**ready | gap))


def test_the_first_three_gunning_tests_need_their_evidence() -> None:
    bare = SimpleNamespace(gunning_open="", gunning_information="The draft.", gunning_time=" ")
    missing = {one.subject for one in rules.the_first_three_gunning_tests_are_met(bare)}
    assert missing == {"gunning_open", "gunning_time"}
