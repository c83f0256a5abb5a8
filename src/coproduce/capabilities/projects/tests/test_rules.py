from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from coproduce.capabilities.projects import rules
from coproduce.capabilities.projects.terms import MoneyBand, OptionOutcome, PeopleBand, Tier
from coproduce.core.access import Role
from coproduce.core.findings import Strength


def a_foreword(**facts: Any) -> Any:
    usual = {
        "stated_intents": [], "saving_is_aim": False,
        "saving_amount": None, "saving_spent_on": "", "what_can_change": "Everything.",
        "decision_date": None, "involvement_ends": None, "decision_taken": False,
    }  # fmt: skip
    return SimpleNamespace(**(usual | facts))


def an_option(**facts: Any) -> Any:
    return SimpleNamespace(**({"is_do_nothing": False, "outcome": OptionOutcome.KEPT, "why": ""} | facts))


def test_R01_a_draft_waits_for_a_shared_foreword_unless_someone_answers_for_it() -> None:
    [finding] = rules.a_draft_follows_a_shared_foreword(foreword_shared=False)
    assert finding.strength == Strength.REFUSE_UNLESS_NAMED
    assert not list(rules.a_draft_follows_a_shared_foreword(foreword_shared=True))


def test_R02_a_saving_without_amount_and_use_is_refused() -> None:
    found = list(rules.a_saving_has_its_amount_and_use(a_foreword(saving_is_aim=True)))
    assert [finding.subject for finding in found] == ["saving_amount", "saving_spent_on"]
    assert {finding.strength for finding in found} == {Strength.REFUSE}


def test_R02_saving_money_among_the_aims_is_not_denied_further_down() -> None:
    [finding] = rules.a_saving_has_its_amount_and_use(a_foreword(stated_intents=["save_money"]))
    assert (finding.strength, finding.subject) == (Strength.REFUSE, "saving_is_aim")


def test_R02_says_nothing_when_saving_is_no_aim_or_is_spelled_out() -> None:
    whole = a_foreword(saving_is_aim=True, saving_amount=Decimal(420_000), saving_spent_on="Home care.")
    assert not list(rules.a_saving_has_its_amount_and_use(whole))
    assert not list(rules.a_saving_has_its_amount_and_use(a_foreword()))


def test_R03_warns_when_nothing_was_dropped_and_nobody_thought_of_doing_nothing() -> None:
    assert len(list(rules.dropped_options_are_listed([an_option()]))) == 2
    dropped = an_option(outcome=OptionOutcome.DROPPED, why="Too slow.", is_do_nothing=True)
    assert not list(rules.dropped_options_are_listed([dropped]))


def test_R03_an_option_dropped_without_a_reason_does_not_count() -> None:
    found = rules.dropped_options_are_listed([an_option(outcome=OptionOutcome.DROPPED, is_do_nothing=True)])
    assert [finding.rule for finding in found] == ["R03"]


def test_R04_nobody_is_invited_while_it_is_unsaid_what_can_change() -> None:
    [finding] = rules.what_can_change_is_said_before_inviting(a_foreword(what_can_change="  "))
    assert finding.strength == Strength.REFUSE


@pytest.mark.parametrize(("decided", "refused"), [(date(2025, 8, 3), True), (date(2025, 8, 4), False)])
def test_R05_the_decision_does_not_come_before_people_have_finished(decided: date, refused: bool) -> None:
    foreword = a_foreword(decision_date=decided, involvement_ends=date(2025, 8, 4))
    assert bool(list(rules.the_decision_follows_involvement(foreword))) is refused


def test_R06_a_decision_already_taken_is_always_shown() -> None:
    [finding] = rules.a_decision_already_taken_is_shown(a_foreword(decision_taken=True))
    assert finding.strength == Strength.SHOW


@pytest.mark.parametrize(
    ("people", "money", "statutory", "tier"),
    [
        (PeopleBand.UNDER_100, MoneyBand.UNDER_25K, False, Tier.S),
        (PeopleBand.UP_TO_1000, MoneyBand.UNDER_25K, False, Tier.M),
        (PeopleBand.OVER_1000, MoneyBand.UNDER_25K, False, Tier.L),
        (PeopleBand.UNDER_100, MoneyBand.OVER_250K, False, Tier.L),
        (PeopleBand.UNDER_100, MoneyBand.UNDER_25K, True, Tier.L),
    ],
)
def test_the_tier_grows_with_people_money_and_the_law(
    people: str, money: str, statutory: bool, tier: Tier
) -> None:
    assert rules.tier_of(people=people, money=money, statutory=statutory) == tier


def test_the_last_one_who_looks_after_a_project_stays() -> None:
    assert list(rules.someone_keeps_the_roles([Role.PARTICIPANT, Role.OBSERVER]))
    assert not list(rules.someone_keeps_the_roles([Role.MANAGER]))


def test_the_summary_is_one_sentence_of_25_words() -> None:
    assert not list(rules.the_summary_is_short("word " * 25))
    assert list(rules.the_summary_is_short("word " * 26))
    assert list(rules.the_summary_is_short(" "))


def test_R06_asking_about_what_is_decided_is_refused() -> None:
    [finding] = rules.only_informing_is_honest(a_foreword(decision_taken=True))
    assert (finding.rule, finding.strength) == ("R06", Strength.REFUSE)
    assert not list(rules.only_informing_is_honest(a_foreword()))


def test_R108_hard_words_and_long_sentences_warn_whoever_writes() -> None:
    hard = "Interdepartmental reconfiguration necessitates considerable deliberation."
    assert {finding.strength for finding in rules.the_public_can_read_it([hard])} == {Strength.WARN}
    long = "We go to it and we see it " * 5 + "."
    assert any("has 40 words" in str(finding.message) for finding in rules.the_public_can_read_it([long]))
    assert not list(rules.the_public_can_read_it(["The cat sat on the mat.", ""]))


def test_a_shared_foreword_does_not_change_without_a_reason() -> None:
    [finding] = rules.a_shared_foreword_says_why("  ", shared=True, changed=True)
    assert (finding.strength, finding.subject) == (Strength.REFUSE, "why_changed")
    assert not list(rules.a_shared_foreword_says_why("", shared=False, changed=True))
    assert not list(rules.a_shared_foreword_says_why("", shared=True, changed=False))
    assert not list(rules.a_shared_foreword_says_why("A new law.", shared=True, changed=True))


def test_a_high_legal_risk_makes_the_process_large() -> None:
    small = {"people": PeopleBand.UNDER_100, "money": MoneyBand.UNDER_25K, "statutory": False}
    assert rules.tier_of(**small) == Tier.S
    assert rules.tier_of(**small, legal_risk="some") == Tier.M
    assert rules.tier_of(**small, legal_risk="high") == Tier.L
