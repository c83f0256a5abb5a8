"""What happened to a master copy."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DocumentStarted:
    project_id: UUID
    document_id: UUID


@dataclass(frozen=True)
class SuggestionMade:
    project_id: UUID
    suggestion_id: UUID


@dataclass(frozen=True)
class SuggestionDecided:
    project_id: UUID
    suggestion_id: UUID
    decision_id: UUID


@dataclass(frozen=True)
class SuggestionWithdrawn:
    project_id: UUID
    suggestion_id: UUID


@dataclass(frozen=True)
class VersionPublished:
    project_id: UUID
    document_id: UUID
    version_id: UUID


@dataclass(frozen=True)
class SuggestionReopened:
    """Its author was not satisfied with the answer and asks again."""

    project_id: UUID
    suggestion_id: UUID
