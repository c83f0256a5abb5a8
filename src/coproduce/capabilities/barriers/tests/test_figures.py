"""The figures, on a small register whose answers are counted by hand."""

from datetime import date

import pytest

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.terms import Coverage, Gap, Zone
from coproduce.core.findings import Strength

from .factories import Table


@pytest.fixture
def seven(table: Table) -> Table:
    """importance and ease of seven barriers: five by G1, two by G2; two themes and one without."""
    waiting, trust = table.theme("Waiting"), table.theme("Trust")
    numbers = [(5, 4), (4, 2), (4, 4), (3, 5), (2, 2), (5, 1), (None, None)]
    for i, (importance, ease) in enumerate(numbers):
        raiser = table.rob if i in (1, 5) else table.maureen
        barrier = table.barrier(f"Barrier {i}", by=raiser, level=1 + i % 3, importance=importance, ease=ease)
        theme = {0: waiting, 1: waiting, 2: trust, 3: trust, 4: trust}.get(i)
        changes = {"theme_id": theme.pk if theme else None, "com_b": "PhO" if i < 4 else "PsC"}
        operations.sort_barrier(
            by=table.facilitator, project_id=table.id, barrier_id=barrier.pk, changes=changes
        )
        if i in (0, 3):
            table.respond(barrier)
    return table


def test_counts_by_group_level_com_b_and_response(seven: Table) -> None:
    found = queries.figures(seven.id)
    assert (found.by_group, found.by_level) == ({"G1": 5, "G2": 2}, {1: 3, 2: 2, 3: 2})
    assert (found.by_com_b, found.by_response) == ({"PhO": 4, "PsC": 3}, {"reduce": 2, "none_yet": 5})
    assert (found.mean_importance, found.mean_ease, found.total) == (3.83, 3.0, 7)


def test_coverage_is_the_important_with_a_response(seven: Table) -> None:
    assert queries.coverage(seven.id) == Coverage(important=4, with_response=1)


def test_zones(seven: Table) -> None:
    refs = {zone: [barrier.ref for barrier in found] for zone, found in queries.zones(seven.id).items()}
    assert refs == {
        Zone.DO_NOW: ["B01", "B03"], Zone.PLAN: ["B02", "B06"], Zone.TIDY: ["B04"],
        Zone.WATCH: ["B05"], Zone.NOT_RATED: ["B07"],
    }  # fmt: skip


@pytest.mark.parametrize("zone", list(Zone))
def test_the_filter_of_the_list_finds_the_same_zones(seven: Table, zone: Zone) -> None:
    listed = queries.in_zone(queries.barriers_of(seven.id), zone)
    assert list(listed) == queries.zones(seven.id)[zone]


def test_R36_important_without_response(seven: Table) -> None:
    assert [one.ref for one in queries.important_without_response(seven.id)] == ["B02", "B03", "B06"]
    b02 = queries.barrier_by_ref(seven.id, "b2")
    seven.respond(b02, "none_yet", response_words="", owner=seven.rob, due=date(2026, 2, 27))
    found = {one.subject: one.strength for one in queries.findings_at_sign_off(seven.id)}
    assert found == {"B02": Strength.WARN, "B03": Strength.REFUSE, "B06": Strength.REFUSE}


def test_R36_a_merged_barrier_shares_the_response_and_brings_its_importance(seven: Table) -> None:
    b03, b05, b06 = (queries.barrier_by_ref(seven.id, ref) for ref in ("B03", "B05", "B06"))
    seven.merge(b06, b05)
    assert [one.ref for one in queries.important_without_response(seven.id)] == ["B02", "B03", "B05"]
    seven.respond(b05)
    assert queries.coverage(seven.id) == Coverage(important=4, with_response=2)
    seven.merge(b03, b05)
    assert [one.ref for one in queries.important_without_response(seven.id)] == ["B02"]


def test_merging_changes_no_count(seven: Table) -> None:
    before = queries.figures(seven.id)
    seven.merge(queries.barrier_by_ref(seven.id, "B05"), queries.barrier_by_ref(seven.id, "B03"))
    after = queries.figures(seven.id)
    assert (after.by_group, after.by_com_b, after.total) == (before.by_group, before.by_com_b, 7)


def test_themes_by_group_with_a_row_for_what_has_no_theme(seven: Table) -> None:
    groups, rows = queries.theme_rows(seven.id)
    assert [[row.counts.get(group.pk, 0) for group in groups] for row in rows] == [[1, 1], [3, 0], [1, 1]]
    assert rows[2].theme is None
    assert [row.theme.name for row in queries.themes_of_one_group(rows)] == ["Trust"]
    assert [row.theme.name for row in queries.themes_not_raised_by(rows, seven.g2.pk)] == ["Trust"]


def test_medians_and_gaps_come_from_what_people_gave(seven: Table) -> None:
    themes = [theme.pk for theme in queries.themes_of(seven.id)]
    for person, numbers in ((seven.maureen, (5, 4)), (seven.desmond, (4, 4)), (seven.rob, (1, 4))):
        ratings = dict(zip(themes, numbers, strict=True))
        operations.rate_themes(by=person, project_id=seven.id, ratings=ratings)
    groups, rows = queries.theme_rows(seven.id)
    assert [[row.medians[group.pk] for group in groups] for row in rows[:2]] == [[4.5, 1], [4, 4]]
    assert [(row.spread.gap, row.spread.word) for row in rows[:2]] == [(3.5, Gap.CONTESTED), (0, Gap.CLOSE)]


def test_R34_who_has_rated_is_known(seven: Table) -> None:
    assert not queries.has_rated(seven.maureen, seven.id)
    theme = queries.themes_of(seven.id).first()
    operations.rate_themes(by=seven.maureen, project_id=seven.id, ratings={theme.pk: 3})
    assert queries.has_rated(seven.maureen, seven.id)
    assert queries.own_ratings(seven.maureen, seven.id) == {theme.pk: 3}


@pytest.mark.parametrize("ref,number", [("B01", 1), ("b1", 1), (" B007 ", 7)])
def test_a_ref_is_found_however_it_is_spelled(seven: Table, ref: str, number: int) -> None:
    assert queries.barrier_by_ref(seven.id, ref).number == number


@pytest.mark.parametrize("ref", ["", "B", "S01", "B99", "B²", "B" + "9" * 30])
def test_a_ref_that_is_nothing_finds_nothing(seven: Table, ref: str) -> None:
    assert queries.barrier_by_ref(seven.id, ref) is None


def test_search_finds_words_names_and_numbers(seven: Table) -> None:
    listed = queries.barriers_of(seven.id)
    assert [barrier.number for barrier in queries.found_by(listed, "rob ellis")] == [2, 6]
    assert [barrier.number for barrier in queries.found_by(listed, "B03")] == [3]
    assert [barrier.number for barrier in queries.found_by(listed, "barrier 4")] == [5]


def test_the_record_holds_every_barrier_and_no_single_persons_rating(seven: Table) -> None:
    rows = queries.rows_for_record(seven.id)
    assert [row["number"] for row in rows["barriers"]] == [1, 2, 3, 4, 5, 6, 7]
    assert set(rows["theme_medians"][0]) == {"theme", "group", "median"}
