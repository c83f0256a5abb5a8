from datetime import date
from types import SimpleNamespace

import pytest

from coproduce.capabilities.feedback import rules
from coproduce.capabilities.feedback.terms import Counts, counts_of
from coproduce.core.findings import Strength

CLOSED = date(2025, 8, 4)


def asked(ref: str, status: str = "accepted") -> SimpleNamespace:
    return SimpleNamespace(ref=ref, status=status)


def statement(**parts) -> SimpleNamespace:
    return SimpleNamespace(
        **({"ref": "Y01", "did": "", "will": "", "will_by": None, "could_not": ""} | parts)
    )


def test_R87_a_suggestion_in_no_statement_is_named():
    found = list(rules.every_suggestion_is_answered([asked("S38"), asked("S39")], {"S38"}))
    assert [str(finding.message) for finding in found] == ["In no statement yet: S39"]
    assert found[0].strength is Strength.REFUSE


def test_R87_a_suggestion_without_decision_is_named():
    (found,) = rules.every_suggestion_is_answered([asked("S39", "open")], {"S39"})
    assert str(found.message) == "Not decided yet: S39"


def test_R87_a_withdrawn_suggestion_needs_no_answer():
    assert not list(rules.every_suggestion_is_answered([asked("S01", "withdrawn")], set()))


def test_R87_of_hundreds_the_first_are_named_and_the_rest_counted():
    (found,) = rules.every_suggestion_is_answered([asked(f"S{n:02d}") for n in range(1, 101)], set())
    assert "S30 and 70 more" in str(found.message)
    assert "S31" not in str(found.message)


@pytest.mark.parametrize(
    "published, today, strength",
    [
        (None, date(2025, 9, 28), None),
        (None, date(2025, 9, 29), Strength.WARN),
        (None, date(2025, 10, 27), Strength.WARN),
        (None, date(2025, 10, 28), Strength.SHOW),
        (date(2025, 9, 22), date(2026, 1, 1), None),
        (date(2025, 10, 28), date(2026, 1, 1), Strength.SHOW),
    ],
)
def test_R88_answers_go_out_within_twelve_weeks(published, today, strength):
    found = [
        finding.strength for finding in rules.answers_go_out_within_twelve_weeks(CLOSED, published, today)
    ]
    assert found == ([strength] if strength else [])


def test_R88_without_a_closing_date_nothing_is_late():
    assert not list(rules.answers_go_out_within_twelve_weeks(None, None, date(2030, 1, 1)))


def test_R89_we_will_without_a_date_is_refused():
    (found,) = rules.a_promise_has_its_date(statement(will="Pay travel time"))
    assert (found.rule, found.strength, found.subject) == ("R89", Strength.REFUSE, "will_by")
    assert not list(rules.a_promise_has_its_date(statement(will="Pay travel time", will_by=CLOSED)))
    assert not list(rules.a_promise_has_its_date(statement(did="Paid it")))


def test_a_statement_without_any_outcome_is_refused():
    assert list(rules.a_statement_says_what_was_done(statement()))
    assert not list(rules.a_statement_says_what_was_done(statement(could_not="Too dear: £1.9 m a year")))


def test_a_quote_is_in_the_persons_own_words():
    said = SimpleNamespace(words="Visit at night, too", reason="I sat with the telephone\nin my hand.")
    assert not list(rules.quotes_are_verbatim("sat with the telephone in my hand", said))
    assert list(rules.quotes_are_verbatim("I sat with a telephone", said))
    assert list(rules.quotes_are_verbatim("  ", said))


def test_a_promise_is_overdue_after_its_day():
    assert rules.promise_is_overdue(CLOSED, date(2025, 8, 5))
    assert not rules.promise_is_overdue(CLOSED, CLOSED)
    assert not rules.promise_is_overdue(None, CLOSED)


def test_withdrawn_suggestions_are_not_counted():
    assert counts_of(["accepted", "accepted", "declined", "withdrawn", "open"]) == Counts(2, 0, 1, 0, 1)
    assert counts_of(["withdrawn"]).total == 0
