"""What has happened to an equality impact assessment. Monitoring answers post nothing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class AssessmentFinal:
    project_id: UUID
    version_id: UUID
    day: date


@dataclass(frozen=True)
class AssessmentRead:
    project_id: UUID
    version_id: UUID
    person_id: UUID
