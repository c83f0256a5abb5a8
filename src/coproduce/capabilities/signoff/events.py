"""What has happened at sign-off."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class SignedOff:
    project_id: UUID
    sign_off_id: UUID
    version_id: UUID
    review_on: date


@dataclass(frozen=True)
class ReviewDateMoved:
    """A review is over; the next one is on this day, or never."""

    project_id: UUID
    sign_off_id: UUID
    review_on: date | None
