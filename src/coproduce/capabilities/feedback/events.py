"""What has gone back to people."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class FeedbackPublished:
    project_id: UUID
    document_id: UUID
    publication_id: UUID


@dataclass(frozen=True)
class PromiseUpdated:
    project_id: UUID
    statement_id: UUID
    update_id: UUID


@dataclass(frozen=True)
class LettersMade:
    project_id: UUID
    document_id: UUID
