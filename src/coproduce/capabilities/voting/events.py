"""What has happened to ballots and their statements."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class BallotOpened:
    project_id: UUID
    ballot_id: UUID


@dataclass(frozen=True)
class BallotClosed:
    """`votes` counts the current votes of all statements."""

    project_id: UUID
    ballot_id: UUID
    votes: int


@dataclass(frozen=True)
class StatementSettled:
    """A statement was accepted, declined, put back or replaced: its author may want to know."""

    project_id: UUID
    ballot_id: UUID
    statement_id: UUID
    standing: str
