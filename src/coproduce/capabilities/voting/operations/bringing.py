"""A whole vote that was held somewhere else, brought in under drawn numbers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Ballot, Statement, Vote, Voter
from ..terms import Channel, Standing, State
from .ballots import close_ballot, make_ballot
from .statements import keep

_AT_ONCE = 5_000


@dataclass(frozen=True)
class BroughtIn:
    """`votes` are (place of the person, place of the statement, value), the current vote of each pair once.

    `groups` gives a group's id by the place of a person; `declined` holds places of statements that were not shown.
    """

    title: str
    statements: Sequence[str]
    votes: Collection[tuple[int, int, int]]
    people: int
    groups: Mapping[int, UUID] = field(default_factory=dict)
    declined: Collection[int] = ()
    intro: str = ""


@operation
def bring_in_votes(*, by: Any, project_id: UUID, brought: BroughtIn, key: UUID | None = None) -> Ballot:
    """A ballot that opens and closes at once: what was said elsewhere is fixed by the digest like any other."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    made = make_ballot(by=by, project_id=project_id, title=brought.title, intro=brought.intro)
    ballot = queries.locked(project_id, made.pk)
    ballot.state, ballot.opened_at = State.OPEN, clock.now()
    ballot.save(update_fields=["state", "opened_at"])
    # The first entry holds the request's key: the same request once more gives this ballot back.
    record(
        by=by, verb="voting.bring_in", thing=ballot, project_id=project_id,
        after={"state": ballot.state, "opened_at": ballot.opened_at, "brought_in": len(brought.votes)},
    )  # fmt: skip
    statements = [
        _statement(by, ballot, number, text, brought) for number, text in enumerate(brought.statements)
    ]
    voters = _voters(ballot, brought)
    rows = (
        Vote(voter=voters[person], statement=statements[what], value=value)
        for person, what, value in brought.votes
    )
    Vote.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return close_ballot(by=by, project_id=project_id, ballot_id=ballot.pk)


def _statement(by: Any, ballot: Ballot, place: int, text: str, brought: BroughtIn) -> Statement:
    """People voted on these words, so they come in whole, however long."""
    statement = Statement(
        ballot=ballot, number=place + 1, text=text, author=by, added_at=clock.now(),
        standing=Standing.DECLINED if place in brought.declined else Standing.ACCEPTED,
    )  # fmt: skip
    return keep(by, statement, (), "voting.add_statement")


def _voters(ballot: Ballot, brought: BroughtIn) -> list[Voter]:
    """Nobody comes back to these, so their keys fit nothing."""
    voters = [
        Voter(
            ballot=ballot, key=sha256(uuid4().bytes).hexdigest(), group_id=brought.groups.get(place),
            channel=Channel.FILE,
        )
        for place in range(brought.people)
    ]  # fmt: skip
    return Voter.objects.bulk_create(voters, batch_size=_AT_ONCE)
