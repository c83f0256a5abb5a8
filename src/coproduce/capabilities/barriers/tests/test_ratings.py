"""What people say of each barrier: who may, what counts, and for whom it is still sealed."""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from coproduce.capabilities.barriers import operations, queries
from coproduce.capabilities.barriers.models import BarrierRating
from coproduce.capabilities.barriers.terms import Gap, Given, Middle
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.core.ids import uuid7
from coproduce.core.models import Entry, Payload

from .factories import Table


def rate(table: Table, person: Any, ratings: dict[Any, Given], **more: Any) -> BarrierRating:
    return operations.rate_barriers(
        by=more.pop("by", person), project_id=table.id, on_behalf_of=person,
        ratings={barrier.pk: given for barrier, given in ratings.items()}, **more,
    )  # fmt: skip


def leave_out(table: Table, person: Any) -> BarrierRating:
    return operations.leave_out_the_rest(by=person, project_id=table.id)


def sealed(table: Table, person: Any) -> set[UUID]:
    visit = queries.visit_register(person, table.id, Purpose.READ)
    return set(queries.Seen(visit, queries.barriers_of(table.id)).sealed)


def test_a_groups_figure_is_the_median_of_its_people_with_the_raisers_own(table: Table) -> None:
    barrier = table.barrier(importance=5, ease=2)
    rate(table, table.desmond, {barrier: Given(2, 2)})
    rate(table, table.rob, {barrier: Given(1, 5)})
    opinion = queries.opinions(table.id)[barrier.pk]
    assert opinion.by_group == {table.g1.pk: Middle(3.5, 2, 2), table.g2.pk: Middle(1, 5, 1)}
    assert opinion.spread is not None
    assert (opinion.spread.gap, opinion.spread.word) == (2.5, Gap.DIFFERS)
    assert opinion.overall == Middle(2.25, 3.5, 3)


def test_a_raiser_who_rates_again_counts_once(table: Table) -> None:
    barrier = table.barrier(importance=5, ease=2)
    rate(table, table.maureen, {barrier: Given(3, 3)})
    assert queries.opinions(table.id)[barrier.pk].by_group == {table.g1.pk: Middle(3, 3, 1)}
    assert (table.again(barrier).importance, table.again(barrier).ease) == (5, 2)


def test_one_figure_alone_is_enough_and_giving_it_again_replaces_it(table: Table) -> None:
    barrier = table.barrier()
    rate(table, table.rob, {barrier: Given(4, None)})
    rate(table, table.rob, {barrier: Given(2, 1)})
    assert BarrierRating.objects.get().given == Given(2, 1)


def test_the_same_key_writes_once(table: Table) -> None:
    barrier, key = table.barrier(), uuid7()
    first = rate(table, table.rob, {barrier: Given(4, 4)}, key=key)
    assert rate(table, table.rob, {barrier: Given(1, 1)}, key=key) == first
    assert BarrierRating.objects.get().given == Given(4, 4)


@pytest.mark.parametrize("given", [Given(0, 3), Given(3, 6), Given()])
def test_what_is_no_rating_is_refused_and_nothing_is_kept(table: Table, given: Given) -> None:
    barrier = table.barrier()
    with pytest.raises(Refused):
        rate(table, table.rob, {barrier: given})
    assert not BarrierRating.objects.exists()


def test_the_database_itself_refuses_a_six(table: Table) -> None:
    rate(table, table.rob, {table.barrier(): Given(4, 4)})
    with pytest.raises(IntegrityError), transaction.atomic():
        BarrierRating.objects.update(importance=6)


def test_only_people_with_a_group_rate(table: Table) -> None:
    with pytest.raises(Refused, match="sit in a group"):
        rate(table, table.facilitator, {table.barrier(): Given(4, 4)})


def test_only_the_facilitator_rates_for_others_and_is_named(table: Table) -> None:
    barrier = table.barrier()
    with pytest.raises(NotThere):
        rate(table, table.rob, {barrier: Given(4, 4)}, by=table.desmond)
    row = rate(table, table.rob, {barrier: Given(4, 4)}, by=table.facilitator)
    assert (row.person, row.group, row.entered_by) == (table.rob, table.g2, table.facilitator)
    entry = Entry.objects.get(verb="barriers.rate_barriers")
    assert (entry.actor, entry.on_behalf_of) == (table.facilitator.pk, table.rob.pk)


def test_a_barrier_that_was_merged_or_is_elsewhere_is_not_rated(table: Table) -> None:
    first, second = table.barrier("One"), table.barrier("Two")
    table.merge(second, first)
    with pytest.raises(NotThere):
        rate(table, table.rob, {second: Given(4, 4)})
    with pytest.raises(NotThere):
        operations.rate_barriers(by=table.rob, project_id=table.id, ratings={uuid7(): Given(4, 4)})


def test_R34_what_is_not_rated_is_sealed_once_somebody_has_rated(table: Table) -> None:
    mine, other = table.barrier(importance=5, ease=1), table.barrier("Travel", by=table.rob, importance=4)
    assert sealed(table, table.maureen) == set()
    rate(table, table.desmond, {mine: Given(1, 1)})
    assert sealed(table, table.maureen) == {other.pk}
    rate(table, table.maureen, {other: Given(2, None)})
    assert sealed(table, table.maureen) == set()


def test_R34_who_has_nothing_to_give_is_not_asked_to_give_it_first(table: Table) -> None:
    rate(table, table.desmond, {table.barrier(): Given(1, 1)})
    assert sealed(table, table.facilitator) == sealed(table, table.manager) == set()


def test_R34_what_is_left_out_opens_and_can_no_longer_be_rated(table: Table) -> None:
    barrier = table.barrier(importance=5, ease=1)
    rate(table, table.desmond, {barrier: Given(1, 1)})
    leave_out(table, table.rob)
    assert sealed(table, table.rob) == set()
    with pytest.raises(Refused, match="R34"):
        rate(table, table.rob, {barrier: Given(1, 1)})
    assert table.g2.pk not in queries.opinions(table.id)[barrier.pk].by_group


def test_a_paper_that_was_filled_in_before_may_still_be_typed_in(table: Table) -> None:
    barrier = table.barrier()
    leave_out(table, table.rob)
    rate(table, table.rob, {barrier: Given(1, 1)}, by=table.facilitator)
    assert queries.opinions(table.id)[barrier.pk].by_group[table.g2.pk] == Middle(1, 1, 1)


def test_a_barrier_that_comes_later_is_rated_unseen_even_by_those_who_left_out_the_rest(table: Table) -> None:
    table.barrier()
    leave_out(table, table.rob)
    later = table.barrier("Later")
    rate(table, table.desmond, {later: Given(5, 5)})
    assert sealed(table, table.rob) == {later.pk}
    rate(table, table.rob, {later: Given(2, 2)})


def test_there_must_be_something_to_leave_out(table: Table) -> None:
    with pytest.raises(Refused, match="already"):
        leave_out(table, table.rob)


def test_progress_counts_and_tells_no_figure(table: Table) -> None:
    barriers = [table.barrier(f"B {i}", importance=3) for i in range(3)]
    rate(table, table.rob, {barriers[0]: Given(5, 5)})
    found = {
        one.seat.person: (one.progress.rated, one.progress.waiting)
        for one in queries.progress_by_person(table.id)
    }
    assert found == {table.maureen: (3, 0), table.desmond: (0, 3), table.rob: (1, 2)}
    leave_out(table, table.rob)
    (rob,) = (one for one in queries.progress_by_person(table.id) if one.seat.person == table.rob)
    assert (rob.progress.rated, rob.progress.left_out, rob.progress.waiting) == (1, 2, 0)


def test_R34_neither_ledger_nor_record_holds_what_one_person_gave(table: Table) -> None:
    rate(table, table.rob, {table.barrier(): Given(4, 2)})
    entry = Entry.objects.get(verb="barriers.rate_barriers")
    assert Payload.objects.get(pk=entry.pk).content["after"] == {"group": "G2", "rated": ["B01"]}
    rows = queries.rows_for_record(table.id)
    assert set(rows["barrier_medians"][0]) == {
        "barrier", "barrier_id", "group", "importance", "ease", "people"
    }  # fmt: skip
    assert str(table.rob.pk) not in str(rows["barrier_medians"])


def test_the_record_holds_a_half_to_the_digit(table: Table) -> None:
    barrier = table.barrier(importance=4, ease=1)
    rate(table, table.desmond, {barrier: Given(3, 2)})
    (row,) = queries.rows_for_record(table.id)["barrier_medians"]
    assert (str(row["importance"]), str(row["ease"]), row["people"]) == ("3.5", "1.5", 2)
