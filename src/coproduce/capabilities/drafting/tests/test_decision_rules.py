from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from coproduce.capabilities.drafting.rules import decisions, versions
from coproduce.capabilities.drafting.rules.versions import Number, read_number
from coproduce.capabilities.drafting.terms import Outcome

DECLINED = {
    "outcome": "declined", "reason_code": "LAW", "reason": "The law sets the fee.", "cost_amount": None,
    "sent_to": "", "same_as_id": None, "decided_by": "Marta",
    "decided_on": date(2025, 8, 29), "due_on": date(2025, 9, 2),
}  # fmt: skip


def found(**changes: Any) -> list[tuple[str, str]]:
    answer = SimpleNamespace(**{**DECLINED, **changes})
    return [(one.rule, one.subject) for one in decisions.answer_findings(answer)]


def test_a_full_refusal_is_in_order() -> None:
    assert found() == []


@pytest.mark.parametrize("word", ["noted", "", "open", "Accepted"])
def test_R82_noted_is_no_answer(word: str) -> None:
    assert ("R82", "outcome") in found(outcome=word)
    assert "noted" not in Outcome.values


@pytest.mark.parametrize(
    "missing",
    [{"reason_code": ""}, {"reason": " "}, {"decided_by": None}, {"decided_on": None}, {"due_on": None}],
)
def test_R83_a_refusal_needs_reason_decider_date_and_promised_date(missing: dict[str, Any]) -> None:
    assert found(**missing) == [("R83", next(iter(missing)))]
    assert found(outcome="accepted", **missing) == []


@pytest.mark.parametrize("outcome", ["in_part", "declined", "passed_on"])
def test_R84_cost_needs_a_figure(outcome: str) -> None:
    assert ("R84", "cost_amount") in found(outcome=outcome, reason_code="COST", sent_to="the council")
    assert not found(
        outcome=outcome, reason_code="COST", cost_amount=Decimal(1_900_000), sent_to="the council"
    )


@pytest.mark.parametrize("code", ["SCOPE", "PARTNER"])
def test_R84_a_matter_for_others_says_where_it_was_sent(code: str) -> None:
    assert found(reason_code=code) == [("R84", "sent_to")]
    assert found(reason_code=code, sent_to="The hospital trust") == []


def test_R84_what_is_passed_on_says_to_whom() -> None:
    assert found(outcome="passed_on") == [("R84", "sent_to")]


@pytest.mark.parametrize("outcome", ["accepted", "in_part"])
def test_R85_what_is_accepted_has_a_place(outcome: str) -> None:
    def rules(changes: bool, place: str) -> list[str]:
        findings = decisions.what_is_accepted_has_a_place(
            outcome=outcome, changes_the_text=changes, place=place
        )
        return [one.rule for one in findings]

    assert rules(False, " ") == ["R85"]
    assert rules(True, "") == []
    assert rules(False, "Section 4") == []


def test_R85_what_is_declined_needs_no_place() -> None:
    assert not list(
        decisions.what_is_accepted_has_a_place(outcome="declined", changes_the_text=False, place="")
    )


@pytest.mark.parametrize(
    ("status", "reason", "refused"),
    [("open", "Changed my mind", 0), ("declined", "Changed my mind", 0), ("open", " ", 1), ("accepted", "No", 1),
     ("withdrawn", "Again", 1)],
)  # fmt: skip
def test_R86_a_suggestion_is_withdrawn_with_a_reason_and_only_while_out_of_the_text(
    status: str, reason: str, refused: int
) -> None:
    findings = list(decisions.a_withdrawal_has_its_reason(status=status, reason=reason))
    assert [one.rule for one in findings] == ["R86"] * refused


@pytest.mark.parametrize("missing", ["number", "author", "day", "summary"])
def test_R81_a_version_says_what_it_is(missing: str) -> None:
    facts: dict[str, Any] = {
        "number": Number(0, 4), "author": "Fay", "day": date(2025, 8, 29), "summary": "First changes in",
    }  # fmt: skip
    assert not list(versions.a_version_says_what_it_is(SimpleNamespace(**facts)))
    facts[missing] = "" if missing == "summary" else None
    findings = list(versions.a_version_says_what_it_is(SimpleNamespace(**facts)))
    assert [(one.rule, one.subject) for one in findings] == [("R81", missing)]


@pytest.mark.parametrize(
    ("number", "last", "why", "refused"),
    [
        ("0.1", "0.0", "", []),
        ("0.10", "0.9", "", []),
        ("1.0", "0.9", "", []),
        ("0.9", "0.9", "", ["number"]),
        ("0.2", "0.10", "Because", ["number"]),
        ("6.2", "1.0", "", ["skipped_because"]),
        ("0.9", "0.5", "The sign-off candidate", []),
        ("2.1", "1.0", "", ["skipped_because"]),
    ],
)
def test_R85_a_version_number_follows_or_says_why_not(
    number: str, last: str, why: str, refused: list[str]
) -> None:
    new, old = read_number(number), read_number(last)
    assert new
    assert old
    findings = list(versions.a_number_follows_the_last(new, old, why))
    assert [(one.rule, one.subject) for one in findings] == [("R85", subject) for subject in refused]


@pytest.mark.parametrize("text", ["", "1", "1.", ".1", "1.0.0", "a.b", "-1.0", "1,0", "0.99999", "¹.0"])
def test_what_is_no_version_number_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


def test_R84_an_answer_with_another_suggestion_names_it() -> None:
    assert found(reason_code="DUPLICATE-ANSWERED") == [("R84", "same_as")]
    assert found(reason_code="DUPLICATE-ANSWERED", same_as_id="S07") == []
