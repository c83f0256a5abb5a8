from datetime import date
from types import SimpleNamespace

import pytest

from coproduce.capabilities.people import rules
from coproduce.capabilities.people.terms import GroupKind, Label, Mix, label_of

TODAY = date(2025, 3, 10)
EVERY_SIDE = {GroupKind.LEADERS: 1, GroupKind.FRONTLINE: 1, GroupKind.CITIZENS: 2}


def found(findings) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize(
    "kinds, label",
    [
        ([], Label.NOT_YET),
        (["citizens", "frontline"], Label.CO_PRODUCTION),
        (["carers", "partner"], Label.CO_PRODUCTION),
        (["residents", "leaders"], Label.CO_PRODUCTION),
        (["frontline", "leaders", "partner"], Label.COLLABORATION),
        (["partner", "other"], Label.COLLABORATION),
        (["citizens", "carers", "residents"], Label.COMMUNITY_LED),
        (["citizens", "other"], Label.COMMUNITY_LED),
    ],
)
def test_the_label_follows_from_who_is_at_the_table(kinds, label):
    assert label_of(GroupKind(kind) for kind in kinds) is label


def test_a_full_table_raises_no_finding():
    assert not list(rules.table_findings(Mix(EVERY_SIDE)))


def test_a_project_without_groups_is_not_judged():
    assert not list(rules.table_findings(Mix({})))


def test_R11_one_citizen_alone_is_a_lone_voice():
    assert found(rules.a_lone_voice_is_warned_of(Mix({GroupKind.CARERS: 1, GroupKind.LEADERS: 2}))) == {"R11"}
    assert not found(rules.a_lone_voice_is_warned_of(Mix({GroupKind.CARERS: 1, GroupKind.RESIDENTS: 1})))


def test_R12_a_group_list_without_citizens_is_not_co_production_yet():
    findings = list(rules.table_findings(Mix({GroupKind.LEADERS: 0, GroupKind.FRONTLINE: 0})))
    assert "not co-production yet" in str(findings[0].message)
    assert findings[0].rule == "R12"


def test_R12_people_without_citizens_are_called_collaboration():
    assert "collaboration" in str(
        next(rules.no_citizens_is_collaboration(Mix({GroupKind.LEADERS: 3}))).message
    )


def test_citizens_without_professionals_are_called_community_led_action():
    mix = Mix({GroupKind.CITIZENS: 4})
    assert "community-led action" in str(next(rules.no_professionals_is_community_led(mix)).message)


@pytest.mark.parametrize(
    "text", ["A co-production of care", "CO-PRODUCED", "we coproduce", "co production", "co‑produced by all"]
)
def test_R12_outputs_of_a_collaboration_may_not_say_co_production(text):
    assert found(rules.the_word_needs_both_sides(Label.COLLABORATION, text)) == {"R12"}
    assert not found(rules.the_word_needs_both_sides(Label.CO_PRODUCTION, text))


def test_R12_other_words_are_free():
    assert not found(rules.the_word_needs_both_sides(Label.COLLABORATION, "A product of the cooperative"))


def test_R13_each_missing_side_is_named():
    messages = [str(f.message) for f in rules.missing_sides_are_named(Mix({GroupKind.PARTNER: 3}))]
    assert messages == [
        "No leaders are at the table.",
        "No frontline workers are at the table.",
        "No citizens are at the table.",
    ]


def test_R13_carers_and_residents_count_as_citizens():
    mix = Mix({GroupKind.LEADERS: 1, GroupKind.FRONTLINE: 1, GroupKind.RESIDENTS: 1})
    assert not found(rules.missing_sides_are_named(mix))


def test_R14_citizens_under_a_third_are_warned_of():
    assert found(
        rules.citizens_under_a_third_are_warned_of(Mix({GroupKind.CARERS: 3, GroupKind.LEADERS: 7}))
    ) == {"R14"}
    assert not found(
        rules.citizens_under_a_third_are_warned_of(Mix({GroupKind.CARERS: 3, GroupKind.LEADERS: 6}))
    )


def need(words: str, *, share: bool, on: date = TODAY) -> SimpleNamespace:
    return SimpleNamespace(need=words, share_with_venue=share, recorded_on=on)


def test_R15_a_venue_gets_agreed_needs_without_names():
    needs = [
        need("Urdu interpreter", share=True),
        need("Step-free venue", share=True),
        need("Quiet room", share=False),
    ]
    assert rules.for_a_venue(needs) == ["Step-free venue", "Urdu interpreter"]
    assert found(rules.unshared_needs_are_counted(needs)) == {"R15"}
    assert not found(rules.unshared_needs_are_counted(needs[:2]))


def test_R17_a_need_older_than_twelve_months_is_asked_again():
    old, fresh = (
        need("Audio", share=True, on=date(2024, 3, 1)),
        need("Audio", share=True, on=date(2024, 4, 1)),
    )
    assert found(rules.old_needs_are_asked_again([old], TODAY)) == {"R17"}
    assert not found(rules.old_needs_are_asked_again([fresh], TODAY))


@pytest.mark.parametrize(
    "agreed, withdrawn, may", [(None, None, False), (TODAY, None, True), (TODAY, TODAY, False)]
)
def test_R20_words_are_quoted_only_while_consent_stands(agreed, withdrawn, may):
    seat = SimpleNamespace(quotes_agreed_on=agreed, quotes_withdrawn_on=withdrawn)
    assert rules.may_quote(seat) is may
    assert found(rules.withdrawn_words_are_shown_nowhere(seat)) == ({"R20"} if withdrawn else set())
