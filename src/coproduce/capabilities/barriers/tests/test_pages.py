import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Barrier

from .factories import Table


class Browser:
    """One person's browser inside the project of the table."""

    def __init__(self, table: Table, person: Any) -> None:
        self.table, self.client = table, Client()
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, page: str, barrier: Barrier | None = None, query: str = "") -> str:
        response = self.client.get(self._path(page, barrier) + query)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, page: str, barrier: Barrier | None = None, **data: Any) -> Any:
        return self.client.post(self._path(page, barrier), data, follow=True)

    def _path(self, page: str, barrier: Barrier | None) -> str:
        return reverse(f"barriers:{page}", args=[self.table.id, *([barrier.pk] if barrier else [])])


@pytest.fixture
def facilitator(table: Table) -> Browser:
    return Browser(table, table.facilitator)


@pytest.fixture
def maureen(table: Table) -> Browser:
    return Browser(table, table.maureen)


def test_a_participant_adds_a_barrier_in_their_own_words(table: Table, maureen: Browser) -> None:
    data = {"statement": "The letter was full of words", "level": "1", "importance": "4", "ease": "5"}
    page = maureen.post("add_barrier", **data).content.decode()
    assert "The letter was full of words" in page
    assert "Maureen Hallett" in page
    assert Barrier.objects.get().importance == 4


def test_what_was_typed_stays_when_something_is_missing(maureen: Browser) -> None:
    page = maureen.post("add_barrier", statement="Nobody told me", level="").content.decode()
    assert "Error: " in page
    assert "Nobody told me" in page
    assert not Barrier.objects.exists()


def test_only_the_facilitator_is_asked_who_raised_it(
    table: Table, facilitator: Browser, maureen: Browser
) -> None:
    assert "Who raised it?" not in maureen.get("add_barrier")
    assert "Who raised it?" in facilitator.get("add_barrier")
    facilitator.post("add_barrier", statement="Said on the phone", level="2", raised_by=str(table.desmond.pk))
    assert Barrier.objects.get().raised_by == table.desmond


def test_the_list_is_narrowed_by_filters_and_search(table: Table, facilitator: Browser) -> None:
    theme = table.theme("Waiting")
    table.barrier("The toilet frame came late", importance=5, ease=4)
    other = table.barrier("Nobody drives that far", by=table.rob, level=2, importance=2, ease=2)
    operations.sort_barrier(
        by=table.facilitator, project_id=table.id, barrier_id=other.pk, changes={"theme_id": theme.pk}
    )
    table.respond(other)
    for query in (
        "?theme=1",
        "?group=G2",
        "?level=2",
        "?response=reduce",
        "?zone=watch",
        "?q=drives",
        "?q=B02",
    ):
        page = facilitator.get("barriers", query=query)
        assert "Nobody drives that far" in page, query
        assert "toilet frame" not in page, query
    assert "Nobody drives" not in facilitator.get("barriers", query="?important=yes")


def test_a_merged_barrier_is_listed_under_the_response_of_the_other(
    table: Table, facilitator: Browser
) -> None:
    first, second = table.barrier("First words"), table.barrier("Second words", by=table.rob)
    table.merge(second, first)
    table.respond(first)
    page = facilitator.get("barriers", query="?response=reduce")
    assert "First words" in page
    assert "Second words" in page
    assert "Merged into B01" in page
    assert "Second words" not in facilitator.get("barriers", query="?response=none_yet")


def test_the_file_of_the_list_has_more_than_the_page_and_no_formula(
    table: Table, facilitator: Browser
) -> None:
    table.barrier("=SUM(A1:A9)", level=3)
    rows = list(csv.reader(io.StringIO(facilitator.get("barriers", query="?format=csv").lstrip("\ufeff"))))
    assert "Raised by" in rows[0]
    assert not rows[1][1].startswith("=")


def test_markup_in_a_barrier_is_shown_as_text(table: Table, facilitator: Browser) -> None:
    barrier = table.barrier("<script>alert(1)</script>")
    for page in (
        facilitator.get("barrier", barrier),
        facilitator.get("barriers"),
        facilitator.get("merge", barrier),
    ):
        assert "<script>alert" not in page


def test_R32_no_page_offers_to_change_the_words(table: Table, facilitator: Browser) -> None:
    barrier = table.barrier("This looks like getting us out")
    facilitator.post("sort", barrier, statement="Softer", theme="", lens="trust")
    assert (table.again(barrier).statement, table.again(barrier).lens) == (
        "This looks like getting us out",
        "trust",
    )
    for page in ("barrier", "sort", "respond", "merge"):
        assert 'name="statement"' not in facilitator.get(page, barrier)


def test_R32_the_note_stands_beside_the_words(table: Table, facilitator: Browser) -> None:
    barrier = table.barrier()
    page = facilitator.post("note", barrier, words="Three others nodded").content.decode()
    assert "Three others nodded" in page
    assert "Nobody told me" in page


def test_an_empty_note_is_refused_on_the_page_of_the_barrier(table: Table, facilitator: Browser) -> None:
    page = facilitator.post("note", table.barrier(), words=" ").content.decode()
    assert "Error: " in page
    assert "Nobody told me" in page


def test_R33_the_page_shows_every_raiser_and_undoes_the_merge(table: Table, facilitator: Browser) -> None:
    first, second = table.barrier("Getting us out"), table.barrier("Already decided", by=table.rob)
    page = facilitator.post("merge", second, into="b1", why="Both about trust").content.decode()
    for words in ("Getting us out", "Already decided", "Maureen Hallett", "Rob Ellis", "Both about trust"):
        assert words in page
    page = facilitator.post("unmerge", second).content.decode()
    assert "The merge is undone." in page
    assert "undone on" in facilitator.get("barrier", first)


def test_R33_a_number_that_names_nothing_is_told(table: Table, facilitator: Browser) -> None:
    page = facilitator.post("merge", table.barrier(), into="B77").content.decode()
    assert "Nothing here is called B77" in page


def test_a_response_is_written_and_shown(table: Table, facilitator: Browser) -> None:
    barrier = table.barrier()
    facilitator.post(
        "respond", barrier, response="remove", response_words="Give a card", lets_people="Sleep",
        owner=str(table.rob.pk), due_day="1", due_month="12", due_year="2025",
    )  # fmt: skip
    page = facilitator.get("barrier", barrier)
    for words in ("Give a card", "Sleep", "Rob Ellis", "1 December 2025"):
        assert words in page


def test_to_accept_without_words_keeps_what_was_typed(table: Table, facilitator: Browser) -> None:
    page = facilitator.post(
        "respond", table.barrier(), response="accept", lets_people="Kept"
    ).content.decode()
    assert "Error: " in page
    assert "Kept" in page


def test_R35_the_facilitator_sees_why_gone_is_refused(table: Table, facilitator: Browser) -> None:
    barrier = table.barrier()
    page = facilitator.post("check_back", barrier, said="gone", words="I think so").content.decode()
    assert "R35" in page
    assert "I think so" in page
    facilitator.post("check_back", barrier, said="gone", on_behalf_of=str(table.maureen.pk))
    assert table.again(barrier).checked_back == "gone"


def test_R35_a_proposal_is_shown_to_the_raiser(table: Table, facilitator: Browser, maureen: Browser) -> None:
    barrier = table.barrier()
    facilitator.post("propose_gone", barrier)
    page = maureen.get("barrier", barrier)
    assert "Has it?" in page
    assert reverse("barriers:check_back", args=[table.id, barrier.pk]) in page


def test_R36_the_page_of_an_important_barrier_says_what_is_missing(
    table: Table, facilitator: Browser
) -> None:
    assert "R36" in facilitator.get("barrier", table.barrier(importance=5))
    assert "R36" not in facilitator.get("barrier", table.barrier(importance=3))


def test_a_participant_has_no_link_to_what_they_may_not_do(table: Table, maureen: Browser) -> None:
    barrier = table.barrier()
    page = maureen.get("barrier", barrier)
    for name in ("respond", "sort", "merge", "note"):
        assert reverse(f"barriers:{name}", args=[table.id, barrier.pk]) not in page


def test_R34_medians_are_closed_until_ones_own_are_given(table: Table, maureen: Browser) -> None:
    theme = table.theme("Waiting")
    table.barrier()
    for person, rating in ((table.desmond, 5), (table.rob, 1)):
        operations.rate_themes(by=person, project_id=table.id, ratings={theme.pk: rating})
    closed = maureen.get("views")
    assert "R34" in closed
    assert "Contested" not in closed
    maureen.post("ratings", theme_1="5")
    assert "Contested" in maureen.get("views")


def test_the_facilitator_enters_ratings_from_paper(table: Table, facilitator: Browser) -> None:
    theme = table.theme("Waiting")
    facilitator.post("ratings", theme_1="4", person=str(table.rob.pk))
    assert queries.own_ratings(table.rob, table.id) == {theme.pk: 4}


def test_the_figures_stand_beside_every_picture_as_text(table: Table, facilitator: Browser) -> None:
    theme = table.theme("Waiting")
    for words in ("One", "Two"):
        barrier = table.barrier(words, importance=5, ease=5)
        operations.sort_barrier(
            by=table.facilitator, project_id=table.id, barrier_id=barrier.pk, changes={"theme_id": theme.pk}
        )
    table.respond(barrier, due=date(2026, 1, 1))
    page = facilitator.get("views")
    assert "1 of the 2 important barriers have a response (50.0%)." in page
    assert "Most barriers, 2, are about “Waiting”." in page
    assert page.count("<figure") == page.count("The numbers behind")


def test_an_empty_register_says_so(facilitator: Browser) -> None:
    assert "No barriers yet" in facilitator.get("barriers")
    assert "No barriers yet" in facilitator.get("views")


def test_themes_are_added_and_renamed(table: Table, facilitator: Browser) -> None:
    facilitator.post("themes", name="Waitng")
    theme = queries.themes_of(table.id).get()
    facilitator.client.post(reverse("barriers:theme", args=[table.id, theme.pk]), {"name": "Waiting"})
    assert "T1 Waiting" in facilitator.get("themes")
