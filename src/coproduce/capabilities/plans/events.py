"""What has happened in the plan."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ActionAdded:
    project_id: UUID
    action_id: UUID


@dataclass(frozen=True)
class EndDateMoved:
    project_id: UUID
    action_id: UUID
    times_moved: int


@dataclass(frozen=True)
class ActionsHandedOver:
    """Both people are told."""

    project_id: UUID
    handover_id: UUID
    from_person_id: UUID
    to_person_id: UUID
    action_ids: tuple[UUID, ...]
