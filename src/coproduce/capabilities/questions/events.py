"""What has happened in the Socratic log."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class QuestionAsked:
    project_id: UUID
    question_id: UUID


@dataclass(frozen=True)
class QuestionAnswered:
    project_id: UUID
    question_id: UUID
