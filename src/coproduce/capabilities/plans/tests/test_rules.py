from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.plans import rules, terms
from coproduce.capabilities.plans.terms import Rag, Status
from coproduce.core.findings import Finding, Strength

TODAY = date(2025, 10, 15)
START = date(2025, 9, 1)


def strengths(findings: Iterable[Finding]) -> list[Strength]:
    return [finding.strength for finding in findings]


def end(typed: date | str | None, start: date | None = START) -> list[Finding]:
    return list(rules.the_end_is_a_real_date(typed, start=start, today=TODAY))


@pytest.mark.parametrize(
    "typed", ["ongoing", "Ongoing", "TBC", "", "  ", None, "next spring", "2025-13-01", "31/12/2025"]
)
def test_R60_an_end_that_is_no_date_is_refused_and_a_commitment_offered(typed: str | None) -> None:
    (found,) = end(typed)
    assert found.strength is Strength.REFUSE
    assert found.subject == "end"
    assert "standing commitment" in str(found.message)


def test_R60_the_words_that_stood_for_a_date_are_named() -> None:
    assert "“ongoing”" in str(end("ongoing")[0].message)


@pytest.mark.parametrize("typed", [date(2025, 8, 31), date(2099, 1, 1), date(2027, 10, 16), "2099-12-31"])
def test_R60_an_end_before_the_start_or_over_24_months_away_is_refused(typed: date | str) -> None:
    assert strengths(end(typed)) == [Strength.REFUSE]


@pytest.mark.parametrize("typed", [START, date(2027, 10, 15), "2026-01-30", TODAY])
def test_R60_a_real_date_within_24_months_passes(typed: date | str) -> None:
    assert not end(typed)


@given(st.text(max_size=30))
def test_R60_no_text_passes_unless_it_is_a_date(typed: str) -> None:
    found = end(typed, start=None)
    assert found or terms.as_date(typed) is not None


def check(day: date | str | None, from_day: date | None = TODAY) -> list[Finding]:
    return list(rules.a_commitment_is_checked_within_a_year(day, from_day=from_day, today=TODAY))


def test_a_commitment_is_checked_within_twelve_months() -> None:
    assert not check(date(2026, 10, 15))
    assert strengths(check(date(2026, 10, 16))) == [Strength.REFUSE]


@pytest.mark.parametrize(
    "day,from_day", [("ongoing", TODAY), (None, TODAY), (date(2025, 1, 1), TODAY), (TODAY, None)]
)
def test_a_commitment_without_real_dates_is_refused(day: date | str | None, from_day: date | None) -> None:
    assert strengths(check(day, from_day)) == [Strength.REFUSE]


@pytest.mark.parametrize("status", ["ongoing", "", "Done", "on hold"])
def test_R61_a_status_that_is_not_offered_is_refused(status: str) -> None:
    assert strengths(rules.the_status_is_one_of_four(status)) == [Strength.REFUSE]


def test_R61_no_choice_is_called_ongoing() -> None:
    assert not [choice for choice in Status if "ongoing" in f"{choice.value} {choice.label}".lower()]


def moved(times: int) -> list[Finding]:
    return list(rules.moved_dates_are_shown("A02", former=["28 November 2025"][:times], times_moved=times))


def test_R62_former_dates_are_shown_and_the_second_move_is_a_warning() -> None:
    assert strengths(moved(0)) == []
    assert strengths(moved(1)) == [Strength.SHOW]
    assert strengths(moved(2)) == [Strength.SHOW, Strength.WARN]
    assert "28 November 2025" in str(moved(1)[0].message)


def test_R62_a_move_says_why_and_goes_somewhere() -> None:
    assert not list(rules.a_move_has_a_reason("Late delivery", was=START, now=TODAY))
    assert [found.subject for found in rules.a_move_has_a_reason(" ", was=START, now=START)] == ["why", "end"]


@pytest.mark.parametrize(
    "name", ["Discharge team", "The steering group", "Everyone", "All staff", "TBC", "Housing Department"]
)
def test_R63_a_team_cannot_own(name: str) -> None:
    assert strengths(rules.one_person_owns_it(name)) == [Strength.REFUSE]


def test_R63_a_missing_owner_and_a_group_are_refused() -> None:
    assert strengths(rules.one_person_owns_it(None)) == [Strength.REFUSE]
    assert strengths(rules.one_person_owns_it("Unpaid carers", is_group=True)) == [Strength.REFUSE]


@pytest.mark.parametrize(
    "name", ["Joyce Marshall", "Alan Teamer", "Sally Grouper", "Ward discharge co-ordinator"]
)
def test_R63_one_person_may_own(name: str) -> None:
    assert not list(rules.one_person_owns_it(name))


PROMISES = [SimpleNamespace(pk=uuid4(), ref="Y01"), SimpleNamespace(pk=uuid4(), ref="Y02")]


def test_R64_a_promise_that_nothing_carries_is_a_warning() -> None:
    (found,) = rules.promises_are_carried(PROMISES, carried={PROMISES[0].pk})
    assert (found.strength, found.subject) == (Strength.WARN, "Y02")


def test_R64_at_sign_off_it_needs_a_named_person() -> None:
    found = rules.promises_are_carried(PROMISES, carried=set(), at_sign_off=True)
    assert strengths(found) == [Strength.REFUSE_UNLESS_NAMED] * 2


@pytest.mark.parametrize("result,evidence,subjects", [
    ("", "", ["measure_result", "evidence"]), ("20 of 20", " ", ["evidence"]),
    ("", "File", ["measure_result"]),
    ("20 of 20", "Case file sample, 30 September", []),
])  # fmt: skip
def test_R65_done_needs_its_measure_and_its_evidence(result: str, evidence: str, subjects: list[str]) -> None:
    found = list(rules.done_is_proved(Status.DONE, measure_result=result, evidence=evidence))
    assert [finding.subject for finding in found] == subjects


def test_R65_asks_nothing_of_work_in_progress() -> None:
    assert not list(rules.done_is_proved(Status.IN_PROGRESS, measure_result="", evidence=""))


def test_stopping_has_a_reason() -> None:
    assert strengths(rules.stopping_has_a_reason(Status.STOPPED, "")) == [Strength.REFUSE]
    assert not list(rules.stopping_has_a_reason(Status.STOPPED, "The pilot lost its money"))


def test_R66_earlier_owners_stay_in_sight() -> None:
    (found,) = rules.handing_over_keeps_the_history(["Rob", "Ann"])
    assert "Rob, Ann" in str(found.message)
    assert not list(rules.handing_over_keeps_the_history([]))


def test_R66_a_handover_goes_to_someone_else_with_a_note() -> None:
    assert not list(rules.a_handover_can_be_told(same=False, note="Ward 4 knows", count=1))
    assert strengths(rules.a_handover_can_be_told(same=True, note="", count=0)) == [Strength.REFUSE] * 3


def action(**facts: object) -> SimpleNamespace:
    usual = {"status": Status.IN_PROGRESS, "end": date(2026, 1, 1), "times_moved": 0}
    return SimpleNamespace(**usual | {"reached": None} | facts)


HALF = {"reached": 50}
SOON = {"end": date(2025, 10, 29)}


@pytest.mark.parametrize("facts,rag", [
    ({}, Rag.GREEN),
    ({"end": date(2025, 10, 30)}, Rag.GREEN),
    (SOON, Rag.AMBER),
    (SOON | HALF, Rag.GREEN),
    (SOON | HALF | {"reached": 49}, Rag.AMBER),
    ({"end": TODAY} | HALF, Rag.GREEN),
    ({"times_moved": 1}, Rag.AMBER),
    ({"times_moved": 2}, Rag.RED),
    ({"end": date(2025, 10, 14)} | HALF, Rag.RED),
    ({"end": date(2025, 10, 14), "status": Status.DONE}, Rag.CLOSED),
    ({"times_moved": 3, "status": Status.STOPPED}, Rag.CLOSED),
])  # fmt: skip
def test_red_amber_green_comes_from_the_dates_and_the_measure(facts: dict[str, object], rag: Rag) -> None:
    assert rules.rag_of(action(**facts), TODAY) is rag


@pytest.mark.parametrize("day,months,after", [
    (date(2025, 10, 15), 24, date(2027, 10, 15)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2025, 8, 31), 1, date(2025, 9, 30)), (date(2025, 12, 31), 2, date(2026, 2, 28)),
    (date(2025, 12, 1), 1, date(2026, 1, 1)),
])  # fmt: skip
def test_months_end_where_the_calendar_says(day: date, months: int, after: date) -> None:
    assert terms.months_after(day, months) == after
