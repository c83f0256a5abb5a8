"""From a real sealed round into the register, word for word."""

from datetime import UTC, datetime
from typing import Any

import pytest

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import Barrier, Intake
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import BuiltOn, RaisedBarrier, Rated, Written
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry

from .factories import Table, a_table

OPENS, DURING = datetime(2025, 2, 17, 9, tzinfo=UTC), datetime(2025, 2, 24, 9, tzinfo=UTC)
SEALS, AFTER, LATE = (datetime(2025, 3, day, 9, tzinfo=UTC) for day in (2, 3, 4))

WORDS = "I went home  not knowing\nwho was coming – or when"


def raised(*words: str, **facts: Any) -> Written:
    usual = {"level": 2, "importance": 5, "ease": 4, "built_on": BuiltOn.SHARED_HISTORY}
    return Written(
        me=Rated("Better", 1), barriers=tuple(RaisedBarrier(each, **usual | facts) for each in words)
    )


@pytest.fixture
def about(table: Table) -> dict[str, Any]:
    """An open round to which all three are invited; Maureen and Rob have answered."""
    lead = {"by": table.facilitator, "project_id": table.id}
    with clock.at(OPENS):
        projects.write_foreword(**lead, changes={"what_can_change": "The hours."})
        made = rounds.draft_round(**lead, title="What would change?", opens_at=OPENS, seals_at=SEALS)
        rounds.invite(**lead, round_id=made.pk, seat_ids=[seat.pk for seat in people.seats_of(table.id)])
        rounds.open_round(**lead, round_id=made.pk)
    where = {"project_id": table.id, "round_id": made.pk}
    with clock.at(DURING):
        rounds.answer_round(by=table.rob, **where, written=raised("Travel time is not in the rota", level=1))
        rounds.answer_round(by=table.maureen, **where, written=raised(WORDS, "No key safe"))
    return where


def seal(table: Table, about: dict[str, Any]) -> None:
    with clock.at(AFTER):
        rounds.seal_round(by=table.facilitator, **about)


def test_no_barrier_leaves_a_round_before_its_seal(table: Table, about: dict[str, Any]) -> None:
    with clock.at(DURING), pytest.raises(NotThere):
        operations.bring_in_from_round(by=table.facilitator, **about)
    assert not Barrier.objects.exists()


def test_the_seal_brings_the_barriers_in_by_itself(
    table: Table, about: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        seal(table, about)
    found = {barrier.statement: barrier for barrier in queries.barriers_of(table.id)}
    assert set(found) == {WORDS, "No key safe", "Travel time is not in the rota"}
    barrier = found[WORDS]
    assert (barrier.raised_by, barrier.group, barrier.level) == (table.maureen, table.g1, 2)
    assert (barrier.importance, barrier.ease, barrier.built_on) == (5, 4, "shared history")
    assert barrier.round_id == about["round_id"]
    assert sorted(one.number for one in found.values()) == [1, 2, 3]
    assert not queries.rounds_not_brought_in(table.id)


def test_each_barrier_has_its_entry_in_the_ledger(
    table: Table, about: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        seal(table, about)
    assert Entry.objects.filter(verb="barriers.add_barrier").count() == 3
    assert Entry.objects.filter(verb="barriers.bring_in_from_round").count() == 1


def test_the_button_brings_in_what_waits_and_only_once(table: Table, about: dict[str, Any]) -> None:
    seal(table, about)
    assert [one.pk for one in queries.rounds_not_brought_in(table.id)] == [about["round_id"]]
    assert operations.bring_in_from_round(by=table.maureen, **about).count == 3
    with pytest.raises(Refused):
        operations.bring_in_from_round(by=table.facilitator, **about)
    assert (Barrier.objects.count(), Intake.objects.count()) == (3, 1)


def test_an_import_may_bring_its_own_numbers(table: Table, about: dict[str, Any]) -> None:
    seal(table, about)
    opened = list(round_queries.opened_barriers(round_queries.round_of_event(about["round_id"])))
    numbers = {barrier.pk: 40 + place for place, barrier in enumerate(opened)}
    operations.bring_in_from_round(by=table.facilitator, **about, numbers=numbers)
    assert {one.opened_id: one.number for one in queries.barriers_of(table.id)} == numbers


def test_a_late_answer_brings_its_barriers_too(
    table: Table, about: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        seal(table, about)
    with django_capture_on_commit_callbacks(execute=True), clock.at(LATE):
        rounds.answer_round(by=table.desmond, **about, written=raised("Too fast for me"))
    assert queries.barrier_by_ref(table.id, "B04").statement == "Too fast for me"


def test_a_round_of_another_project_or_of_none_is_not_there(table: Table, about: dict[str, Any]) -> None:
    seal(table, about)
    other = a_table()
    for round_id in (about["round_id"], uuid7()):
        with pytest.raises(NotThere):
            operations.bring_in_from_round(by=other.facilitator, project_id=other.id, round_id=round_id)


def test_a_reason_out_of_a_premortem_comes_with_its_likelihood_impact_and_early_sign(table: Table) -> None:
    lead, reason = {"by": table.facilitator, "project_id": table.id}, "Nobody told the night staff"
    with clock.at(OPENS):
        projects.write_foreword(**lead, changes={"what_can_change": "The hours."})
        made = rounds.draft_round(
            **lead, title="It has failed. Why?", kind="premortem", opens_at=OPENS, seals_at=SEALS
        )
        where = {"project_id": table.id, "round_id": made.pk}
        rounds.invite(by=table.facilitator, **where, seat_ids=[s.pk for s in people.seats_of(table.id)])
        rounds.open_round(by=table.facilitator, **where)
        told = RaisedBarrier(reason, 2, likelihood="high", impact="medium", early_sign="Rotas without names")
        rounds.answer_round(by=table.rob, **where, written=Written(barriers=(told,)))
    seal(table, where)
    operations.bring_in_from_round(by=table.facilitator, **where)
    barrier = Barrier.objects.get()
    kept = (barrier.premortem, barrier.likelihood, barrier.impact, barrier.early_sign)
    assert kept == (True, "high", "medium", "Rotas without names")
