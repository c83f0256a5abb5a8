"""What has happened in labs."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class LabPlanned:
    project_id: UUID
    lab_id: UUID


@dataclass(frozen=True)
class PeopleInvited:
    """Those who were not on the list before."""

    project_id: UUID
    lab_id: UUID
    seat_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class LabHeld:
    """Who was there is written down, for the first time or anew."""

    project_id: UUID
    lab_id: UUID
