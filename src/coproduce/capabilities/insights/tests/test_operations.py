"""Results that follow the votes, and results that are used as evidence."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from coproduce.capabilities.accounts.queries import task_worker
from coproduce.capabilities.barriers.terms import BARRIER
from coproduce.capabilities.insights import operations, queries, rules
from coproduce.capabilities.insights.models import Evidence, Interim, Order, Result
from coproduce.capabilities.insights.terms import Silence
from coproduce.capabilities.voting.models import Vote, Voter
from coproduce.capabilities.voting.tests import factories as voting
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused
from coproduce.core.models import Entry, Payload
from coproduce.core.tasks import run_due
from coproduce.ui.onward import onward_from

from . import factories

pytestmark = pytest.mark.django_db


def test_a_ballot_that_closes_gets_its_result_from_the_task_worker(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(60), house.groups()[:2])
    run_due()
    assert not Result.objects.exists()
    factories.close(ballot, house.facilitator)
    run_due()
    result = Result.objects.get(ballot=ballot)
    assert (result.is_final, result.voters, result.votes) == (True, 60, 480)
    assert result.digest == queries.digest_of(result.figures)
    entry = Entry.objects.get(verb="insights.keep_result")
    worker = task_worker()
    assert worker
    assert entry.actor == worker.pk
    assert entry.object_id == str(result.pk)
    assert content_of(entry)["digest"] == result.digest
    run_due()
    assert Entry.objects.filter(verb="insights.keep_result").count() == 1


def test_the_tallies_are_those_of_the_votes(house: Any) -> None:
    groups = house.groups()[:2]
    ballot = factories.a_ballot(house.project, house.facilitator)
    table = factories.rows(60)
    voting.votes(ballot, table, groups)
    result = operations.make_final(factories.close(ballot, house.facilitator))
    figures = result.read()
    assert [group.people for group in figures.groups] == [30, 30]
    for place, one in enumerate(figures.statements):
        column = [row[place] for row in table]
        assert one.everybody == (column.count(1), column.count(-1), 0)
        for at, cell in enumerate(one.groups):
            own = column[at::2]
            assert cell == (own.count(1), own.count(-1), 0)


def test_a_result_holds_nothing_of_one_person(house: Any) -> None:
    ballot, result = factories.a_result(house.project, house.facilitator, house.groups()[:2])
    kept = json.dumps(result.figures)
    assert not {"positions", "group_of"} & set(result.figures)
    assert len(kept) < 20_000
    for voter in Voter.objects.filter(ballot=ballot):
        assert str(voter.pk) not in kept
        assert str(voter.number) not in kept
    assert all(heap["people"] >= 10 for heap in result.figures["heaps"])
    assert rules.from_json(json.loads(kept)) == result.read()


def test_a_later_form_is_refused_and_not_misread(house: Any) -> None:
    with pytest.raises(ValueError, match="another version"):
        rules.from_json({"form": 2})


def test_too_few_people_is_an_answer(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(9))
    figures = operations.make_final(factories.close(ballot, house.facilitator)).read()
    assert (figures.silence, figures.voters, figures.statements) == (Silence.TOO_FEW_PEOPLE, 9, ())


def test_a_ballot_without_votes_has_an_answer_too(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    figures = operations.make_final(factories.close(ballot, house.facilitator)).read()
    assert (figures.silence, figures.voters) == (Silence.TOO_FEW_PEOPLE, 0)


def test_small_groups_are_in_no_figure_by_themselves(house: Any) -> None:
    citizens, carers, frontline, leaders, partner = house.groups()
    sizes = {citizens: 7, carers: 5, frontline: 5, leaders: 3, partner: 4}
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(24), [group for group, size in sizes.items() for _ in range(size)])
    figures = operations.make_final(factories.close(ballot, house.facilitator)).read()
    assert [(len(group.names), group.people) for group in figures.groups] == [(2, 12), (3, 12)]
    cells = [cell for one in figures.statements for cell in one.groups]
    assert all(cell is None or sum(cell) >= 10 for cell in cells)


def test_people_vote_alike_on_the_first_statements(house: Any) -> None:
    _ballot, result = factories.a_result(house.project, house.facilitator, house.groups()[:2], people=200)
    figures = result.read()
    strongest = [figures.statements[one.statement].number for one in figures.common if one.least >= 0.5]
    assert strongest
    assert set(strongest) <= {1, 2, 3}
    apart = [figures.statements[one.statement].number for one in figures.divided]
    assert set(apart) == {4, 5, 6, 7, 8}
    for one in figures.common:
        cells = figures.statements[one.statement].groups
        assert one.least <= min(rules.share(cell, agree=one.agree) or 0 for cell in cells)


def test_while_sealed_there_is_an_order_and_no_result(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(40), house.groups()[:2])
    run_due()
    assert not Result.objects.exists()
    assert not Interim.objects.exists()
    order = Order.objects.get(ballot=ballot)
    assert sorted(order.statements) == list(range(1, 9))
    weights = queries.weights(ballot)
    assert sorted(weights.values(), reverse=True) == [1 / rank for rank in range(1, 9)]
    assert weights[order.statements[0]] == 1


def test_the_order_goes_when_the_ballot_closes(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(40))
    run_due()
    factories.close(ballot, house.facilitator)
    run_due()
    assert not Order.objects.exists()
    assert queries.weights(ballot) == {}


def test_an_open_result_is_new_only_when_many_more_have_voted(house: Any) -> None:
    """Two results of which one has one voter more would tell that voter's votes."""
    ballot = factories.a_ballot(house.project, house.facilitator, shown="while open")
    voting.votes(ballot, factories.rows(20))
    run_due()
    first = Interim.objects.get(ballot=ballot)
    voting.votes(ballot, factories.rows(9, seed=8))
    with clock.at(clock.now() + timedelta(minutes=5)):
        run_due()
    assert Interim.objects.get(ballot=ballot).voters == first.voters == 20
    voting.votes(ballot, factories.rows(1, seed=9))
    with clock.at(clock.now() + timedelta(minutes=10)):
        run_due()
    assert Interim.objects.get(ballot=ballot).voters == 30
    assert not Entry.objects.filter(verb="insights.keep_result").exists()


def test_within_a_minute_nothing_is_worked_out_again(house: Any, django_assert_num_queries: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(20))
    operations.follow()
    with django_assert_num_queries(2):
        operations.follow()
    with clock.at(clock.now() + timedelta(minutes=2)), django_assert_num_queries(5):
        # A look for closed and for open ones, the votes counted, the order, its time.
        operations.follow()


def test_two_workers_make_one_result(house: Any) -> None:
    ballot, result = factories.a_result(house.project, house.facilitator)
    assert operations.make_final(ballot) == result
    with pytest.raises(ValueError, match="closed"):
        operations.keep_final(
            ballot=factories.a_ballot(house.project, house.facilitator),
            found=queries.analysed(ballot),
        )


def test_a_result_stands_beside_a_barrier_with_its_figure_and_day(house: Any) -> None:
    ballot, barrier, evidence = factories.used(house)
    figures = queries.final_of(ballot).read()  # type: ignore[union-attr]
    assert tuple(evidence.figure["everybody"]) == figures.statements[0].everybody
    agree, disagree, passed = figures.statements[0].everybody  # type: ignore[misc]
    [link] = [one for one in onward_from(BARRIER, house.id, barrier.pk) if "V" in one.ref]
    assert (link.ref, link.words) == ("V1.1", factories.TEXTS[0])
    assert str(link.state).startswith(f"{agree} of {agree + disagree + passed} agree, at least ")
    assert str(link.state).endswith(" of 10 in each group, 10 March 2025")
    [entry] = entries_of(evidence)
    assert content_of(entry)["linked_ref"] == barrier.ref


def content_of(entry: Entry) -> Any:
    return Payload.objects.get(entry=entry).content["after"]


def entries_of(evidence: Evidence) -> list[Entry]:
    return list(Entry.objects.filter(object_id=str(evidence.pk)).order_by("seq"))


def test_evidence_can_be_taken_back_with_a_reason(house: Any) -> None:
    _ballot, barrier, evidence = factories.used(house)
    with pytest.raises(Refused):
        operations.take_back(**house.here, evidence_id=evidence.pk, why=" ")
    operations.take_back(**house.here, evidence_id=evidence.pk, why="Wrong barrier.")
    assert not [one for one in onward_from(BARRIER, house.id, barrier.pk) if "V" in one.ref]
    assert [entry.verb for entry in entries_of(evidence)] == [
        "insights.use_as_evidence",
        "insights.take_back",
    ]
    with pytest.raises(Refused):
        operations.take_back(**house.here, evidence_id=evidence.pk, why="Again.")


def test_only_those_who_lead_use_a_result(house: Any) -> None:
    ballot, barrier, _evidence = factories.used(house)
    linked = queries.linked_by_value(house.id, [f"barriers.barrier:{barrier.pk}"])
    with pytest.raises(NotThere):
        operations.use_as_evidence(
            by=house.maureen, project_id=house.id, ballot_id=ballot.pk,
            statement_id=factories.statement(ballot, 2).pk, linked=linked,
        )  # fmt: skip
    with pytest.raises(Refused):
        # It is evidence for this barrier already.
        operations.use_as_evidence(
            **house.here, ballot_id=ballot.pk, statement_id=factories.statement(ballot).pk, linked=linked
        )


def test_nobody_gets_a_result_before_the_close(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(40))
    run_due()
    seen = queries.results_for(house.facilitator, house.id, ballot.pk)
    assert seen.sealed
    assert seen.result is None
    with pytest.raises(NotThere):
        queries.statement_for(house.facilitator, house.id, ballot.pk, factories.statement(ballot).pk, "read")


def test_while_open_only_who_has_voted_sees_the_result(house: Any) -> None:
    ballot = factories.a_ballot(house.project, house.facilitator, shown="while open")
    voting.votes(ballot, factories.rows(40))
    voter = voting.a_voter(ballot, house.maureen)
    Vote.objects.create(voter=voter, statement=factories.statement(ballot), value=1)
    run_due()
    assert queries.results_for(house.facilitator, house.id, ballot.pk).sealed
    seen = queries.results_for(house.maureen, house.id, ballot.pk)
    assert not seen.sealed
    assert seen.result
    assert not seen.result.is_final


def test_where_am_i_is_where_the_engine_puts_me(house: Any) -> None:
    import numpy as np

    from coproduce_engine.opinion.place import position

    ballot = factories.a_ballot(house.project, house.facilitator)
    voting.votes(ballot, factories.rows(40))
    voter = voting.a_voter(ballot, house.maureen)
    Vote.objects.create(voter=voter, statement=factories.statement(ballot, 2), value=-1)
    Vote.objects.create(voter=voter, statement=factories.statement(ballot, 5), value=1)
    nobody = voting.a_voter(ballot)
    closed = factories.close(ballot, house.facilitator)
    result = operations.make_final(closed)
    place = queries.place_of(voter, result, result.read())
    assert place
    assert place.votes == {2: -1, 5: 1}
    plane = {name: np.array(values) for name, values in result.plane.items()}
    expected = position(plane["components"], plane["means"], {1: -1, 4: 1}, 8)
    assert (place.x, place.y) == pytest.approx(expected)
    assert queries.place_of(nobody, result, result.read()) is None


def test_the_record_holds_the_final_result_and_no_plane(house: Any) -> None:
    _ballot, _barrier, evidence = factories.used(house)
    rows = queries.rows_for_record(house.id)
    [result] = rows["vote_results"]
    assert "plane" not in result
    assert sha256(result["figures"].encode()).hexdigest() == result["digest"]
    assert result["voters"] == 60
    assert [row["id"] for row in rows["vote_evidence"]] == [evidence.pk]
