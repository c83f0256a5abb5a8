"""The external stage of the scenario (domain notes 3.1, 3.6, walkthrough steps 16 and 17), as the product gives it."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.consultation import operations, queries
from coproduce.capabilities.consultation.queries import Report
from coproduce.capabilities.projects import queries as projects
from coproduce.core.findings import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(demo: Any) -> Any:
    return queries.consultations_of(demo.pk).get()


@pytest.fixture
def report(held: Any) -> Report:
    return queries.report_of(held)


def test_84_days_are_12_weeks_with_the_scenarios_dates(held: Any) -> None:
    assert (held.opens_on, held.closes_on, held.days) == (date(2025, 5, 12), date(2025, 8, 4), 84)
    assert (held.late_until, held.answers_by, held.publishes_on) == (
        date(2025, 8, 11), date(2025, 9, 2), date(2025, 9, 22),
    )  # fmt: skip
    assert (str(held.version), held.decides_on, held.reviews_on) == (
        "0.3",
        date(2025, 10, 15),
        date(2026, 10, 15),
    )
    page = Client().get(reverse("consultation:page", args=[held.pk])).content.decode()
    assert "84 days (12 weeks)" in page


def test_R76_the_only_school_holiday_warns_and_the_answer_stands_beside_it(held: Any) -> None:
    assert not held.despite
    school = [one["message"] for one in held.warnings if "school holiday" in one["message"]]
    assert len(school) == 1
    assert "Two extra drop-ins before 18 July, and late paper is taken until 11 August." in school[0]
    assert {one["rule"] for one in held.warnings} == {"R76", "R78"}


@pytest.mark.parametrize("closes,rule", [(date(2025, 5, 23), "R74"), (date(2025, 6, 16), "R75")])
def test_R74_R75_step_16_of_the_walkthrough(held: Any, closes: date, rule: str) -> None:
    held.closes_on, held.late_until = closes, None
    found = [one for one in queries.readiness(held) if one.rule in {"R74", "R75"}]
    assert [one.rule for one in found] == [rule]


def test_R76_step_17_a_launch_on_14_april_falls_into_the_pre_election_period(held: Any) -> None:
    held.opens_on = date(2025, 4, 14)
    assert any("County council elections" in str(one.message) for one in queries.readiness(held))


def test_twenty_three_of_the_table_and_three_of_the_public(report: Report) -> None:
    assert (report.counts.replies, report.counts.people) == (26, 26)
    assert [(line.key, line.replies) for line in report.counts.by_group] == [
        ("G1", 7), ("G2", 5), ("G3", 5), ("G4", 2), ("G5", 4), ("none", 3),
    ]  # fmt: skip


def test_forty_suggestions_with_the_scenarios_answers_and_versions(report: Report) -> None:
    assert report.suggestions == 40
    assert {value: count for value, _label, count in report.outcomes if count} == {
        "accepted": 22, "in_part": 7, "declined": 7, "passed_on": 4,
    }  # fmt: skip
    assert {value: count for value, _label, count in report.reasons} == {
        "COST": 7, "PARTNER": 3, "SAFE": 2, "EVIDENCE": 2, "CHARTER": 2, "SCOPE": 1, "LAW": 1,
    }  # fmt: skip
    assert [(str(version), count) for version, count in report.versions] == [("0.4", 17), ("0.5", 12)]


def test_every_suggestion_is_coded_and_each_code_leads_to_answers(report: Report) -> None:
    coded = [point for point in report.points if point.suggestion]
    assert all(point.codes for point in coded)
    carers = next(row for row in report.codes if row.code.name == "Carers")
    assert (carers.suggestions, dict(carers.by_outcome)) == (5, {"accepted": 3, "declined": 2})
    assert {row.code.characteristic for row in report.codes if row.code.parent_id} == {
        "disability", "rural", "age", "race",
    }  # fmt: skip


def test_each_number_of_the_report_leads_to_as_many_rows(held: Any, report: Report) -> None:
    client = Client()

    def rows(page: str, query: str) -> int:
        answer = client.get(reverse(f"consultation:{page}", args=[held.pk]) + f"?{query}&format=csv")
        return len(list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))))

    assert rows("report_replies", "") == report.counts.replies
    for line in report.counts.by_group:
        assert rows("report_replies", f"group={line.key}") == line.replies
    for line in report.counts.by_channel:
        if line.replies:
            assert rows("report_replies", f"channel={line.key}") == line.replies
    for row in report.codes:
        assert rows("report_replies", f"code={row.code.ref}") == row.replies
        assert rows("report_points", f"code={row.code.ref}&outcome=any") == row.suggestions
    for value, _label, count in report.outcomes:
        assert rows("report_points", f"outcome={value}") == count
    for value, _label, count in report.reasons:
        assert rows("report_points", f"reason={value}") == count


def test_names_and_words_are_public_only_where_people_chose(held: Any) -> None:
    answer = Client().get(reverse("consultation:report_points", args=[held.pk]) + "?format=csv")
    words = answer.content.decode("utf-8-sig")
    assert "Nobody sent home after 8 pm" in words
    # X2 gave no name and wants no quote.
    assert "End charges after the free weeks" not in words
    named = (
        Client().get(reverse("consultation:report_replies", args=[held.pk]) + "?format=csv").content.decode()
    )
    assert "Margaret Finch" in named
    assert "A resident of Wexcombe" not in named


def test_two_coders_agree_on_the_replies_that_were_drawn(report: Report) -> None:
    assert (report.agreement.replies, report.agreement.drawn) == (8, 8)
    assert report.agreement.alpha is not None
    assert "8 replies" in report.agreement.sentence


def test_R80_the_cabinet_member_said_how_before_it_was_decided(demo: Any, held: Any) -> None:
    [maker] = queries.decision_makers_of(held)
    assert (maker.stated_on, held.decided_on) == (date(2025, 10, 13), date(2025, 10, 15))
    operations.set_decision_makers(
        by=projects.facilitators_of(demo.pk)[0], project_id=demo.pk, consultation_id=held.pk,
        person_ids=[maker.person_id, projects.managers_of(demo.pk)[0].pk],
    )  # fmt: skip
    with pytest.raises(Refused):
        operations.mark_decided(
            by=projects.facilitators_of(demo.pk)[0],
            project_id=demo.pk,
            consultation_id=held.pk,
            decision="Other",
        )
