from types import SimpleNamespace

from coproduce.capabilities.review import rules
from coproduce.capabilities.review.terms import NOT_SENT, LetterState, Outcome, Route, Told
from coproduce.core.findings import Strength


def benefit(**changed: str) -> SimpleNamespace:
    return SimpleNamespace(**{"indicator": "Knew who came", "baseline": "41%", "now": "80%", **changed})


def test_C20_a_benefit_without_its_figures_is_a_warning_and_none_at_all_needs_a_reason() -> None:
    test = rules.benefits_are_shown_with_figures
    assert list(test([benefit()])) == []
    assert [one.strength for one in test([])] == [Strength.REFUSE_UNLESS_NAMED]
    assert [one.strength for one in test([benefit(baseline=" ", now="")])] == [Strength.WARN, Strength.WARN]


def test_C20_a_change_without_its_version_is_a_warning() -> None:
    assert [one.strength for one in rules.a_change_has_its_version(Outcome.CHANGE, has_version=False)] == [
        Strength.WARN
    ]
    assert list(rules.a_change_has_its_version(Outcome.CHANGE, has_version=True)) == []
    assert list(rules.a_change_has_its_version(Outcome.KEEP, has_version=False)) == []


def test_R99_who_was_not_reached_is_a_warning_on_the_record() -> None:
    found = list(rules.people_were_asked_first(invited=23, not_sent=2, to_ask=1))
    assert {(one.rule, one.strength) for one in found} == {("R99", Strength.WARN)}
    assert "2 of 23 letters have not gone out." in str(found[0].message)
    assert list(rules.people_were_asked_first(invited=23, not_sent=0, to_ask=0)) == []


def test_letters_go_by_e_mail_only_to_those_who_have_an_address_and_want_it_so() -> None:
    assert rules.route_of(has_email=True, wants_email=True) is Route.EMAIL
    assert rules.route_of(has_email=True, wants_email=False) is Route.PRINT
    assert rules.route_of(has_email=False, wants_email=True) is Route.PRINT


def test_what_is_sent_or_not_wanted_is_not_sent_again() -> None:
    for state in LetterState:
        refused = list(rules.a_letter_is_sent_once(state))
        assert bool(refused) == (state not in NOT_SENT)


def test_the_figures_of_a_section_are_kept_as_they_were() -> None:
    told = Told("Actions", "2 of 15 are done.", (("Done", "2"), ("Late", "A01, A02")))
    assert Told.from_json(told.as_json()) == told
