"""What has happened in a round. The events carry ids; `queries` gives the rows."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RoundOpened:
    project_id: UUID
    round_id: UUID


@dataclass(frozen=True)
class AnswersOpened:
    """All first answers are open to all: at the seal, or after the last reading turn."""

    project_id: UUID
    round_id: UUID
    by_id: UUID


@dataclass(frozen=True)
class RoundSealed:
    """First answers stay as they are from now on. `by_id` is the person who sealed."""

    project_id: UUID
    round_id: UUID
    by_id: UUID


@dataclass(frozen=True)
class LateAnswerOpened:
    """An answer came after the seal; it and its barriers are open at once."""

    project_id: UUID
    round_id: UUID
    opened_answer_id: UUID
    by_id: UUID
