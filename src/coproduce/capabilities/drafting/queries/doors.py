"""The access doors: a document, a suggestion or a version, or nothing at all."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import BarrierLink, Document, Suggestion, Version
from ..terms import DOCUMENT, SUGGESTION, VERSION


def document_for(
    person: Any, project_id: UUID, document_id: UUID, purpose: Purpose, kind: str = DOCUMENT
) -> tuple[Visit, Document]:
    visit = projects.visit(person, project_id, kind, purpose)
    document = Document.objects.filter(pk=document_id, project_id=project_id).first()
    if document is None:
        raise NotThere
    return visit, document


def suggestion_for(
    person: Any, project_id: UUID, suggestion_id: UUID, purpose: Purpose
) -> tuple[Visit, Suggestion]:
    visit = projects.visit(person, project_id, SUGGESTION, purpose)
    rows = Suggestion.objects.select_related("document", "author", "group", "entered_by", "base_version")
    rows = rows.annotate(has_barriers=Exists(BarrierLink.objects.filter(suggestion=OuterRef("pk"))))
    suggestion = rows.filter(pk=suggestion_id, project_id=project_id).first()
    if suggestion is None:
        raise NotThere
    return visit, suggestion


def version_for(person: Any, project_id: UUID, version_id: UUID, purpose: Purpose) -> tuple[Visit, Version]:
    visit = projects.visit(person, project_id, VERSION, purpose)
    rows = Version.objects.select_related("document", "author")
    version = rows.filter(pk=version_id, document__project_id=project_id).first()
    if version is None:
        raise NotThere
    return visit, version
