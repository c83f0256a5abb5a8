from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from coproduce.capabilities.equality import rules
from coproduce.capabilities.equality.terms import Characteristic, only_discrimination, profile_of
from coproduce.core.findings import Finding, Strength

BEGUN, FINAL, DECIDED = date(2025, 1, 20), date(2025, 10, 6), date(2025, 10, 15)
GRAHAM = SimpleNamespace(pk=1, shown_name="Graham Tully")


def found(findings: Iterable[Finding]) -> list[tuple[str, Strength]]:
    return [(one.rule, one.strength) for one in findings]


def dated(**changes: Any) -> Any:
    usual = {"begun_on": BEGUN, "draft_ended_on": date(2025, 8, 4), "final_on": FINAL, "is_current": True}
    return SimpleNamespace(**usual | changes)


def row(**changes: Any) -> Any:
    usual = {
        "title": "Rural areas", "know": "31% live in villages.", "impacts": ["negative"], "can_do": "", "plan": "",
        "plan_by": None, "carried": True,
    }  # fmt: skip
    return SimpleNamespace(**usual | changes)


def early_and_final(facts: Any, decided: date | None = DECIDED) -> Iterator[Finding]:
    return rules.it_is_begun_early_and_final_before_the_decision(facts, decided)


def test_R90_begun_in_january_and_final_before_the_decision_is_in_order() -> None:
    assert found(early_and_final(dated())) == []
    assert found(early_and_final(dated(final_on=DECIDED))) == []
    assert found(rules.an_assessment_is_begun_at_draft_stage(BEGUN)) == []


def test_R90_none_begun_is_refused() -> None:
    assert found(rules.an_assessment_is_begun_at_draft_stage(None)) == [("R90", Strength.REFUSE)]
    assert found(early_and_final(dated(begun_on=None))) == [("R90", Strength.REFUSE)]


@pytest.mark.parametrize(
    "changes,words",
    [
        ({"begun_on": date(2025, 8, 5)}, "after the draft stage ended"),
        ({"final_on": date(2025, 10, 16)}, "after the decision of 15 October 2025"),
        ({"final_on": None}, "no final version"),
        ({"is_current": False}, "changed since its final version"),
    ],
)
def test_R90_late_missing_or_outdated_is_refused(changes: dict[str, Any], words: str) -> None:
    [one] = early_and_final(dated(**changes))
    assert (one.rule, one.strength) == ("R90", Strength.REFUSE)
    assert words in str(one.message)


def test_R90_without_an_end_of_the_draft_stage_any_beginning_is_early() -> None:
    assert found(early_and_final(dated(draft_ended_on=None, begun_on=FINAL))) == []


@pytest.mark.parametrize("blank", [{"know": "  "}, {"impacts": []}])
def test_R91_a_blank_row_is_refused_also_if_it_says_no_impact_without_data(blank: dict[str, Any]) -> None:
    assert found(rules.no_row_is_left_blank([row(**blank), row()])) == [("R91", Strength.REFUSE)]
    assert found(rules.no_row_is_left_blank([row(know="", impacts=["none"])])) == [("R91", Strength.REFUSE)]


def test_R91_not_known_yet_needs_a_plan_with_a_date() -> None:
    unknown = row(impacts=["unknown"], know="No local data.")
    assert found(rules.no_row_is_left_blank([unknown])) == [("R91", Strength.REFUSE)]
    unknown.plan = "Ask the partner group."
    assert found(rules.no_row_is_left_blank([unknown])) == [("R91", Strength.REFUSE)]
    unknown.plan_by = date(2025, 11, 30)
    assert found(rules.no_row_is_left_blank([unknown])) == []


def test_R92_a_negative_impact_needs_an_action_or_a_written_justification() -> None:
    assert found(rules.a_negative_impact_is_answered([row()])) == []
    alone = row(carried=False)
    assert found(rules.a_negative_impact_is_answered([alone])) == [("R92", Strength.REFUSE)]
    alone.can_do = "Nothing can be done within the law, because ..."
    assert found(rules.a_negative_impact_is_answered([alone])) == []


def test_R92_good_for_some_and_bad_for_others_counts_as_negative() -> None:
    mixed = row(impacts=["positive", "negative"], carried=False)
    assert found(rules.a_negative_impact_is_answered([mixed])) == [("R92", Strength.REFUSE)]
    assert found(rules.a_negative_impact_is_answered([row(impacts=["positive"], carried=False)])) == []


def test_R93_not_updated_after_the_consultation_warns_and_at_sign_off_needs_a_name() -> None:
    closed = date(2025, 8, 4)
    for updated in (None, date(2025, 8, 3)):
        warned = rules.it_is_updated_after_the_consultation(closed, updated)
        assert found(warned) == [("R93", Strength.WARN)]
        refused = rules.it_is_updated_after_the_consultation(closed, updated, at_sign_off=True)
        assert found(refused) == [("R93", Strength.REFUSE_UNLESS_NAMED)]
    assert found(rules.it_is_updated_after_the_consultation(closed, closed)) == []
    assert found(rules.it_is_updated_after_the_consultation(None, None)) == []


def test_R94_the_decision_maker_has_read_it_before_the_decision() -> None:
    read = rules.the_decision_maker_has_read_it
    assert found(read(GRAHAM, date(2025, 10, 13), DECIDED)) == []
    for missing in (
        read(None, None, DECIDED),
        read(GRAHAM, None, DECIDED),
        read(GRAHAM, date(2025, 10, 16), DECIDED),
    ):
        assert found(missing) == [("R94", Strength.REFUSE)]


def test_R94_nobody_confirms_for_somebody_else() -> None:
    assert found(rules.nobody_confirms_for_somebody_else(reader_id=1, decision_maker_id=1)) == []
    for reader, maker in ((2, 1), (1, None)):
        refused = rules.nobody_confirms_for_somebody_else(reader_id=reader, decision_maker_id=maker)
        assert found(refused) == [("R94", Strength.REFUSE)]


def test_marriage_is_about_one_aim_and_only_where_the_act_says_so() -> None:
    assert only_discrimination("marriage", "england")
    assert not only_discrimination("marriage", "northern_ireland")
    assert not only_discrimination("age", "england")
    refused = rules.aims_fit_the_row(["discrimination", "equality"], only_discrimination=True)
    assert found(refused) == [("C19", Strength.REFUSE)]
    assert found(rules.aims_fit_the_row(["discrimination"], only_discrimination=True)) == []


def test_england_has_nine_rows_and_five_usual_additions_wales_and_scotland_a_duty_more() -> None:
    england, wales = profile_of("england"), profile_of("wales")
    assert (len(england.always), len(england.usual)) == (9, 5)
    assert Characteristic.SOCIO_ECONOMIC in wales.always
    assert Characteristic.SOCIO_ECONOMIC not in england.always
    assert Characteristic.POLITICAL_OPINION in profile_of("northern_ireland").always


def test_none_and_not_known_stand_alone_and_an_impact_has_size_and_likelihood() -> None:
    assert found(rules.an_impact_makes_sense(["none", "negative"], 1, 1)) == [("C19", Strength.REFUSE)]
    assert found(rules.an_impact_makes_sense(["negative"], None, None)) == [("C19", Strength.REFUSE)] * 2
    for fine in (["none"], ["unknown"], []):
        assert found(rules.an_impact_makes_sense(fine, None, None)) == []
    assert found(rules.an_impact_makes_sense(["positive", "negative"], 3, 1)) == []


def test_a_gap_has_a_plan_and_a_date_and_the_reviewer_is_another() -> None:
    gap = {"what": "How many are offline", "plan": "Ask the library", "by": "2025-11-30"}
    assert found(rules.a_gap_has_its_plan([gap])) == []
    for missing in ("plan", "by"):
        assert found(rules.a_gap_has_its_plan([{**gap, missing: ""}])) == [("C19", Strength.REFUSE)]
    assert found(rules.a_reviewer_is_another(1, 1)) == [("C19", Strength.REFUSE)]
    assert found(rules.a_reviewer_is_another(1, None)) == []
