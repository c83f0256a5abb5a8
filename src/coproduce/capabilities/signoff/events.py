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
