"""Ballots that are voted on and closed, with the result that the real engine makes of them."""

from collections.abc import Sequence
from random import Random
from typing import Any

from coproduce.capabilities.barriers.operations import add_barrier
from coproduce.capabilities.insights import operations, queries
from coproduce.capabilities.insights.models import Evidence, Result
from coproduce.capabilities.voting.models import Ballot, Statement
from coproduce.capabilities.voting.operations import close_ballot
from coproduce.capabilities.voting.queries import ballot_in
from coproduce.capabilities.voting.tests import factories as voting

TEXTS = (
    "A named nurse comes home with you.",
    "The ward rings before noon.",
    "Villages are served too.",
    "Care at home is charged for.",
    "One phone number for everything.",
    "Tablets come in the same bag.",
    "Families are told first.",
    "Visits are shorter and more often.",
)
# Each camp's lean, statement by statement: both want the first three, and part on the rest.
LEANS = ((0.95, 0.9, 0.85, 0.1, 0.9, 0.15, 0.8, 0.2), (0.92, 0.9, 0.8, 0.85, 0.2, 0.9, 0.15, 0.8))


def rows(people: int, *, seed: int = 3) -> list[list[int]]:
    """People of two camps, one after the other."""
    chance = Random(seed)
    return [[1 if chance.random() < lean else -1 for lean in LEANS[person % 2]] for person in range(people)]


def a_ballot(project: Any, by: Any, **facts: Any) -> Ballot:
    return voting.a_ballot(project, by, TEXTS, **facts)


def close(ballot: Ballot, by: Any) -> Ballot:
    close_ballot(by=by, project_id=ballot.project_id, ballot_id=ballot.pk)
    return ballot_in(ballot.project_id, ballot.pk)


def a_result(
    project: Any, by: Any, groups: Sequence[Any] = (), people: int = 60, **facts: Any
) -> tuple[Ballot, Result]:
    """Of a closed ballot. Groups go round, so with two of them each camp is one group."""
    ballot = a_ballot(project, by, **facts)
    voting.votes(ballot, rows(people), groups)
    closed = close(ballot, by)
    return closed, operations.make_final(closed)


def statement(ballot: Ballot, number: int = 1) -> Statement:
    return Statement.objects.get(ballot=ballot, number=number)


def used(house: Any) -> tuple[Ballot, Any, Evidence]:
    """A result stands beside a barrier: the ballot, the barrier and the evidence."""
    ballot, _result = a_result(house.project, house.facilitator, house.groups()[:2])
    barrier = add_barrier(by=house.maureen, project_id=house.id, statement="Nobody rings at night")
    first = statement(ballot)
    operations.use_as_evidence(
        **house.here, ballot_id=ballot.pk, statement_id=first.pk,
        linked=queries.linked_by_value(house.id, [f"barriers.barrier:{barrier.pk}"]),
    )  # fmt: skip
    return ballot, barrier, Evidence.objects.get()
