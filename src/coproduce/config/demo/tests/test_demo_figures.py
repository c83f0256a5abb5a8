"""The figures of the scenario (domain notes 3.3, 3.4 and 3.6), as the product gives them."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.barriers.terms import BARRIER, Gap, Response, Zone, zone_of
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.rules.fairness import fairness_of
from coproduce.capabilities.drafting.rules.lineage import lineage_of
from coproduce.capabilities.drafting.terms import SUGGESTION, TAKEN_IN, Doing, Outcome
from coproduce.capabilities.feedback import queries as feedback
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import Label
from coproduce.capabilities.plans import operations as plan_operations
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.plans.terms import Status
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.terms import Intent
from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.signoff import queries as signoff
from coproduce.config import serving
from coproduce.config.demo import seed
from coproduce.config.demo.story import story
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.core.models import Entry
from coproduce.ui.onward import onward_from
from coproduce_engine.three_levels import Contrast

pytestmark = pytest.mark.django_db

SIGNED_ON = date(2025, 10, 15)


@pytest.fixture
def summary(demo: Any) -> Any:
    return rounds.summary(rounds.project_rounds(demo.pk).get(code="R1"))


@pytest.fixture
def figures(demo: Any) -> Any:
    return barriers.figures(demo.pk)


def refs(found: Any) -> list[str]:
    return [barrier.ref for barrier in found]


def test_the_table_is_co_production_with_half_of_it_citizens(demo: Any) -> None:
    mix = people.mix_of(demo.pk)
    assert (mix.total, mix.citizens, mix.label) == (24, 12, Label.CO_PRODUCTION)


# 3.3 The independent round


def test_twenty_two_of_twenty_four_sealed_on_time(summary: Any) -> None:
    assert (summary.independence.part, summary.independence.whole) == (22, 24)
    assert round(100 * summary.independence.part / summary.independence.whole, 1) == 91.7
    assert [(line.response.part, line.response.whole) for line in summary.groups] == [
        (7, 7), (5, 5), (5, 5), (2, 3), (3, 4),
    ]  # fmt: skip
    assert summary.late == 1


def test_answers_came_by_four_channels(demo: Any) -> None:
    found = rounds.opened_answers(rounds.project_rounds(demo.pk).get(code="R1"))
    channels = [one.answer.channel for one in found if not one.is_late]
    assert {name: channels.count(name) for name in channels} == {
        "online": 13, "paper": 5, "phone": 3, "supported easy read": 1,
    }  # fmt: skip


def test_means_of_both_levels_by_group(summary: Any) -> None:
    assert [round(line.me, 2) for line in summary.groups] == [0.00, -0.80, 0.20, 1.50, 1.00]
    assert [round(line.around, 2) for line in summary.groups] == [-1.00, -1.00, -0.40, 1.50, -0.33]
    assert (round(summary.me, 2), round(summary.around, 2)) == (0.14, -0.55)


def test_more_people_fear_for_others_than_for_themselves(summary: Any) -> None:
    assert summary.contrast == Contrast(lower=13, equal=7, higher=2)


def test_perceived_intention_beside_the_stated_one(summary: Any) -> None:
    seen = {line.intent: line.people for line in summary.intents}
    assert seen == {Intent.SAVE_MONEY: 10, Intent.FREE_CAPACITY: 5, Intent.BETTER_OUTCOMES: 5}
    assert summary.dont_know_people == 2
    assert [line.intent for line in summary.seen_not_stated] == [Intent.FREE_CAPACITY]
    assert (summary.match.part, summary.match.whole) == (15, 22)
    assert round(100 * summary.match.part / summary.match.whole, 1) == 68.2


def test_views_moved_together_after_the_reading(summary: Any) -> None:
    shift = summary.shift
    assert (shift.up, shift.down) == (6, 2)
    assert (round(shift.mean_before, 2), round(shift.mean_after, 2)) == (0.14, 0.32)
    assert (round(shift.sd_before, 2), round(shift.sd_after, 2)) == (1.32, 1.02)
    assert round(shift.convergence, 2) == 0.23


def test_the_two_leaders_could_be_recognised(summary: Any) -> None:
    assert [(finding.rule, finding.subject) for finding in summary.findings] == [
        ("R31", "Leaders and managers")
    ]


# 3.4 The barriers


def test_sixty_barriers_by_group_level_com_b_and_response(figures: Any) -> None:
    assert figures.total == 60
    assert figures.by_group == {"G1": 18, "G2": 14, "G3": 14, "G4": 5, "G5": 9}
    assert figures.by_level == {1: 33, 2: 21, 3: 6}
    assert figures.by_com_b == {"PhO": 25, "PsC": 13, "ReM": 9, "SoO": 9, "AuM": 4}
    assert figures.by_response == {
        Response.REDUCE: 30, Response.REMOVE: 21, Response.ACCEPT: 2, Response.NONE_YET: 7,
    }  # fmt: skip
    assert (figures.mean_importance, figures.mean_ease) == (4.13, 3.02)


def test_each_barrier_keeps_its_number_and_its_words(demo: Any) -> None:
    words = {barrier.ref: barrier.statement for barrier in barriers.barriers_of(demo.pk)}
    assert words == {barrier.ref: barrier.words for barrier in story().barriers}


def test_coverage_and_what_is_left_without_a_response(figures: Any) -> None:
    assert (figures.coverage.with_response, figures.coverage.important) == (43, 49)
    assert round(figures.coverage.percent, 1) == 87.8
    left = figures.important_without_response
    assert [one.ref for one in left] == ["B08", "B31", "B37", "B40", "B48", "B53"]
    assert all(one.owner_id and one.due for one in left)


def test_zones_of_the_register(figures: Any) -> None:
    assert refs(figures.zones[Zone.DO_NOW]) == [
        "B01", "B04", "B05", "B10", "B11", "B17", "B19", "B21", "B25", "B34", "B43", "B46", "B55", "B57",
    ]  # fmt: skip
    plan = figures.zones[Zone.PLAN]
    assert len(plan) == 35
    assert sum(barrier.ease <= 2 for barrier in plan) == 18
    assert len(figures.zones[Zone.TIDY]) + len(figures.zones[Zone.WATCH]) == 11


THEMES = {
    "T1": ((2, 2, 2, 0, 1), (5, 5, 4, 3, 4), 2), "T2": ((2, 1, 2, 0, 1), (4, 4, 4, 4, 3), 1),
    "T3": ((0, 6, 1, 0, 1), (3, 5, 3, 2, 4), 3), "T4": ((1, 0, 3, 1, 1), (4, 3, 5, 3, 5), 2),
    "T5": ((2, 0, 1, 0, 1), (5, 4, 4, 3, 3), 2), "T6": ((2, 1, 1, 0, 1), (3, 2, 2, 4, 3), 2),
    "T7": ((3, 2, 1, 2, 1), (5, 4, 4, 2, 3), 3), "T8": ((2, 1, 1, 1, 0), (4, 4, 3, 5, 3), 2),
    "T9": ((4, 0, 1, 0, 1), (5, 3, 3, 2, 3), 3), "T10": ((0, 1, 1, 1, 1), (2, 3, 5, 4, 4), 3),
}  # fmt: skip


def test_themes_by_group_with_medians_and_gaps(demo: Any) -> None:
    groups, rows = barriers.theme_rows(demo.pk)
    found = {
        row.theme.code: (
            tuple(row.counts.get(group.pk, 0) for group in groups),
            tuple(row.medians[group.pk] for group in groups),
            row.spread.gap,
        )
        for row in rows
    }
    assert found == THEMES
    assert [row.theme.code for row in rows if row.spread.word == Gap.CONTESTED] == ["T3", "T7", "T9", "T10"]
    assert [row.theme.code for row in rows if row.spread.word == Gap.DIFFERS] == [
        "T1",
        "T4",
        "T5",
        "T6",
        "T8",
    ]


def test_no_theme_comes_from_one_group_and_leaders_left_six_out(demo: Any) -> None:
    groups, rows = barriers.theme_rows(demo.pk)
    assert barriers.themes_of_one_group(rows) == []
    leaders = next(group.pk for group in groups if group.code == "G4")
    assert [row.theme.code for row in barriers.themes_not_raised_by(rows, leaders)] == [
        "T1", "T2", "T3", "T5", "T6", "T9",
    ]  # fmt: skip


def test_zones_of_the_raising_groups_are_those_of_the_raisers(demo: Any) -> None:
    """Each person's ratings leave the importance and ease of the raising group as the scenario has them."""
    opinions = barriers.opinions(demo.pk)
    said = {
        barrier.ref: opinions[barrier.pk].by_group[barrier.group_id]
        for barrier in barriers.barriers_of(demo.pk)
    }
    told = {one.ref: (one.importance, one.ease) for one in story().barriers}
    assert {ref: (middle.importance, middle.ease) for ref, middle in said.items()} == told
    zones = Counter(zone_of(middle.importance, middle.ease) for middle in said.values())
    assert (zones[Zone.DO_NOW], zones[Zone.PLAN]) == (14, 35)
    assert zones[Zone.TIDY] + zones[Zone.WATCH] == 11


def test_barriers_by_gap_between_groups(demo: Any) -> None:
    found = barriers.opinions(demo.pk).values()
    assert Counter(one.spread.word for one in found) == {
        Gap.CONTESTED: 12, Gap.DIFFERS: 26, Gap.CLOSE: 22,
    }  # fmt: skip


def test_no_leader_raised_six_themes_and_carers_gave_six_of_eight_on_their_load(demo: Any) -> None:
    groups, rows = barriers.theme_rows(demo.pk)
    assert [row.theme.name for row in barriers.themes_no_leader_raised(groups, rows)] == [
        "Handover and information", "Timing and waiting", "Carers' load and rights",
        "Equipment and home set-up", "Technology", "Access and communication needs",
    ]  # fmt: skip
    carers = next(group for group in groups if group.code == "G2")
    (load,) = (row for row in rows if row.theme.code == "T3")
    assert (load.counts[carers.pk], load.total) == (6, 8)


def test_who_did_not_rate_has_all_sixty_sealed_and_the_others_none(demo: Any) -> None:
    waiting = {one.seat.person.name: one.progress.waiting for one in barriers.progress_by_person(demo.pk)}
    assert {name: count for name, count in waiting.items() if count} == {"Graham Tully": 60}


def test_barriers_lead_on_to_suggestions_and_actions_with_how_they_stand(demo: Any) -> None:
    def onward(ref: str) -> list[tuple[str, str]]:
        found = barriers.barrier_by_ref(demo.pk, ref)
        return [(link.ref, str(link.state)) for link in onward_from(BARRIER, demo.pk, found.pk)]

    voted, age = ("V1.1", "Closed"), ("Age", "Positive, Negative")
    assert onward("B01") == [voted, ("S08", "Accepted"), ("A01", "In progress"), age]
    assert onward("B19") == [("V1.5", "Closed"), ("S24", "Accepted"), ("A03", "Done"), ("Carers", "Positive")]
    assert onward("B31") == [("S28", "Declined"), ("A13", "Not started"), ("Carers", "Positive")]
    assert onward("B02") == [("Age", "Positive, Negative")]


# 3.6 The suggestions


@pytest.fixture
def decided(demo: Any) -> list[Any]:
    return drafting.decided(demo.pk)


def test_every_suggestion_is_answered_in_one_of_four_ways(demo: Any, decided: list[Any]) -> None:
    assert [suggestion.ref for suggestion, _ in decided] == [f"S{number:02}" for number in range(1, 41)]
    assert drafting.totals(demo.pk) == {
        Outcome.ACCEPTED: 22, Outcome.IN_PART: 7, Outcome.DECLINED: 7, Outcome.PASSED_ON: 4,
    }  # fmt: skip
    assert Counter(suggestion.kind for suggestion, _ in decided) == {"add": 25, "change": 14, "remove": 1}
    assert Counter(suggestion.section for suggestion, _ in decided).most_common(2) == [
        ("5. First 72 hours", 9), ("4. Before you leave hospital", 7),
    ]  # fmt: skip


def test_reason_codes_of_all_not_fully_accepted(decided: list[Any]) -> None:
    assert Counter(decision.reason_code for _, decision in decided if decision.reason_code) == {
        "COST": 7, "PARTNER": 3, "SAFE": 2, "EVIDENCE": 2, "CHARTER": 2, "SCOPE": 1, "LAW": 1,
    }  # fmt: skip


def test_thirty_seven_of_forty_are_answered_on_time(decided: list[Any]) -> None:
    late = [suggestion.ref for suggestion, decision in decided if decision.decided_on > decision.due_on]
    assert late == ["S12", "S34", "S38"]
    assert {decision.due_on.isoformat() for _, decision in decided} == {"2025-09-02"}
    assert 100 * (len(decided) - len(late)) / len(decided) == 92.5


def test_taken_in_by_group(decided: list[Any]) -> None:
    made = Counter(suggestion.group.code if suggestion.group else "public" for suggestion, _ in decided)
    taken = Counter(
        suggestion.group.code if suggestion.group else "public"
        for suggestion, decision in decided
        if decision.outcome in TAKEN_IN
    )
    assert made == {"G1": 12, "G2": 8, "G3": 7, "G4": 3, "G5": 7, "public": 3}
    assert {group: round(100 * count / made[group], 1) for group, count in taken.items()} == {
        "G1": 83.3, "G2": 75.0, "G3": 85.7, "G4": 33.3, "G5": 71.4, "public": 33.3,
    }  # fmt: skip
    assert 100 * taken.total() / made.total() == 72.5


def test_what_was_taken_in_landed_in_two_versions(demo: Any, decided: list[Any]) -> None:
    document = drafting.documents_of(demo.pk).get()
    versions = drafting.versions_of(document.pk)
    assert list(map(str, versions)) == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.9", "1.0"]
    landed = (drafting.landed_in(decision.landed_seq, versions) for _, decision in decided)
    assert Counter(str(version) for version in landed if version) == {"0.4": 17, "0.5": 12}
    by_number = {str(version): version for version in versions}
    difference = drafting.difference(document, by_number["0.3"], by_number["0.5"])
    assert len(difference.by_suggestion) == 29
    between = (drafting.Moment(by_number[number].at_seq, by_number[number]) for number in ("0.3", "0.5"))
    assert drafting.suggestions_between(document, *between) == set(difference.by_suggestion)


def test_the_fairness_table_has_the_shares_and_is_silent_where_groups_made_few(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    found = fairness_of(*drafting.counted(document, "public"))
    assert [(line.taken_in, line.made, line.people) for line in found.groups] == [
        (10, 12, 7), (6, 8, 5), (6, 7, 5), (1, 3, 2), (5, 7, 4), (1, 3, 3),
    ]  # fmt: skip
    shares = [line.percent and round(line.percent, 1) for line in found.groups]
    assert shares == [83.3, 75.0, 85.7, None, 71.4, None]
    ranges = [
        line.interval and (round(line.interval.low, 3), round(line.interval.high, 3)) for line in found.groups
    ]
    assert ranges == [(0.552, 0.953), (0.409, 0.929), None, None, None, None]
    assert (found.everyone.taken_in, found.everyone.made, found.everyone.people) == (29, 40, 26)
    assert found.p is not None
    assert 0.25 < found.p < 0.4


def test_suggestions_went_to_two_versions_or_to_an_answer(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    streams = lineage_of(*drafting.counted(document, "public"))
    ends = {
        end.version or end.answer: sum(streams.of(group, end) for group in streams.groups)
        for end in streams.ends
    }
    assert ends == {"0.4": 17, "0.5": 12, Outcome.PASSED_ON: 4, Outcome.DECLINED: 7}
    assert len(streams.groups) == 6


def test_everyone_is_named_as_they_chose(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    names = drafting.names_in(
        projects.visit(projects.roles_in(demo.pk)[0].person, demo.pk, SUGGESTION, Purpose.READ)
    )
    suggestions = {one.ref: one for one in drafting.suggestions_on(document.pk)}
    chosen = {ref: names.said(suggestions[ref].author) for ref in ("S01", "S02", "S22", "S31", "S40")}
    assert chosen == {
        "S01": "Len Bartram", "S02": "Priya", "S22": "Westbrook Care",
        "S31": "A resident of Wexcombe", "S40": "Wei Chen",
    }  # fmt: skip


def test_the_page_of_figures_gives_the_same_numbers(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    found = drafting.figures(document, "england", "The public")
    assert (found.total, found.people) == (40, 26)  # 23 of the 24, and 3 from the public
    assert found.outcomes == {"accepted": 22, "in_part": 7, "declined": 7, "passed_on": 4}
    assert (found.taken_in.part, found.taken_in.whole, found.taken_in.percent) == (29, 40, 72.5)
    assert [(one.part, one.whole, one.percent) for one in found.by_group] == [
        (10, 12, 83.3), (6, 8, 75.0), (6, 7, 85.7), (1, 3, 33.3), (5, 7, 71.4), (1, 3, 33.3),
    ]  # fmt: skip
    assert (found.on_time.part, found.on_time.whole, found.on_time.percent) == (37, 40, 92.5)
    assert dict(found.reasons) == {
        "COST": 7, "PARTNER": 3, "SAFE": 2, "EVIDENCE": 2, "CHARTER": 2, "SCOPE": 1, "LAW": 1,
    }  # fmt: skip
    assert sum(dict(found.reasons).values()) == 18
    assert found.kinds == {"add": 25, "change": 14, "remove": 1}
    assert found.versions == [("0.4", 17), ("0.5", 12)]
    assert [n for _section, n in found.sections[:2]] == [9, 7]


def test_everybody_but_one_and_three_from_the_public_made_suggestions(demo: Any) -> None:
    seated = people.seated_ids(demo.pk)
    authors = drafting.people_who_suggested(demo.pk)
    assert (len(authors.keys() & seated), len(seated), len(authors.keys() - seated)) == (23, 24, 3)


def test_eight_are_a_matter_of_wording_and_twenty_one_are_promises(decided: list[Any]) -> None:
    taken = [suggestion for suggestion, decision in decided if decision.outcome in TAKEN_IN]
    wording = [suggestion.ref for suggestion in taken if suggestion.doing == Doing.WORDING]
    assert wording == ["S01", "S02", "S03", "S04", "S05", "S06", "S07", "S35"]
    assert len([suggestion for suggestion in taken if suggestion.doing == Doing.PROMISE]) == 21


def test_costs_are_given_in_figures_with_what_is_done_instead(decided: list[Any]) -> None:
    answers = {suggestion.ref: decision for suggestion, decision in decided}
    found = {ref: (int(answers[ref].cost_amount), answers[ref].cost_period) for ref in ("S23", "S26", "S28")}
    assert found == {"S23": (1_900_000, "a_year"), "S26": (610_000, "a_year"), "S28": (240_000, "a_year")}
    assert all(decision.cost_amount for decision in answers.values() if decision.reason_code == "COST")
    assert "exchange" in answers["S28"].done_instead
    assert answers["S34"].reason_code == "LAW"
    assert {answers[ref].reason_code for ref in ("S32", "S40")} == {"CHARTER"}


def test_four_wait_for_the_reply_of_others_and_nothing_else_waits(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    waiting = list(drafting.passed_on_from(document.pk))
    assert sorted(one.decision.suggestion.ref for one in waiting) == ["S13", "S31", "S33", "S38"]
    assert all(
        one.to and one.sent_on and one.remind_on > one.sent_on and not one.replied_on for one in waiting
    )
    rows = drafting.queue_on(document.pk)
    counts = drafting.queue_counts(rows, SIGNED_ON, "england")
    assert {name: n for name, n in counts.items() if n} == {"reply": 4, "remind": counts["remind"]}
    assert drafting.alike(document.pk) == []


def test_each_version_reads_as_the_story_says(demo: Any) -> None:
    told = story()
    document = drafting.documents_of(demo.pk).get()
    texts = {str(version): drafting.text_of_version(version) for version in drafting.versions_of(document.pk)}
    assert {number: texts[number] for number in told.texts} == told.texts
    text = told.texts["0.3"]
    for decision in sorted(told.decisions, key=lambda decision: (decision.on, decision.suggestion)):
        for change in decision.change:
            text = change.applied_to(text)
    assert texts["0.5"] == text
    for edit in told.editorial:
        text = edit.change.applied_to(text)
    assert texts["1.0"] == text


def test_every_word_of_the_plan_has_its_author(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    state = drafting.text_now(document)
    stretches = [stretch for block in drafting.blame(document, state).values() for stretch in block]
    assert "".join(stretch.text for stretch in stretches) == state.text()
    [freeing] = [stretch for stretch in stretches if stretch.text.startswith("Freeing hospital beds")]
    assert (freeing.cause.suggestion.ref, freeing.cause.author.name) == ("S02", "Priya Nair")
    assert freeing.cause.decision.decided_by.name == "Helen Marsh"


# 3.7 to 3.9 Actions, answers in public, sign-off


def test_fifteen_actions_as_they_stood_at_sign_off(demo: Any) -> None:
    assert [action.ref for action in plans.actions_of(demo.pk)] == [
        f"A{number:02}" for number in range(1, 16)
    ]
    counts = plans.counts(demo.pk, SIGNED_ON)
    assert counts.by_status == {Status.DONE: 2, Status.IN_PROGRESS: 8, Status.NOT_STARTED: 5}
    assert (counts.overdue, counts.citizen_owned, counts.partner_owned) == (0, 3, 4)


def test_the_measures_of_the_plan_are_counted_from_the_record(demo: Any) -> None:
    found = {one.key: one for one in plans.measures(demo.pk, SIGNED_ON)}
    assert {key: (one.part, one.whole) for key, one in found.items()} == {
        "on_time": (2, 2), "late": (0, 15), "moved": (0, 15), "proved": (2, 2), "citizens": (3, 15),
        "partners": (4, 15), "promises": (21, 21),
    }  # fmt: skip
    assert [row.ref for row in found["citizens"].rows] == ["A05", "A11", "A13"]
    assert [row.ref for row in found["partners"].rows] == ["A02", "A04", "A13", "A14"]
    assert plans.commitment_counts(demo.pk, SIGNED_ON) == {"total": 6, "overdue": 0}


def test_the_manager_has_reviewed_the_plan_as_it_stood(demo: Any) -> None:
    review = plans.reviews_of(demo.pk).get()
    assert review.by.name == "Helen Marsh"
    assert (review.stood["done"], review.stood["total"], review.stood["overdue"], review.stood["moved"]) == (
        2,
        15,
        0,
        0,
    )
    assert plans.review_date(demo.pk) == date(2026, 1, 12)


def test_no_promise_is_left_without_an_action_or_a_standing_commitment(demo: Any) -> None:
    promises = [
        suggestion for suggestion, _ in drafting.decided(demo.pk) if suggestion.doing == Doing.PROMISE
    ]
    assert len(promises) == 21
    assert plans.promises_without_action(demo.pk, promises) == []
    commitments = list(plans.commitments_of(demo.pk))
    carried = plans.refs_by_commitment(demo.pk)
    assert sorted(ref for one in commitments for ref in carried[one.pk]) == [
        "S12", "S14", "S17", "S18", "S22", "S37",
    ]  # fmt: skip
    assert {(one.in_force_from, one.check_date) for one in commitments} == {
        (date(2025, 11, 3), date(2026, 4, 15))
    }


def test_an_end_of_ongoing_was_refused_before_a09_had_its_date(demo: Any) -> None:
    action = plans.action_by_ref(demo.pk, "A09")
    assert action is not None
    assert action.end == date(2026, 2, 27)
    with pytest.raises(Refused, match="R60"):
        plan_operations.add_action(
            by=action.added_by, project_id=demo.pk, what=action.what, owner=action.owner, start=action.start,
            end="ongoing",
        )  # fmt: skip


def test_twelve_statements_answer_all_forty(demo: Any) -> None:
    document = drafting.documents_of(demo.pk).get()
    published = feedback.publication_of(document.pk)
    assert published is not None
    assert clock.day_of(published.published_at) == date(2025, 9, 22)
    assert len(published.statements) == 12
    covered = feedback.coverage(document)
    assert (covered.counts.total, covered.uncovered, covered.undecided) == (40, [], [])


def test_signed_off_with_a_review_within_a_year_and_six_barriers_named(demo: Any) -> None:
    signed = signoff.latest(demo.pk)
    assert signed is not None
    assert (str(signed.version), signed.decided_on, signed.review_on) == (
        "1.0",
        SIGNED_ON,
        date(2026, 10, 15),
    )
    assert (signed.owner.name, signed.facilitator.name) == ("Helen Marsh", "Owen Pritchard")
    left = list(signoff.left_barriers(signed))
    assert [one.ref for one in left] == ["B08", "B31", "B37", "B40", "B48", "B53"]
    assert all(one.person.name and one.due > SIGNED_ON for one in left)
    assert plans.commitments_of(demo.pk).count() == 6
    assert (signed.suggestions_answered, signed.promises, signed.promises_left) == (40, 21, 0)


def test_R80_each_who_decided_said_before_the_decision_how_they_considered_it(demo: Any) -> None:
    signed = signoff.latest(demo.pk)
    assert signed is not None
    makers = {one.person.name: one for one in signoff.makers_of(signed)}
    assert set(makers) == {people_by_code(demo)["P18"], people_by_code(demo)["P19"]}
    assert all(one.statement and one.stated_on == date(2025, 10, 13) for one in makers.values())


def test_everything_on_the_readiness_page_was_so_on_the_day(demo: Any) -> None:
    """Only R36 is left as a warning, for the six barriers: each has its person and its date."""
    signed = signoff.latest(demo.pk)
    assert signed is not None
    with clock.at(signed.signed_at):
        lines = signoff.lines_of(signoff.Facts(demo.pk, signed, clock.today()))
    left = [(line.finding.rule, line.finding.subject) for line in lines if line.part != "done"]
    assert left == [("R36", ref) for ref in ("B08", "B31", "B37", "B40", "B48", "B53")]


def people_by_code(demo: Any) -> dict[str, str]:
    return {seat.code: seat.person.name for seat in people.seats_of(demo.pk)}


def test_the_story_is_made_once(demo: Any) -> None:
    assert seed.make(lambda words: None) is False


def test_a_story_that_was_cut_short_is_forgotten_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(click.ClickException, match="Nothing was removed"):
        serving.forget_demo(tmp_path)
    (tmp_path / serving.UNFINISHED).touch()
    assert serving.demo_is_half_made(tmp_path)
    serving.forget_demo(tmp_path)
    assert not tmp_path.exists()


def test_the_ledger_tells_the_story_in_the_order_of_time(demo: Any) -> None:
    moments = list(Entry.objects.filter(chain=str(demo.pk)).order_by("seq").values_list("at", flat=True))
    assert len(moments) > 500
    assert moments == sorted(moments)


def test_a_suggestion_leads_on_to_its_action_its_commitment_and_its_public_answer(demo: Any) -> None:
    def onward(ref: str) -> list[str]:
        suggestion = drafting.suggestion_by_ref(demo.pk, ref)
        return [link.ref for link in onward_from(SUGGESTION, demo.pk, suggestion.pk)]

    assert onward("S08") == ["A01", "Y04"]
    assert onward("S12") == ["C01", "Y05"]
    assert onward("S23") == ["Y10"]
