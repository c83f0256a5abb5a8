"""The rows of this capability for the record. Votes stand under drawn numbers, and only once the ballot is closed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from ..models import Ballot, Moderation, Statement, Vote, Voter
from ..terms import State
from .analysis import smallest_group

Row = dict[str, Any]
_BALLOT = (
    "id", "number", "title", "intro", "state", "who", "shown", "takes_statements", "checking", "opens_on",
    "closes_on", "made_by_id", "made_at", "opened_at", "closed_at", "votes_at_close", "people_at_close", "digest",
)  # fmt: skip
_STATEMENT = (
    "id", "ballot_id", "number", "text", "revision", "standing", "origin_kind", "origin_id", "origin_ref",
    "author_id", "replaces_id", "why_replaced", "added_at",
)  # fmt: skip
_LOG = ("id", "statement_id", "was", "standing", "reason", "words", "undoes_id", "by_id", "at")


def rows_for_record(project_id: UUID) -> Mapping[str, Sequence[Row]]:
    """Votes are sorted by the drawn numbers, so that nothing tells who voted first; the digest is over these rows."""
    statements = Statement.objects.filter(ballot__project_id=project_id).order_by("ballot__number", "number")
    log = Moderation.objects.filter(statement__ballot__project_id=project_id).order_by("at", "pk")
    ballots = Ballot.objects.filter(project_id=project_id).order_by("number")
    closed = [ballot for ballot in ballots if ballot.state == State.CLOSED]
    return {
        "ballots": list(ballots.values(*_BALLOT)),
        "ballot_statements": list(statements.values(*_STATEMENT)),
        "moderation": list(log.values(*_LOG)),
        "votes": [row for ballot in closed for row in _votes(ballot)],
    }


def _votes(ballot: Ballot) -> Iterator[Row]:
    groups = _groups(ballot)
    rows = Vote.objects.filter(voter__ballot=ballot).order_by("voter__number", "statement__number")
    for who, what, value in rows.values_list("voter__number", "statement__number", "value"):
        yield {
            "ballot": ballot.ref,
            "voter": who,
            "statement": what,
            "vote": value,
            "group": groups.get(who, ""),
        }


def _groups(ballot: Ballot) -> dict[int, str]:
    """The group's code by the voter's number, of the groups that are large enough to be shown."""
    voted = Voter.objects.filter(ballot=ballot).filter(Exists(Vote.objects.filter(voter=OuterRef("pk"))))
    counts = dict(voted.order_by().values_list("group__code").annotate(Count("pk")))
    large = {code for code, count in counts.items() if code and count >= smallest_group()}
    if sum(count for code, count in counts.items() if code not in large) < smallest_group():
        # Those without a group shown would be too few among themselves.
        large -= {min(large, key=lambda code: counts[code])} if len(large) < len(counts) and large else set()
    return dict(voted.filter(group__code__in=large).values_list("number", "group__code"))
