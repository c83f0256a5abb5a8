"""The access doors of statements and of what is published."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Statement
from ..terms import STATEMENT
from .standings import Standing, standing_of


def report_for(
    person: Any, project_id: UUID, document_id: UUID, purpose: Purpose, kind: str = STATEMENT
) -> tuple[Visit, Standing]:
    visit = projects.visit(person, project_id, kind, purpose)
    return visit, standing_of(project_id, document_id)


def statement_for(
    person: Any, project_id: UUID, statement_id: UUID, purpose: Purpose
) -> tuple[Visit, Statement]:
    visit = projects.visit(person, project_id, STATEMENT, purpose)
    rows = Statement.objects.select_related("report__document", "responsible")
    statement = rows.filter(pk=statement_id, project_id=project_id).first()
    if statement is None:
        raise NotThere
    return visit, statement
