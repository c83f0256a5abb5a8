"""Rating on a phone, ten at a time, and from somebody's paper."""

import pytest
from django.urls import reverse

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Barrier, BarrierRating
from coproduce.capabilities.barriers.terms import Given

from .factories import Table
from .test_pages import Browser


@pytest.fixture
def many(table: Table) -> list[Barrier]:
    """Twelve barriers of Rob's: two pages."""
    return [table.barrier(f"Barrier {i}", by=table.rob) for i in range(1, 13)]


@pytest.fixture
def maureen(table: Table) -> Browser:
    return Browser(table, table.maureen)


def test_a_page_asks_about_ten_and_saves_what_is_answered(
    table: Table, maureen: Browser, many: list[Barrier]
) -> None:
    page = maureen.get("rate")
    assert "Page 1 of 2" in page
    assert 'name="m_10"' in page
    assert 'name="m_11"' not in page
    data = {"numbers": "1 2 3 4 5 6 7 8 9 10", "m_1": "5", "e_1": "2", "m_2": "3"}
    after = maureen.post("rate", **data).content.decode()
    assert "2 of 12 rated" in after
    given = queries.ratings_by(table.maureen, table.id)
    assert {row.barrier.number: row.given for row in given.values()} == {1: Given(5, 2), 2: Given(3, None)}


def test_an_empty_page_is_skipped_and_writes_nothing(maureen: Browser, many: list[Barrier]) -> None:
    after = maureen.post("rate", numbers="1 2 3 4 5 6 7 8 9 10").content.decode()
    assert "0 of 12 rated" in after
    assert not BarrierRating.objects.exists()


def test_the_way_begins_where_it_was_left(table: Table, maureen: Browser, many: list[Barrier]) -> None:
    ratings = {one.pk: Given(3, 3) for one in many[:10]}
    operations.rate_barriers(by=table.maureen, project_id=table.id, ratings=ratings)
    assert "Page 2 of 2" in maureen.get("rate")
    assert "checked" in maureen.get("rate", query="?page=1")


def test_at_the_end_the_rest_can_be_left_out(table: Table, maureen: Browser, many: list[Barrier]) -> None:
    page = maureen.get("rate", query="?page=end")
    assert "12 still wait" in page
    maureen.client.post(reverse("barriers:rate_rest", args=[table.id]))
    assert "12 are left out" in maureen.get("rate")
    assert 'name="m_1"' not in maureen.get("rate", query="?page=1")


def test_a_barrier_added_meanwhile_moves_no_answer(
    table: Table, maureen: Browser, many: list[Barrier]
) -> None:
    operations.merge(by=table.facilitator, project_id=table.id, barrier_id=many[0].pk, into_id=many[1].pk)
    maureen.post("rate", numbers="1 2 3 4 5 6 7 8 9 10", m_1="5", m_3="4")
    (row,) = queries.ratings_by(table.maureen, table.id).values()
    assert (row.barrier.number, row.importance) == (3, 4)


def test_what_is_no_answer_is_told_and_the_rest_stays(maureen: Browser, many: list[Barrier]) -> None:
    page = maureen.post("rate", numbers="1 2", m_1="7", m_2="4").content.decode()
    assert "Error: " in page
    assert not BarrierRating.objects.exists()
    assert page.count("checked") == 1


def test_the_same_post_twice_writes_once(table: Table, maureen: Browser, many: list[Barrier]) -> None:
    data = {"numbers": "1", "m_1": "4", "request_key": "0197a3c5-0000-7000-8000-000000000001"}
    maureen.post("rate", **data)
    maureen.post("rate", **data)
    assert BarrierRating.objects.count() == 1


def test_the_page_does_not_show_what_the_raiser_gave(table: Table, maureen: Browser) -> None:
    table.barrier("Travel", by=table.rob, importance=5, ease=1)
    assert "checked" not in maureen.get("rate")


def test_a_raiser_finds_their_own_answer_there(table: Table, maureen: Browser) -> None:
    table.barrier("Nobody told me", importance=5, ease=1)
    page = maureen.get("rate", query="?page=1")
    assert page.count("checked") == 2
    assert "You raised this one." in page
    maureen.post("rate", numbers="1", m_1="5", e_1="1")
    assert not BarrierRating.objects.exists()


def test_the_facilitator_types_in_a_paper(table: Table, many: list[Barrier]) -> None:
    owen = Browser(table, table.facilitator)
    assert "Desmond Clarke" in owen.get("rating_progress")
    paper = f"{reverse('barriers:rate', args=[table.id])}?for={table.desmond.pk}"
    assert "Ratings of <bdi>Desmond Clarke</bdi>" in owen.client.get(paper).content.decode()
    after = owen.client.post(paper, {"numbers": "1", "m_1": "2"}, follow=True)
    assert "Ratings of <bdi>Desmond Clarke</bdi>" in after.content.decode()
    row = BarrierRating.objects.get()
    assert (row.person, row.entered_by) == (table.desmond, table.facilitator)
    assert "Answers here were entered by" in Browser(table, table.desmond).get("rate", query="?page=1")


@pytest.mark.parametrize("asked", ["nobody", "0197a3c5-0000-7000-8000-000000000001"])
def test_a_paper_of_nobody_is_not_there(table: Table, many: list[Barrier], asked: str) -> None:
    owen = Browser(table, table.facilitator)
    assert owen.client.get(f"{reverse('barriers:rate', args=[table.id])}?for={asked}").status_code == 404


def test_nobody_else_types_in_papers(table: Table, maureen: Browser, many: list[Barrier]) -> None:
    paper = f"{reverse('barriers:rate', args=[table.id])}?for={table.desmond.pk}"
    assert maureen.client.get(paper).status_code == 404
    assert maureen.client.post(paper, {"numbers": "1", "m_1": "2"}).status_code == 404


def test_who_sits_in_no_group_is_told_so(table: Table, many: list[Barrier]) -> None:
    assert "You do not sit in a group" in Browser(table, table.facilitator).get("rate")


def test_nothing_to_rate_says_so(maureen: Browser) -> None:
    assert "No barriers yet" in maureen.get("rate")


def _rated(table: Table) -> tuple[Barrier, Barrier]:
    """Contested between the groups, and close."""
    far, near = table.barrier("Apart", importance=5, ease=4), table.barrier("Together", importance=3, ease=2)
    for person, numbers in ((table.desmond, (5, 3)), (table.rob, (1, 3))):
        ratings = {one.pk: Given(number, 3) for one, number in zip((far, near), numbers, strict=True)}
        operations.rate_barriers(by=person, project_id=table.id, ratings=ratings)
    return far, near


def test_barriers_are_filtered_and_sorted_by_gap(table: Table, maureen: Browser) -> None:
    _rated(table)
    page = maureen.get("gaps", query="?gap=contested")
    table_part = page.split("<caption")[-1]
    assert "Apart" in table_part
    assert "Together" not in table_part
    lines = maureen.get("gaps", query="?format=csv").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["B01", "B02"]
    assert "Apart" in maureen.get("barriers", query="?gap=contested")
    assert "Together" not in maureen.get("barriers", query="?gap=contested")


def test_the_pages_say_in_words_what_the_pictures_show(table: Table, maureen: Browser) -> None:
    _rated(table)
    assert "Contested: 1 barriers. Differs: 0. Close: 1." in maureen.get("gaps")
    page = maureen.get("zones")
    assert "Do now 1, plan 0, tidy 0, watch 1" in page
    assert page.count("<figure") == page.count("The numbers behind") == 1
    assert "as seen by: G2 Workers" in maureen.get("zones", query="?seen_by=G2")
    assert "as seen by: Those who raised them" in maureen.get("zones", query="?seen_by=nonsense")


def test_R31_small_groups_are_warned_of(table: Table, maureen: Browser) -> None:
    _rated(table)
    assert "R31" in maureen.get("gaps")


def test_the_paper_list_is_narrowed_as_the_screen_was(table: Table, maureen: Browser) -> None:
    _rated(table)
    page = maureen.get("on_paper", query="?gap=contested&q=Ap")
    assert "Apart" in page
    assert "Together" not in page
    assert "Gap: Contested" in page
