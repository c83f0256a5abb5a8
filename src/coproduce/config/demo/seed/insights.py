"""What the votes of April said, and one result that stands beside a suggestion."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coproduce.capabilities.insights import operations as insights
from coproduce.capabilities.insights import queries
from coproduce.capabilities.insights.terms import LinkedKind
from coproduce.capabilities.voting import queries as voting

from ..story.voting import ballot as told
from .calendar import Happening, moment
from .cast import Cast

# “Each carer is asked whether they are able to care” stands beside the suggestion that asks for it.
STATEMENT, SUGGESTION = 5, "S24"
USED = date(2025, 7, 2)


def result(cast: Cast) -> Iterator[Happening]:
    """The evening on which the ballot closes, as the task worker would."""
    yield Happening(moment(told().closed, 21), lambda: insights.make_final(_ballot(cast)))


def evidence(cast: Cast) -> Iterator[Happening]:
    yield Happening(moment(USED, 10), lambda: _use(cast))


def _ballot(cast: Cast) -> Any:
    [ballot] = voting.project_ballots(cast.project_id)
    return voting.ballot_in(cast.project_id, ballot.pk)


def _use(cast: Cast) -> None:
    ballot = _ballot(cast)
    suggestion = cast.suggestions[SUGGESTION]
    insights.use_as_evidence(
        by=cast.facilitator, project_id=cast.project_id, ballot_id=ballot.pk,
        statement_id=voting.counted_statements(ballot).get(number=STATEMENT).pk,
        linked=queries.linked_by_value(cast.project_id, [f"{LinkedKind.SUGGESTION}:{suggestion.pk}"]),
    )  # fmt: skip
