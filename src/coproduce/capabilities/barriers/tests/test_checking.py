"""What became of the barriers: one page for each raiser, and the report."""

from typing import Any

import pytest
from django.urls import reverse

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Asking, Said
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7

from .factories import Table
from .test_pages import Browser


@pytest.fixture
def maureen(table: Table) -> Browser:
    return Browser(table, table.maureen)


@pytest.fixture
def owen(table: Table) -> Browser:
    return Browser(table, table.facilitator)


def answered(table: Table, words: str = "Nobody told me", by: Any = None) -> Any:
    barrier = table.barrier(words, by=by)
    table.respond(barrier)
    return barrier


def test_a_raiser_answers_for_all_their_barriers_on_one_page(table: Table, maureen: Browser) -> None:
    first, second = answered(table, "One"), answered(table, "Two")
    waiting, other = table.barrier("Three"), answered(table, "Four", by=table.rob)
    page = maureen.get("mine")
    assert all(words in page for words in ("One", "Two", "Three", "Ring the day before"))
    assert "Four" not in page
    assert f'name="said_{waiting.number}"' not in page
    maureen.post("mine", said_1="gone", words_1="It came", said_2="worse")
    assert (table.again(first).checked_back, table.again(second).checked_back) == ("gone", "worse")
    assert table.again(other).checked_back == ""
    assert Said.objects.get(barrier=first).words == "It came"
    assert "Last time: Gone" in maureen.get("mine")


def test_words_without_an_answer_are_not_lost(table: Table, maureen: Browser) -> None:
    answered(table)
    page = maureen.post("mine", words_1="Still cold").content.decode()
    assert "Error: " in page
    assert "Still cold" in page
    assert not Said.objects.exists()


def test_an_empty_page_asks_for_one_answer(table: Table, maureen: Browser) -> None:
    answered(table)
    assert "Answer for one barrier at least." in maureen.post("mine").content.decode()


def test_the_same_post_twice_writes_once(table: Table, maureen: Browser) -> None:
    answered(table)
    data = {"said_1": "smaller", "request_key": "0197a3c5-0000-7000-8000-000000000002"}
    maureen.post("mine", **data)
    maureen.post("mine", **data)
    assert Said.objects.count() == 1


def test_all_answers_or_none(table: Table) -> None:
    first, other = answered(table, "One"), answered(table, "Two", by=table.rob)
    answers = {first.pk: operations.Answer("gone"), other.pk: operations.Answer("gone")}
    with pytest.raises(NotThere):
        operations.check_back_all(by=table.maureen, project_id=table.id, answers=answers)
    assert not Said.objects.exists()


def test_R35_the_facilitator_writes_gone_down_for_the_raiser(table: Table, owen: Browser) -> None:
    barrier = answered(table)
    page = f"{reverse('barriers:mine', args=[table.id])}?for={table.maureen.pk}"
    assert "Barriers that <bdi>Maureen Hallett</bdi> raised" in owen.client.get(page).content.decode()
    owen.client.post(page, {"said_1": "gone"})
    row = Said.objects.get(barrier=barrier)
    assert (row.person, row.entered_by, row.said) == (table.maureen, table.facilitator, "gone")


def test_R35_nobody_else_answers_on_behalf(table: Table, maureen: Browser) -> None:
    answered(table, by=table.rob)
    page = f"{reverse('barriers:mine', args=[table.id])}?for={table.rob.pk}"
    assert maureen.client.post(page, {"said_1": "gone"}).status_code == 404
    assert not Said.objects.exists()


def test_a_merged_barrier_is_answered_where_its_response_stands(table: Table, maureen: Browser) -> None:
    first, second = answered(table, "First", by=table.rob), table.barrier("Second")
    table.merge(second, first)
    maureen.post("mine", said_1="smaller")
    assert table.again(first).checked_back == "smaller"


def test_the_report_counts_by_answer_and_group_and_names_who_is_missing(table: Table, owen: Browser) -> None:
    for words, by, said in (("One", None, "gone"), ("Two", table.rob, "same"), ("Three", table.desmond, "")):
        barrier = answered(table, words, by=by)
        if said:
            operations.check_back(
                by=by or table.maureen, project_id=table.id, barrier_id=barrier.pk, said=said
            )
    groups, counts = queries.answers_by_group(table.id)
    assert [dict(counts[group.pk]) for group in groups] == [{"gone": 1}, {"same": 1}]
    page = owen.get("check_backs")
    assert "Raisers have said what became of 2 of the 3 barriers" in page
    assert "Gone 1, smaller 0, the same 1, worse 0." in page
    assert "Not asked yet" in page
    operations.ask_raiser(by=table.facilitator, project_id=table.id, person_id=table.desmond.pk)
    page = owen.get("check_backs")
    assert "Not asked yet" not in page
    assert "Asked, and not all answered" in page
    found = {one.person: (one.to_check, one.answered) for one in queries.raisers_to_ask(table.id)}
    assert found == {table.maureen: (1, 1), table.rob: (1, 1), table.desmond: (1, 0)}


def test_what_somebody_says_of_a_barrier_without_a_response_is_not_counted(table: Table) -> None:
    barrier = table.barrier()
    operations.check_back(by=table.maureen, project_id=table.id, barrier_id=barrier.pk, said="worse")
    (found,) = queries.raisers_to_ask(table.id)
    assert (found.to_check, found.answered, found.waiting) == (0, 0, 0)


def test_only_who_raised_something_is_asked_and_only_by_the_facilitator(table: Table) -> None:
    with pytest.raises(Refused):
        operations.ask_raiser(by=table.facilitator, project_id=table.id, person_id=table.rob.pk)
    table.barrier(by=table.rob)
    with pytest.raises(NotThere):
        operations.ask_raiser(by=table.manager, project_id=table.id, person_id=table.rob.pk)
    key = uuid7()
    for _time in range(2):
        operations.ask_raiser(by=table.facilitator, project_id=table.id, person_id=table.rob.pk, key=key)
    assert Asking.objects.count() == 1


def test_nothing_raised_says_so(maureen: Browser) -> None:
    assert "None yet" in maureen.get("mine")
    assert "there is nothing to ask" in maureen.get("check_backs")
