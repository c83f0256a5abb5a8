from datetime import date
from types import SimpleNamespace

import pytest

from coproduce.capabilities.charter import rules
from coproduce.capabilities.charter.terms import (
    Commitment,
    Limits,
    Measure,
    Miss,
    Point,
    PointKind,
    Score,
    Verdict,
)
from coproduce.core.findings import Refused, settle

LIMITS = Limits()
DUE = date(2025, 9, 2)


def answers(on_time: int, late: int, *more: Point) -> list[Point]:
    given = [Point(PointKind.SUGGESTION, f"S{n}", "", DUE, DUE) for n in range(on_time)]
    tardy = [
        Point(PointKind.SUGGESTION, f"L{n}", "", DUE, date(2025, 9, 9), (Miss.LATE,)) for n in range(late)
    ]
    return [*given, *tardy, *more]


@pytest.mark.parametrize(
    "on_time,late,met", [(37, 3, False), (38, 2, True), (19, 1, True), (18, 1, False), (1, 0, True)]
)
def test_answers_are_met_from_exactly_95_per_cent(on_time: int, late: int, met: bool) -> None:
    found = rules.measure(Commitment.ANSWERED, answers(on_time, late), LIMITS)
    assert (found.met, found.part, found.whole) == (met, on_time, on_time + late)


def test_37_of_40_are_92_5_per_cent() -> None:
    assert rules.measure(Commitment.ANSWERED, answers(37, 3), LIMITS).percent == 92.5


def test_an_answer_that_is_not_due_yet_waits_and_one_that_is_missing_counts() -> None:
    waits = Point(PointKind.SUGGESTION, "S", "", DUE)
    assert rules.measure(Commitment.ANSWERED, [waits], LIMITS).met is None
    missing = Point(PointKind.SUGGESTION, "S", "", DUE, None, (Miss.NO_ANSWER, Miss.LATE))
    found = rules.measure(Commitment.ANSWERED, answers(99, 0, waits, missing), LIMITS)
    assert (found.met, found.part, found.whole) == (False, 99, 100)


@pytest.mark.parametrize("miss", [Miss.NO_REASON, Miss.NO_FIGURES])
def test_one_answer_without_its_reason_or_figures_is_enough(miss: Miss) -> None:
    bare = Point(PointKind.SUGGESTION, "S", "", DUE, DUE, (miss,))
    assert rules.measure(Commitment.ANSWERED, answers(99, 0, bare), LIMITS).met is False


@pytest.mark.parametrize("sent,unsent,met", [(9, 1, True), (8, 1, False), (0, 0, True)])
def test_updates_are_met_from_90_per_cent_and_parts_from_all(sent: int, unsent: int, met: bool) -> None:
    part = Point(PointKind.PART, "", "", DUE, DUE)
    updates = [Point(PointKind.UPDATE, "", "")] * sent + [
        Point(PointKind.UPDATE, "", "", misses=(Miss.NOT_SENT,))
    ] * unsent
    assert rules.measure(Commitment.INFORMED, [part, *updates], LIMITS).met is met
    undated = Point(PointKind.PART, "", "", DUE, None, (Miss.NO_DATES,))
    assert rules.measure(Commitment.INFORMED, [part, undated, *updates], LIMITS).met is False


@pytest.mark.parametrize("commitment", [1, 3, 4, 5, 7, 8])
def test_the_others_hold_when_every_row_holds_and_wait_without_rows(commitment: int) -> None:
    which = Commitment(commitment)
    holds = Point(PointKind.REVIEW, "", "", DUE, DUE)
    assert rules.measure(which, [], LIMITS).met is None
    assert rules.measure(which, [holds, holds], LIMITS).met is True
    lacks = Point(PointKind.REVIEW, "", "", misses=(Miss.NO_REVIEW,))
    found = rules.measure(which, [holds, lacks], LIMITS)
    assert (found.met, found.part, found.whole) == (False, 1, 2)


def test_the_score_counts_only_what_can_be_measured() -> None:
    met = [Measure(one, {1: True, 2: False}.get(one.value)) for one in Commitment]
    assert Score.of_measures(met) == Score(1, 2)


def test_R101_an_unmet_commitment_is_shown_and_one_that_waits_is_not() -> None:
    measures = [
        Measure(Commitment.EARLY, True),
        Measure(Commitment.ANSWERED, False),
        Measure(Commitment.REVIEWED, None),
    ]
    assert [(one.rule, one.subject) for one in rules.unmet_commitments_are_shown(measures)] == [("R101", "6")]


def test_R101_an_answer_is_due_then_late_then_neither() -> None:
    report = SimpleNamespace(ref="M01", due_on=DUE, answered_on=None)
    [due] = rules.an_answer_is_due([report], date(2025, 9, 2))
    assert "an answer is due by 2 September 2025" in str(due.message)
    [late] = rules.an_answer_is_due([report], date(2025, 9, 3))
    assert "is late" in str(late.message)
    report.answered_on = date(2025, 9, 4)
    assert not list(rules.an_answer_is_due([report], date(2025, 9, 5)))
    assert rules.is_late(report, date(2025, 9, 5))


def test_a_charter_is_made_public_whole() -> None:
    names = ("title", "scope", "citizens_do", "staff_do", "conflict", "response_time")
    bare = SimpleNamespace(**dict.fromkeys(names, " "), review_on=None)
    assert {one.subject for one in rules.a_charter_is_whole(bare, [])} == {
        "title", "scope", "citizens_do", "staff_do", "conflict", "response_time", "review_on", "signatories",
    }  # fmt: skip


@pytest.mark.parametrize(
    "day,refused",
    [("2025-10-15", True), ("2025-10-16", False), ("2026-10-15", False), ("2026-10-16", True)],
)
def test_the_charter_itself_is_looked_at_within_the_year(day: str, refused: bool) -> None:
    found = rules.the_review_of_the_charter_is_near(
        date.fromisoformat(day), today=date(2025, 10, 15), months=12
    )
    assert bool(list(found)) is refused


@pytest.mark.parametrize(
    "limits",
    [Limits(0), Limits(101), Limits(updates_percent=0), Limits(review_months=13), Limits(answer_days=0)],
)
def test_settings_that_make_no_sense_are_refused(limits: Limits) -> None:
    with pytest.raises(Refused):
        settle(rules.limits_are_sensible(limits))
    assert settle(rules.limits_are_sensible(LIMITS)) == ()


def test_an_answer_has_a_verdict_and_words_and_is_given_once() -> None:
    assert [one.subject for one in rules.an_answer_says_something("noted", " ")] == ["verdict", "answer"]
    assert not list(rules.an_answer_says_something(Verdict.KEPT, "We did."))
    assert list(rules.a_breach_is_answered_once(answered=True))
    assert list(rules.a_report_has_words(" "))
