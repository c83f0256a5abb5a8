"""Letters as they stand, and their access door."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Letter
from ..terms import LETTER, LetterState, Route


def letter_for(person: Any, project_id: UUID, letter_id: UUID, purpose: Purpose) -> tuple[Visit, Letter]:
    visit = projects.visit(person, project_id, LETTER, purpose)
    rows = Letter.objects.select_related("report__document", "person", "publication")
    letter = rows.filter(pk=letter_id, report__project_id=project_id).first()
    if letter is None:
        raise NotThere
    return visit, letter


def letters_of(document_id: UUID) -> QuerySet[Letter]:
    """Every letter that counts, the newest first."""
    rows = Letter.objects.filter(report_id=document_id).exclude(state=LetterState.REPLACED)
    return rows.select_related("person").order_by("-made_at", "person__name", "pk")


def emails_waiting(document_id: UUID) -> list[Letter]:
    return list(_waiting(document_id, Route.EMAIL).order_by("made_at", "pk"))


def prints_waiting(document_id: UUID) -> list[Letter]:
    return list(_waiting(document_id, Route.PRINT).order_by("person__name", "pk"))


def _waiting(document_id: UUID, route: Route) -> QuerySet[Letter]:
    rows = letters_of(document_id).filter(state=LetterState.WAITING, route=route)
    return rows.select_related("person", "report__document", "publication")
