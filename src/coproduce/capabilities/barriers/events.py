"""What has happened to barriers."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class BarriersBroughtIn:
    project_id: UUID
    round_id: UUID
    count: int


@dataclass(frozen=True)
class BarrierResponded:
    project_id: UUID
    barrier_id: UUID
    response: str


@dataclass(frozen=True)
class BarrierCheckedBack:
    project_id: UUID
    barrier_id: UUID
    said: str
