"""What has happened at a review."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ReviewOpened:
    project_id: UUID
    review_id: UUID
    due_on: date


@dataclass(frozen=True)
class ReviewClosed:
    project_id: UUID
    review_id: UUID
    outcome: str
    next_review_on: date | None
