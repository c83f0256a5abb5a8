"""What has happened to the approach of a project."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class LevelChosen:
    project_id: UUID
    decision_id: UUID
