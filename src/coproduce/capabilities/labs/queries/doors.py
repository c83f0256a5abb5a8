"""The access doors of labs."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import AgendaItem, Idea, Lab, Prototype
from ..terms import ACCESS, CONFLICT, FACILITATION, LAB


def visit_labs(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, LAB, purpose)


def visit_facilitation(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, FACILITATION, purpose)


def lab_for(person: Any, project_id: UUID, lab_id: UUID, purpose: Purpose) -> tuple[Visit, Lab]:
    visit = visit_labs(person, project_id, purpose)
    return visit, lab_in(project_id, lab_id)


def lab_record_for(person: Any, project_id: UUID, lab_id: UUID) -> tuple[Visit, Lab]:
    """What came of a lab: for everyone once it was held, before that for whoever runs it."""
    visit, lab = lab_for(person, project_id, lab_id, Purpose.READ)
    if not (lab.is_held or visit.may(LAB, Purpose.RUN)):
        raise NotThere
    return visit, lab


def access_plan_for(person: Any, project_id: UUID, lab_id: UUID) -> tuple[Visit, Lab]:
    """The needs of everyone who is invited."""
    visit = projects.visit(person, project_id, ACCESS, Purpose.READ)
    return visit, lab_in(project_id, lab_id)


def conflict_notes_for(person: Any, project_id: UUID, lab_id: UUID, purpose: Purpose) -> tuple[Visit, Lab]:
    """Those who run the project, and nobody else."""
    visit = projects.visit(person, project_id, CONFLICT, purpose)
    return visit, lab_in(project_id, lab_id)


def lab_in(project_id: UUID, lab_id: UUID) -> Lab:
    labs = Lab.objects.select_related("project", "round", "planned_by")
    lab = labs.filter(project_id=project_id, pk=lab_id).first()
    if lab is None:
        raise NotThere
    return lab


def item_in(lab: Lab, item_id: UUID) -> AgendaItem:
    item = AgendaItem.objects.select_related("owner").filter(lab=lab, pk=item_id).first()
    if item is None:
        raise NotThere
    return item


def idea_in(lab: Lab, idea_id: UUID) -> Idea:
    idea = Idea.objects.filter(lab=lab, pk=idea_id).first()
    if idea is None:
        raise NotThere
    return idea


def prototype_in(project_id: UUID, prototype_id: UUID) -> Prototype:
    prototypes = Prototype.objects.select_related("lab")
    prototype = prototypes.filter(lab__project_id=project_id, pk=prototype_id).first()
    if prototype is None:
        raise NotThere
    return prototype
