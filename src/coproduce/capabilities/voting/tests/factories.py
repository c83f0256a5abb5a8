"""A ballot in a project with groups, and votes on it in bulk, for the tests of this capability and of those above."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from coproduce.capabilities.voting import queries
from coproduce.capabilities.voting.models import Ballot, Statement, Vote, Voter
from coproduce.capabilities.voting.terms import Channel, State
from coproduce.core import clock


def a_ballot(project: Any, by: Any, texts: Sequence[str] = (), **facts: Any) -> Ballot:
    """Open, with these statements, unless `facts` say otherwise."""
    now = clock.now()
    usual = {"title": "What matters most", "state": State.OPEN, "opened_at": now}
    number = Ballot.objects.filter(project=project).count() + 1
    ballot = Ballot.objects.create(project=project, number=number, made_by=by, made_at=now, **usual | facts)
    add_statements(ballot, by, texts)
    return ballot


def add_statements(ballot: Ballot, by: Any, texts: Sequence[str]) -> list[Statement]:
    first = Statement.objects.filter(ballot=ballot).count() + 1
    return Statement.objects.bulk_create(
        Statement(ballot=ballot, number=number, text=text, author=by, added_at=clock.now())
        for number, text in enumerate(texts, first)
    )


def a_voter(ballot: Ballot, person: Any = None, group: Any = None, channel: str = Channel.WEB) -> Voter:
    """The person's own voter, or one whom only a cookie finds."""
    token = uuid4().hex
    key = queries.key_of_person(ballot.pk, person.pk) if person else queries.key_of_cookie(ballot.pk, token)
    return Voter.objects.create(ballot=ballot, key=key, group=group, channel=channel)


def votes(ballot: Ballot, rows: Iterable[Sequence[int | None]], groups: Sequence[Any] = ()) -> list[Voter]:
    """A voter for each row: 1, −1, 0, or None for not seen, for each statement by number; `groups` goes round."""
    statements = list(Statement.objects.filter(ballot=ballot).order_by("number"))
    table = list(rows)
    voters = [
        Voter(ballot=ballot, key=uuid4().hex * 2, group=groups[at % len(groups)] if groups else None)
        for at in range(len(table))
    ]
    Voter.objects.bulk_create(voters)
    Vote.objects.bulk_create(
        Vote(voter=voter, statement=statement, value=value)
        for voter, row in zip(voters, table, strict=True)
        for statement, value in zip(statements, row, strict=False)
        if value is not None
    )
    return voters
