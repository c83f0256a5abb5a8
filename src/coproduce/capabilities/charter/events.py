"""What has happened to a charter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class CharterPublished:
    project_id: UUID


@dataclass(frozen=True)
class PromiseMissed:
    """Somebody said that a promise was missed; an answer is due."""

    project_id: UUID
    breach_id: UUID
    due_on: date
