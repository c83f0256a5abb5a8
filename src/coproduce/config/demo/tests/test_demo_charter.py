"""The charter of the scenario (domain notes 3.10, walkthrough step 29), as the product computes it from the records."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.charter import operations, queries, rules
from coproduce.capabilities.charter.models import Standing
from coproduce.capabilities.charter.terms import Commitment, Miss, PointKind
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.outward.portfolio.views import late_words, next_words, presence_words

pytestmark = pytest.mark.django_db

SIGNED_ON = date(2025, 10, 15)


@pytest.fixture
def card(demo: Any) -> Any:
    return queries.scorecard(projects.public_visit(None, demo.pk), SIGNED_ON)


def points(card: Any, number: int) -> Any:
    return card.tiles[number - 1].points


def figure(card: Any, number: int) -> str:
    tile = card.tiles[number - 1]
    return rules.figure_of(tile.measure, tile.points, card.gathered.limits)


def test_seven_of_eight_at_sign_off(card: Any) -> None:
    assert (card.score.met, card.score.of) == (7, 8)
    assert [one.met for one in card.measures] == [True, True, True, True, True, False, True, True]


def test_R101_only_commitment_6_is_shown_as_unmet(card: Any) -> None:
    assert [(one.rule, one.subject) for one in card.findings] == [("R101", "6")]


def test_1_the_foreword_was_shared_on_day_nought_with_savings_and_beds(card: Any) -> None:
    assert figure(card, 1).startswith("The foreword was shared on day 0")
    aims = [str(one.what) for one in points(card, 1) if one.kind == PointKind.AIM]
    assert aims == [
        "Better outcomes for people", "Save money", "Free capacity, such as beds or time",
        "How much is to be saved, and for what",
    ]  # fmt: skip


def test_4_seven_versions_and_fifteen_dated_actions(card: Any) -> None:
    versions = [one.ref for one in points(card, 4) if one.kind == PointKind.VERSION]
    assert versions == ["0.1", "0.2", "0.3", "0.4", "0.5", "0.9", "1.0"]
    assert "15 of 15 actions" in figure(card, 4)


def test_5_forty_of_forty_suggestions_are_named_dated_and_placed(card: Any) -> None:
    assert (card.measures[4].part, card.measures[4].whole) == (40, 40)


def test_6_thirty_seven_of_forty_on_time_are_92_5_per_cent(card: Any) -> None:
    six = card.measures[5]
    assert (six.part, six.whole, six.percent, six.met) == (37, 40, 92.5, False)
    assert [one.ref for one in points(card, 6) if Miss.LATE in one.misses] == ["S12", "S34", "S38"]
    # Nothing else is missing: each no has its reason, each cost its figure.
    assert {miss for one in points(card, 6) for miss in one.misses} == {Miss.LATE}


def test_participants_say_what_the_scenario_says_and_6_is_the_lowest(card: Any) -> None:
    means = [round(tile.view.mean, 1) for tile in card.tiles]
    assert means == [3.1, 2.8, 3.6, 3.3, 2.9, 2.6, 3.2, 3.4]
    assert {tile.view.answers for tile in card.tiles} == {20}
    assert card.views.lowest == Commitment.ANSWERED


def test_every_number_on_the_public_page_opens_as_many_rows(demo: Any, card: Any) -> None:
    client = Client()
    with clock.at(datetime(2025, 10, 15, 22, tzinfo=UTC)):
        page = client.get(reverse("charter:charter", args=[demo.pk])).content.decode()
        assert "7 of 8 commitments are met." in page
        for tile in card.tiles:
            address = reverse("charter:rows", args=[demo.pk, tile.commitment.value])
            assert address in page
            answer = client.get(address + "?format=csv").content.decode("utf-8-sig")
            assert len(list(csv.DictReader(io.StringIO(answer)))) == len(tile.points)


def test_the_public_pages_show_no_words_of_suggestions_or_actions(demo: Any) -> None:
    client = Client()
    for number in range(1, 9):
        page = client.get(reverse("charter:rows", args=[demo.pk, number])).content.decode()
        assert "Say plainly that saving money" not in page
        assert "Put one name and number" not in page


def test_six_sign_and_one_missed_promise_is_answered_by_name_in_time(demo: Any) -> None:
    assert [one.organisation for one in queries.signatories_of(demo.pk)][0] == "Wexcombe Council"
    assert len(queries.signatories_of(demo.pk)) == 6
    [breach] = queries.breaches_of(demo.pk)
    assert (breach.told_on, breach.due_on, breach.answered_on) == (
        date(2025, 9, 8), date(2025, 9, 22), date(2025, 9, 15),
    )  # fmt: skip
    page = Client().get(reverse("charter:missed", args=[demo.pk])).content.decode()
    assert "Owen Pritchard" in page
    assert "You promised an answer to every idea" in page


def test_what_is_kept_for_all_projects_is_what_the_scorecard_says(demo: Any, card: Any) -> None:
    kept = Standing.objects.get(pk=demo.pk)
    assert (kept.met, kept.measured, kept.met_6, kept.figures["6"]) == (7, 8, False, [37, 40])
    assert kept.views["6"] == [52, 20]
    [line] = [one for one in queries.commitment_lines() if one.commitment == Commitment.ANSWERED]
    assert (line.met, line.of) == (0, 1)
    assert queries.commitment_lines()[0].commitment == Commitment.ANSWERED


def test_R105_the_portfolio_shows_stage_citizens_and_the_next_date(demo: Any) -> None:
    kept = Standing.objects.get(pk=demo.pk)
    assert kept.stage == "decision"
    assert (late_words(kept), kept.late) == ("Nothing", 0)
    assert "Foreword: no citizens" in presence_words(kept)
    assert "Independent round: 12 of 23" in presence_words(kept)
    assert next_words(kept)


def test_what_time_changes_is_measured_anew_and_shows_what_is_late(demo: Any) -> None:
    with clock.at(clock.now().replace(year=2026, month=1, day=1)):
        assert queries.changed_since(clock.today()) == [demo.pk]
        assert operations.renew_changed() == 1
        kept = Standing.objects.get(pk=demo.pk)
        assert kept.late_actions > 0
        assert queries.changed_since(clock.today()) == []
