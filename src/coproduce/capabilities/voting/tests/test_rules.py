"""The rules of ballots and statements."""

from datetime import date

from coproduce.capabilities.voting import rules
from coproduce.capabilities.voting.terms import MOST_LETTERS, Reason, Standing, State
from coproduce.core.findings import Finding, Strength

TODAY = date(2025, 3, 10)


def strengths(findings: object) -> list[str]:
    assert not isinstance(findings, Finding)
    return [one.strength for one in findings]  # type: ignore[attr-defined]


def test_one_idea_each_warns_at_and_at_several_sentences_and_at_length() -> None:
    assert not list(rules.one_idea_each("A named nurse comes home with you."))
    assert strengths(rules.one_idea_each("A nurse comes and stays.")) == [Strength.WARN]
    assert strengths(rules.one_idea_each("A nurse comes. She stays.")) == [Strength.WARN]
    assert strengths(rules.one_idea_each("A nurse comes " + "very " * 30 + "early.")) == [Strength.WARN]
    assert not list(rules.one_idea_each("Sandra understands the standard."))


def test_a_statement_has_words_and_fits_a_phone() -> None:
    assert strengths(rules.a_statement_is_short("  ")) == [Strength.REFUSE]
    assert strengths(rules.a_statement_is_short("x" * (MOST_LETTERS + 1))) == [Strength.REFUSE]
    assert strengths(rules.a_statement_is_short("Fine.", number_of_statements=2000)) == [Strength.REFUSE]
    assert not list(rules.a_statement_is_short("Fine."))


def test_the_first_sentence_of_a_source_is_proposed() -> None:
    assert rules.proposed_from("The bus stops at six.\nNobody drives that far.") == "The bus stops at six."
    assert rules.proposed_from("No full stop") == "No full stop"
    long = rules.proposed_from("word " * 100)
    assert len(long) <= MOST_LETTERS
    assert long.endswith("…")


def test_nearly_the_same_is_found_whatever_the_order_of_words() -> None:
    others = [(1, "The ward rings before noon."), (2, "Parking is free for carers.")]
    assert [one.number for one in rules.alike("Before noon the ward rings", others)] == [1]
    assert not rules.alike("Meals come warm.", others)


def test_R20_words_of_others_are_public_only_when_they_agreed() -> None:
    asked = {"is_public": True, "is_verbatim": True, "agreed": False}
    assert strengths(rules.quotes_need_agreement(**asked)) == [Strength.REFUSE]
    for name, value in (("is_public", False), ("is_verbatim", False), ("agreed", True)):
        assert not list(rules.quotes_need_agreement(**asked | {name: value}))


def test_votes_are_taken_while_open_and_on_the_last_day() -> None:
    assert not list(rules.votes_are_taken(State.OPEN, None, today=TODAY))
    assert not list(rules.votes_are_taken(State.OPEN, TODAY, today=TODAY))
    assert list(rules.votes_are_taken(State.OPEN, date(2025, 3, 9), today=TODAY))
    assert list(rules.votes_are_taken(State.DRAFT, None, today=TODAY))
    assert list(rules.votes_are_taken(State.CLOSED, None, today=TODAY))


def test_a_decline_says_why() -> None:
    assert strengths(rules.a_decline_has_its_reason(Standing.DECLINED, "", "")) == [Strength.REFUSE]
    assert strengths(rules.a_decline_has_its_reason(Standing.DECLINED, Reason.OTHER, " ")) == [
        Strength.REFUSE
    ]
    assert not list(rules.a_decline_has_its_reason(Standing.DECLINED, Reason.HURTFUL, ""))
    assert not list(rules.a_decline_has_its_reason(Standing.ACCEPTED, "", ""))


def test_days_follow_each_other() -> None:
    assert list(rules.days_follow_each_other(TODAY, date(2025, 3, 9)))
    assert not list(rules.days_follow_each_other(TODAY, TODAY))
    assert not list(rules.days_follow_each_other(None, TODAY))
