"""The access doors of the assessment and of monitoring."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Assessment, Row, Survey, Version
from ..terms import ASSESSMENT, MONITORING
from .lists import assessment_of, rows_of


def visit_assessment(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, ASSESSMENT, purpose)


def assessment_for(person: Any, project_id: UUID, purpose: Purpose) -> tuple[Visit, Assessment]:
    visit = visit_assessment(person, project_id, purpose)
    found = assessment_of(project_id)
    if found is None:
        raise NotThere
    return visit, found


def row_for(person: Any, project_id: UUID, row_id: UUID, purpose: Purpose) -> tuple[Visit, Row]:
    visit, assessment = assessment_for(person, project_id, purpose)
    row = next((one for one in rows_of(assessment) if one.pk == row_id), None)
    if row is None:
        raise NotThere
    return visit, row


def version_for(person: Any, project_id: UUID, version_id: UUID) -> tuple[Visit, Version]:
    visit = visit_assessment(person, project_id, Purpose.READ)
    found = Version.objects.filter(pk=version_id, assessment__project_id=project_id)
    version = found.select_related("assessment__project", "by").first()
    if version is None:
        raise NotThere
    return visit, version


def published_version(project_id: UUID) -> Version:
    """What the public may read: a final version that was published."""
    found = Version.objects.filter(
        pk__in=Assessment.objects.filter(project_id=project_id).values("published")
    )
    version = found.select_related("assessment__project", "by").first()
    if version is None:
        raise NotThere
    return version


def published_on(project_id: UUID) -> Any:
    return Assessment.objects.filter(project_id=project_id).values_list("published_on", flat=True).first()


def locked(project_id: UUID) -> Assessment:
    """The assessment, held until the transaction ends; for operations, behind their door."""
    projects.take_turns(project_id)
    found = assessment_of(project_id)
    if found is None:
        raise NotThere
    return found


def visit_monitoring(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, MONITORING, purpose)


def survey_of(project_id: UUID) -> Survey | None:
    return Survey.objects.select_related("project").filter(project_id=project_id).first()


def survey_in(project_id: UUID) -> Survey:
    found = survey_of(project_id)
    if found is None:
        raise NotThere
    return found


def public_survey(survey_id: UUID) -> Survey:
    """The form that anybody with its address may fill in."""
    found = Survey.objects.select_related("project").filter(pk=survey_id).first()
    if found is None:
        raise NotThere
    return found
