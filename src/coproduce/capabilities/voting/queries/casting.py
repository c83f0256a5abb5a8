"""What one vote asks for: few and short questions, ready made, since thousands come at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from math import log
from typing import Any, NamedTuple
from uuid import UUID

from coproduce.core.access import NotThere
from coproduce.core.prepared import Prepared

from ..models import Ballot, Statement, Voter
from ..terms import Standing
from .keys import seed_of

# A lock that votes do not take from each other; a close and a change of the words wait for it.
_STILL = "FOR KEY SHARE"


class Here(NamedTuple):
    """The statement of a vote, and how its ballot stands, held still until the transaction ends."""

    statement_id: UUID
    ballot_id: UUID
    revision: int
    standing: str
    state: str
    closes_on: date | None


class Held(NamedTuple):
    state: str
    closes_on: date | None


def _here(statement_id: UUID, ballot_id: UUID) -> Any:
    rows = Statement.objects.filter(pk=statement_id, ballot_id=ballot_id)
    return rows.values_list("pk", "ballot_id", "revision", "standing", "ballot__state", "ballot__closes_on")


def _ballot(ballot_id: UUID) -> Any:
    return Ballot.objects.filter(pk=ballot_id).values_list("state", "closes_on")


def _voter(ballot_id: UUID, key: str) -> Any:
    return Voter.objects.filter(ballot_id=ballot_id, key=key).values_list("pk")


_heres = Prepared(_here, locks=_STILL)
_ballots = Prepared(_ballot, locks=_STILL)
_voters = Prepared(_voter, locks=_STILL)


def here(ballot_id: UUID, statement_id: UUID) -> Here:
    for row in _heres.rows(statement_id=statement_id, ballot_id=ballot_id):
        return Here(*row)
    raise NotThere


def ballot_held_still(ballot_id: UUID) -> Held:
    for row in _ballots.rows(ballot_id=ballot_id):
        return Held(*row)
    raise NotThere


def voter_id_held(ballot_id: UUID, key: str) -> UUID | None:
    for row in _voters.rows(ballot_id=ballot_id, key=key):
        return row[0]  # type: ignore[no-any-return]
    return None


def statements_to_vote_on(ballot: Ballot) -> Any:
    """By number; one query."""
    return Statement.objects.filter(ballot=ballot, standing=Standing.ACCEPTED).order_by("number")


# Given a ballot, how much more often each statement should be seen, by its number; a capability above says it.
Weights = Callable[[Ballot], Mapping[int, float]]
_weights: list[Weights] = []


def statements_are_weighed_by(weights: Weights) -> None:
    """From now on the order in which voters see the statements follows these weights. They cost one query or none."""
    if weights not in _weights:
        _weights.append(weights)


def in_order_for(ballot: Ballot, key: str, statements: Sequence[Statement]) -> list[Statement]:
    """An order of this voter's own, the same each time, in which a heavier statement comes earlier more often."""
    weight: dict[int, float] = {}
    for known in _weights:
        weight |= known(ballot)
    seed = seed_of(ballot.pk, key)
    return sorted(statements, key=partial(_place, seed, weight))


def _place(seed: str, weight: Mapping[int, float], statement: Statement) -> float:
    """Drawn so that the heavier of two comes first as often as its weight says (Efraimidis and Spirakis 2006)."""
    drawn = int.from_bytes(sha256(f"{seed}{statement.pk}".encode()).digest()[:8])
    return -log((drawn + 1) / 2**64) / max(weight.get(statement.number, 1.0), 1e-9)
