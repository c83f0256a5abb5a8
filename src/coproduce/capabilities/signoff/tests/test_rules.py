from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from coproduce.capabilities.signoff import rules
from coproduce.core.findings import Strength
from coproduce.core.ids import uuid7

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
        "title", "decision", "decided_on", "meeting", "owner", "facilitator",
    }  # fmt: skip


def maker(name: str, statement: str = "I read it.", stated_on: date | None = DECIDED) -> SimpleNamespace:
    return SimpleNamespace(
        person=SimpleNamespace(shown_name=name), person_id=uuid7(), statement=statement, stated_on=stated_on
    )


def test_R80_each_who_decides_is_named_with_what_is_missing() -> None:
    found = list(
        rules.each_says_how_they_considered([maker("Ann"), maker("Bo", "", None), maker("Cy", " ")], DECIDED)
    )
    assert [str(one.message).split()[0] for one in found] == ["Bo", "Cy"]
    assert {one.rule for one in found} == {"R80"}
    assert [one.strength for one in rules.each_says_how_they_considered([], DECIDED)] == [Strength.REFUSE]


def test_R80_what_was_written_after_the_decision_is_a_warning() -> None:
    late = maker("Ann", stated_on=DECIDED + timedelta(days=1))
    (found,) = rules.each_says_how_they_considered([late], DECIDED)
    assert found.strength is Strength.WARN


def asked(**changed: object) -> SimpleNamespace:
    facts = {"title": "The draft", "is_closed": True, "gunning_open": "a", "gunning_information": "b"}
    return SimpleNamespace(**(facts | {"gunning_time": "c"} | changed))


def test_C16_gunning_one_to_three_need_evidence_and_a_closed_consultation() -> None:
    test = rules.the_first_three_gunning_tests_have_evidence
    assert list(test([asked()])) == []
    assert [one.strength for one in test([])] == [Strength.WARN]
    assert [one.strength for one in test([asked(is_closed=False)])] == [Strength.REFUSE]
    (found,) = test([asked(gunning_open=" ", gunning_time="")])
    assert "Gunning 1, 3" in str(found.message)


def test_C16_formats_that_people_need_are_asked_for_by_need_and_never_by_name() -> None:
    test = rules.the_text_can_be_had_in_each_format
    (found,) = test(["large print", "Easy Read", "large print"], "", [])
    assert "large print, Easy Read." in str(found.message)
    assert list(test(["large print"], "In every library.", [])) == []
    assert [one.strength for one in test([], "", ["British Sign Language"])] == [Strength.WARN]


def test_R97_the_next_review_is_counted_from_the_day_of_this_one() -> None:
    test = rules.the_next_review_is_within_a_year
    day = date(2026, 10, 14)
    assert list(test(day, date(2027, 10, 14))) == []
    for wrong in (None, day, date(2027, 10, 15)):
        (found,) = test(day, wrong)
        assert (found.rule, found.subject) == ("R97", "next_review_on")


def test_C19_an_assessment_that_says_stop_is_a_warning() -> None:
    assert list(rules.the_assessment_does_not_say_stop("adjust")) == []
    assert [one.strength for one in rules.the_assessment_does_not_say_stop("stop")] == [Strength.WARN]
