"""What has gone back to people."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class FeedbackPublished:
    project_id: UUID
    document_id: UUID
    publication_id: UUID
