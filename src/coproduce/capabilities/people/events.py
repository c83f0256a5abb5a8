"""What has happened to people and groups."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SeatAdded:
    project_id: UUID
    seat_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class QuoteConsentWithdrawn:
    project_id: UUID
    seat_id: UUID
    person_id: UUID
