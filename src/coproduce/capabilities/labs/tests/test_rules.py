from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.labs import rules
from coproduce.capabilities.labs.terms import LOUD, QUIET, Met, Stage, mean_energy, ratio_shown
from coproduce.capabilities.people.terms import GroupKind, Mix
from coproduce.core.findings import Refused, Strength, settle
from coproduce_engine.three_levels import Share

TODAY = date(2025, 3, 10)


def found(findings: object) -> list[tuple[str, Strength]]:
    return [(one.rule, one.strength) for one in findings]  # type: ignore[attr-defined]


def need(state: Met) -> SimpleNamespace:
    return SimpleNamespace(state=state)


def line(voice: float | None, name: str = "Leaders") -> SimpleNamespace:
    return SimpleNamespace(name=name, voice=voice)


def test_R50_a_lab_without_an_opening_write_warns() -> None:
    assert found(rules.a_lab_begins_with_writing(SimpleNamespace(has_opening_write=False))) == [
        ("R50", Strength.WARN)
    ]
    assert not [*rules.a_lab_begins_with_writing(SimpleNamespace(has_opening_write=True))]


@pytest.mark.parametrize(
    "people,words",
    [
        ({GroupKind.CITIZENS: 5, GroupKind.FRONTLINE: 4}, "co-production lab"),
        ({GroupKind.CITIZENS: 0, GroupKind.FRONTLINE: 3, GroupKind.LEADERS: 2}, "collaboration"),
        ({GroupKind.CARERS: 6}, "community-led action"),
    ],
)
def test_R51_who_came_decides_the_label(people: dict, words: str) -> None:
    (finding,) = rules.the_label_is_shown(Mix(people))
    assert (finding.rule, finding.strength) == ("R51", Strength.SHOW)
    assert words in str(finding.message)


def test_R51_a_lab_to_which_nobody_came_has_no_label() -> None:
    assert not [*rules.the_label_is_shown(Mix({}))]


@pytest.mark.parametrize("held", [True, False])
def test_R52_no_frontline_and_no_leader_are_each_a_warning(held: bool) -> None:
    both = {GroupKind.FRONTLINE, GroupKind.LEADERS, GroupKind.CITIZENS}
    assert not [*rules.both_ends_of_the_line_are_there(both, held=held)]
    (one,) = rules.both_ends_of_the_line_are_there(both - {GroupKind.FRONTLINE}, held=held)
    assert (one.rule, one.strength) == ("R52", Strength.WARN)
    assert "frontline" in str(one.message)
    assert len([*rules.both_ends_of_the_line_are_there({GroupKind.CITIZENS}, held=held)]) == 2


def test_R53_the_first_lab_after_the_draft_is_finished_warns() -> None:
    def says(**facts: object) -> list:
        usual = {"is_first": True, "draft_finished_on": TODAY}
        return found(
            rules.the_first_lab_comes_before_the_draft_is_finished(TODAY + timedelta(days=1), **usual | facts)
        )

    assert says() == [("R53", Strength.WARN)]
    assert not says(is_first=False)
    assert not says(draft_finished_on=None)
    assert not says(draft_finished_on=TODAY + timedelta(days=1))


def test_R54_a_voice_over_one_and_a_half_or_under_a_half_warns() -> None:
    lines = [line(voice) for voice in (LOUD, QUIET, 1.0, None)]
    assert not [*rules.voices_out_of_balance_warn(lines, lab="L2")]
    loud, quiet = rules.voices_out_of_balance_warn([line(1.95), line(0.49)], lab="L2")
    assert (loud.rule, loud.strength, quiet.rule) == ("R54", Strength.WARN, "R54")
    assert "1.95" in str(loud.message)
    assert "hardly heard" in str(quiet.message)


def test_R54_the_plan_of_the_next_lab_names_the_lab_that_showed_it() -> None:
    (finding,) = rules.voices_out_of_balance_warn([line(1.95)], lab="L2", ahead=True)
    assert "L2" in str(finding.message)
    assert "Plan" in str(finding.message)


def test_R55_an_idea_decided_elsewhere_shows_who_and_why() -> None:
    idea = SimpleNamespace(elsewhere_by="The board", elsewhere_why="One record for all", elsewhere_on=TODAY)
    (finding,) = rules.an_idea_decided_elsewhere_is_shown(idea)
    assert (finding.rule, finding.strength) == ("R55", Strength.SHOW)
    assert "The board" in str(finding.message)
    assert "One record for all" in str(finding.message)


@pytest.mark.parametrize("who,why", [("The board", " "), (" ", "Because")])
def test_R55_who_without_why_is_refused(who: str, why: str) -> None:
    idea = SimpleNamespace(elsewhere_by=who, elsewhere_why=why, elsewhere_on=TODAY)
    with pytest.raises(Refused):
        settle(rules.an_idea_decided_elsewhere_is_shown(idea))


@pytest.mark.parametrize("payer,refused", [("", True), ("  ", True), ("The council", False)])
def test_R104_an_undeclared_payer_refuses_the_invitation(payer: str, refused: bool) -> None:
    assert found(rules.nobody_is_invited_before_the_payer_is_declared(payer)) == (
        [("R104", Strength.REFUSE)] if refused else []
    )


def test_R105_a_stage_that_was_reached_without_citizens_warns() -> None:
    stages = [
        SimpleNamespace(stage=Stage.FOREWORD, is_reached=True, citizens=0),
        SimpleNamespace(stage=Stage.ROUND, is_reached=True, citizens=12),
        SimpleNamespace(stage=Stage.REVIEW, is_reached=False, citizens=0),
    ]
    (finding,) = rules.a_stage_without_citizens_warns(stages)
    assert (finding.rule, finding.strength, finding.subject) == ("R105", Strength.WARN, Stage.FOREWORD)


@pytest.mark.parametrize("days,warned", [(11, False), (10, True), (0, True), (-1, False)])
def test_R16_an_unmet_need_warns_from_ten_days_before(days: int, warned: bool) -> None:
    day = TODAY + timedelta(days=days)
    findings = rules.unmet_needs_warn_near_the_day([need(Met.NOT_YET), need(Met.MET)], day=day, today=TODAY)
    assert bool([*findings]) is warned


def test_R16_what_is_arranged_or_met_does_not_warn() -> None:
    needs = [need(Met.ARRANGED), need(Met.MET)]
    assert not [*rules.unmet_needs_warn_near_the_day(needs, day=TODAY, today=TODAY)]


def test_the_agenda_must_fit_the_lab() -> None:
    assert not [*rules.the_agenda_fits(120, 120)]
    assert found(rules.the_agenda_fits(121, 120)) == [("C10", Strength.WARN)]


def test_more_people_named_than_counted_is_refused_beside_the_group() -> None:
    (finding,) = rules.the_count_holds_the_seats({"a": 1, "b": 2}, {"a": 2}, {"a": "Carers"})
    assert (finding.strength, finding.subject) == (Strength.REFUSE, "group_a")


def test_a_sponsor_decides_with_the_dissent_beside_it() -> None:
    assert found(rules.dissent_is_told_of_a_sponsor("sponsor", "")) == [("C10", Strength.REFUSE)]
    assert not [*rules.dissent_is_told_of_a_sponsor("sponsor", "Nobody")]
    assert not [*rules.dissent_is_told_of_a_sponsor("consent", "")]


def test_the_capacity_plan_says_what_citizens_hold_and_warns_under_the_target() -> None:
    assert not [*rules.what_citizens_hold(Share(0, 0), 50)]
    assert found(rules.what_citizens_hold(Share(2, 3), 50)) == [("C23", Strength.SHOW)]
    assert found(rules.what_citizens_hold(Share(1, 3), 50)) == [
        ("C23", Strength.SHOW), ("C23", Strength.WARN),
    ]  # fmt: skip


def test_mean_energy_counts_people_at_each_level() -> None:
    assert mean_energy([0, 1, 0, 0, 1]) == 3.5
    assert mean_energy([]) is None
    assert mean_energy([0, 0, 0, 0, 0]) is None


@given(st.floats(0, 50))
def test_a_ratio_is_shown_with_two_digits(ratio: float) -> None:
    assert abs(float(ratio_shown(ratio)) - ratio) <= 0.005 + 1e-9
