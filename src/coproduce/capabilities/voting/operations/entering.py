"""Votes that a facilitator types in, from paper or by phone. The ledger says how many votes came in, never which."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.rounds.rules import what_is_entered_is_read_back
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Ballot, Voter
from ..terms import Channel, Value
from .casting import write_votes


@operation
def enter_paper(
    *,
    by: Any,
    project_id: UUID,
    ballot_id: UUID,
    code: str,
    votes: Mapping[int, int],
    group_id: UUID | None = None,
    read_back: bool = False,
    key: UUID | None = None,
) -> Ballot:
    """A ballot paper, by its code: the same paper once more corrects what was typed. `votes` by statement number."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    known = queries.paper_code_typed(ballot.pk, code)
    settle(_code_is_known(known))
    if group_id is not None:
        people.group_in(project_id, group_id)
    voter_key = queries.key_of_paper(ballot.pk, known or "")
    return _enter(by, ballot, voter_key, votes, group_id, Channel.PAPER, read_back=read_back)


@operation
def enter_for_person(
    *,
    by: Any,
    project_id: UUID,
    ballot_id: UUID,
    person_id: UUID,
    votes: Mapping[int, int],
    read_back: bool = False,
    key: UUID | None = None,
) -> Ballot:
    """What somebody with a seat says by phone. It is their own vote, which they can change or erase themselves."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    seat = people.seats_of(project_id).filter(person_id=person_id).first()
    if seat is None:
        raise NotThere
    voter_key = queries.key_of_person(ballot.pk, person_id)
    return _enter(
        by, ballot, voter_key, votes, seat.main_group_id, Channel.PHONE, read_back=read_back,
        on_behalf_of=seat.person,
    )  # fmt: skip


def _enter(
    by: Any, ballot: Ballot, key: str, votes: Mapping[int, int], group_id: UUID | None, channel: str, *,
    read_back: bool, on_behalf_of: Any = None,
) -> Ballot:  # fmt: skip
    statements = dict(queries.statements_to_vote_on(ballot).values_list("number", "pk"))
    kept = settle([
        *rules.votes_are_taken(ballot.state, ballot.closes_on, today=clock.today()),
        *_votes_can_be_counted(votes, statements),
        *what_is_entered_is_read_back(for_someone=True, read_back=read_back),
    ])  # fmt: skip
    facts = {"group_id": group_id, "channel": channel}
    voter, _made = Voter.objects.get_or_create(ballot=ballot, key=key, defaults=facts)
    write_votes(voter.pk, {statements[number]: value for number, value in votes.items()})
    record(
        by=by, verb=f"voting.enter_{channel}", thing=ballot, project_id=ballot.project_id,
        on_behalf_of=on_behalf_of, after={"entered": len(votes)}, findings=kept,
    )  # fmt: skip
    return ballot


def _code_is_known(code: str | None) -> Iterator[Finding]:
    if code is None:
        yield refuse("voting", _("No paper of this ballot has this code. Check each letter."), subject="code")


def _votes_can_be_counted(votes: Mapping[int, int], numbers: Iterable[int]) -> Iterator[Finding]:
    if not votes:
        yield refuse("voting", _("Type in at least one vote."))
    elif set(votes) - set(numbers) or set(votes.values()) - set(Value.values):
        yield refuse("voting", _("A vote is for a statement of this ballot: agree, disagree or pass."))
