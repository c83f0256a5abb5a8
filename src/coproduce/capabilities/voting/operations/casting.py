"""Giving a vote, changing it, and taking all of them away again.

Nothing here goes to the ledger: an entry for each vote would say who voted when, and would make all voters wait for
one chain. The close fixes all votes at once. A vote waits for nobody but for a close, and for a change of the words.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.core.findings import Refused, settle

from .. import queries, rules
from ..models import Ballot, Vote, Voter
from ..queries import Here
from ..terms import Channel, Standing, Value

_AGAIN = 3


class NotTaken(Refused):
    """The ballot is closed, or the words have changed: the vote was not kept."""


def join(*, ballot: Ballot, key: str, group_id: UUID | None = None, channel: str = Channel.WEB) -> Voter:
    """Somebody begins to vote; the same key gives the same voter, with the group that was said last."""
    with transaction.atomic():
        held = queries.ballot_held_still(ballot.pk)
        settle(rules.votes_are_taken(held.state, held.closes_on, today=clock.today()))
        facts = {"group_id": group_id, "channel": channel}
        voter, made = Voter.objects.get_or_create(ballot_id=ballot.pk, key=key, defaults=facts)
        if not made and group_id and voter.group_id != group_id:
            voter.group_id = group_id
            voter.save(update_fields=["group_id"])
    return voter


def cast(
    *,
    ballot_id: UUID,
    statement_id: UUID,
    key: str,
    value: int,
    revision: int,
    group_of: Callable[[], UUID | None] = lambda: None,
) -> None:
    """One vote, or a changed one; the same once more changes nothing. Raises NotTaken where it may not be kept.

    `group_of` is asked where the voter is new.
    """
    if value not in Value.values:
        raise NotThere
    for left in reversed(range(_AGAIN)):
        try:
            with transaction.atomic():
                _cast(queries.here(ballot_id, statement_id), key, value, revision, group_of)
        except IntegrityError:
            # The voter took all votes away at this moment, or began twice: what is found now counts.
            if not left:
                raise
        else:
            return


def _cast(here: Here, key: str, value: int, revision: int, group_of: Callable[[], UUID | None]) -> None:
    findings = [
        *rules.votes_are_taken(here.state, here.closes_on, today=clock.today()),
        *rules.words_are_of_the_page(revision, here.revision),
    ]
    if findings:
        raise NotTaken(*findings)
    if here.standing != Standing.ACCEPTED:
        raise NotThere
    voter_id = queries.voter_id_held(here.ballot_id, key)
    if voter_id is None:
        voter_id = Voter.objects.create(ballot_id=here.ballot_id, key=key, group_id=group_of()).pk
    write_votes(voter_id, {here.statement_id: value})


def write_votes(voter_id: UUID, values: Mapping[UUID, int]) -> None:
    """One statement for all of them."""
    rows = [Vote(voter_id=voter_id, statement_id=pk, value=value) for pk, value in values.items()]
    Vote.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["voter", "statement"], update_fields=["value"]
    )


def erase_votes(*, ballot: Ballot, key: str) -> None:
    """As if this person had never voted here: the votes and the voter go, and nothing says that they were there."""
    with transaction.atomic():
        held = queries.ballot_held_still(ballot.pk)
        settle(rules.votes_are_taken(held.state, held.closes_on, today=clock.today()))
        voter = Voter.objects.select_for_update().filter(ballot_id=ballot.pk, key=key).first()
        if voter is not None:
            Vote.objects.filter(voter=voter).delete()
            voter.delete()
