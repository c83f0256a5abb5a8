"""The votes of a ballot as numbers, for whoever analyses them. No row of it says who a person is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from coproduce.capabilities.people import queries as people

from ..models import Ballot, Statement, Vote, Voter
from ..terms import COUNTED
from .keys import key_of_cookie, key_of_person

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coproduce_engine.opinion.votes import Votes

NO_GROUP = -1
_AT_ONCE = 20_000


@dataclass(frozen=True)
class BallotVotes:
    """People in the order of their drawn numbers, statements in the order of theirs.

    `group_of_person` holds the place in `group_names`, or −1. Groups that are too small to be shown by themselves are
    among them: `smallest_group()` says from how many people on.
    """

    votes: "Votes"
    statements: tuple[Statement, ...]
    group_names: tuple[str, ...]
    group_of_person: "NDArray[np.int64]"


def votes_of(ballot: Ballot) -> BallotVotes:
    """All current votes on the statements that were accepted, and on those that were replaced later; four queries."""
    # NumPy is not for the pages of the web server.
    import numpy as np

    from coproduce_engine.opinion.votes import Votes

    statements = tuple(counted_statements(ballot))
    place = {one.number: at for at, one in enumerate(statements)}
    groups = list(people.groups_of(ballot.project_id))
    group_at = {group.pk: at for at, group in enumerate(groups)}
    said = Voter.objects.filter(ballot=ballot, group__isnull=False).values_list("number", "group_id")
    at_of = {number: group_at[group_id] for number, group_id in said if group_id}
    rows = np.array(
        [(who, place[what], value) for who, what, value in _rows(ballot) if what in place], dtype=np.int64
    ).reshape(-1, 3)
    numbers, person = np.unique(rows[:, 0], return_inverse=True)
    return BallotVotes(
        Votes.from_log(person, rows[:, 1], rows[:, 2], people=len(numbers), statements=len(statements)),
        statements,
        tuple(group.name for group in groups),
        np.array([at_of.get(int(one), NO_GROUP) for one in numbers], dtype=np.int64),
    )


def _rows(ballot: Ballot) -> Any:
    # Sorted, so that the order in which they came in is nowhere.
    votes = Vote.objects.filter(voter__ballot=ballot).order_by("voter__number", "statement__number")
    return votes.values_list("voter__number", "statement__number", "value").iterator(chunk_size=_AT_ONCE)


def counted_statements(ballot: Ballot) -> Any:
    """By number."""
    return Statement.objects.filter(ballot=ballot, standing__in=COUNTED).order_by("number")


def votes_count(ballot: Ballot) -> int:
    """Counted, not kept: a row that every vote changes would make them wait for each other. One query."""
    return Vote.objects.filter(voter__ballot=ballot).count()


def people_count(ballot: Ballot) -> int:
    """How many people have voted on at least one statement; one query."""
    return Vote.objects.filter(voter__ballot=ballot).order_by().values("voter_id").distinct().count()


def smallest_group() -> int:
    """From so many people on, a group is shown by itself."""
    return max(int(settings.COPRODUCE_SMALL_NUMBER), 1)


def voter_with_key(ballot: Ballot, key: str) -> Voter | None:
    voter = Voter.objects.filter(ballot=ballot, key=key).first()
    if voter:
        voter.ballot = ballot
    return voter


def voter_of(person: Any, ballot: Ballot) -> Voter | None:
    """The voter that only this person's own request finds."""
    return voter_with_key(ballot, key_of_person(ballot.pk, person.pk))


def voter_with_cookie(token: str, ballot: Ballot) -> Voter | None:
    return voter_with_key(ballot, key_of_cookie(ballot.pk, token)) if token else None


def own_votes(voter: Voter) -> dict[int, int]:
    """The value by the statement's number, for the voter alone; one query."""
    rows = Vote.objects.filter(voter=voter).order_by("statement__number")
    return dict(rows.values_list("statement__number", "value"))
