from datetime import date
from types import SimpleNamespace

import pytest

from coproduce.capabilities.signoff import rules
from coproduce.core.findings import Strength

DECIDED = date(2025, 10, 15)


def review(day: date | None, decided: date | None = DECIDED) -> list[str]:
    found = rules.the_review_is_within_a_year(SimpleNamespace(decided_on=decided, review_on=day))
    return [finding.rule for finding in found if finding.strength == Strength.REFUSE]


@pytest.mark.parametrize("day", [None, date(2026, 10, 20), date(2026, 10, 16), DECIDED, date(2025, 10, 14)])
def test_R97_a_review_that_is_missing_or_later_than_12_months_is_refused(day: date | None) -> None:
    assert review(day) == ["R97"]


@pytest.mark.parametrize("day", [date(2026, 10, 15), date(2025, 10, 16), date(2026, 4, 15)])
def test_R97_a_review_within_12_months_is_fine(day: date) -> None:
    assert review(day) == []


def test_R97_twelve_months_after_the_29th_of_February_is_the_28th() -> None:
    assert review(date(2025, 2, 28), decided=date(2024, 2, 29)) == []
    assert review(date(2025, 3, 1), decided=date(2024, 2, 29)) == ["R97"]


def test_R97_names_the_latest_date() -> None:
    found = rules.the_review_is_within_a_year(
        SimpleNamespace(decided_on=DECIDED, review_on=date(2026, 10, 20))
    )
    assert "15 October 2026" in str(next(found).message)


def test_R98_both_are_told_of_their_reminder() -> None:
    (found,) = rules.both_are_reminded(manager="Helen", facilitator="Owen", review_on=date(2026, 10, 15))
    assert found.strength == Strength.SHOW
    assert {"Helen", "Owen"} <= set(str(found.message).replace(",", "").split())


@pytest.mark.parametrize(
    "today, shown",
    [
        (date(2026, 9, 14), False), (date(2026, 9, 15), True), (date(2026, 10, 15), True),
        (date(2026, 10, 16), False),
    ],
)  # fmt: skip
def test_R99_thirty_days_before_the_review_those_who_asked_are_to_be_invited(
    today: date, shown: bool
) -> None:
    found = list(rules.the_review_is_near(date(2026, 10, 15), opted_in=14, today=today))
    assert bool(found) is shown
    assert all("14 people" in str(finding.message) for finding in found)


@pytest.mark.parametrize("today, shown", [(date(2026, 10, 15), False), (date(2026, 10, 16), True)])
def test_R100_a_review_is_overdue_the_day_after(today: date, shown: bool) -> None:
    assert bool(list(rules.a_missed_review_is_shown(date(2026, 10, 15), today=today))) is shown


def test_C20_each_thing_that_is_missing_is_named_by_its_field() -> None:
    blank = SimpleNamespace(**dict.fromkeys(rules.NEEDED))
    fields = {finding.subject for finding in rules.nothing_is_left_blank(blank)}
    assert fields == {
        "title", "decision", "decided_on", "meeting", "owner", "facilitator", "gunning_4",
    }  # fmt: skip
