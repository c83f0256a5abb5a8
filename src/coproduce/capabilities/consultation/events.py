"""What happened to a consultation."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ConsultationOpened:
    project_id: UUID
    consultation_id: UUID


@dataclass(frozen=True)
class ReplyReceived:
    project_id: UUID
    consultation_id: UUID
    reply_id: UUID


@dataclass(frozen=True)
class ConsultationClosed:
    """Replies are in, and their words are open. Answers are due within 12 weeks after `ended_on`."""

    project_id: UUID
    consultation_id: UUID
    document_id: UUID
    ended_on: date


@dataclass(frozen=True)
class ReportPublished:
    project_id: UUID
    consultation_id: UUID
