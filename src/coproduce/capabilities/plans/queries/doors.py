"""The access doors of the action plan."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Action, StandingCommitment
from ..terms import ACTION, COMMITMENT
from .lists import action_in, commitment_in


def visit_plan(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, ACTION, purpose)


def visit_commitments(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, COMMITMENT, purpose)


def action_for(person: Any, project_id: UUID, action_id: UUID, purpose: Purpose) -> tuple[Visit, Action]:
    visit = visit_plan(person, project_id, purpose)
    return visit, action_in(project_id, action_id)


def action_to_work_on(person: Any, project_id: UUID, action_id: UUID) -> tuple[Visit, Action]:
    """For its owner, its co-owners, and those who lead the project."""
    visit, action = action_for(person, project_id, action_id, Purpose.CONTRIBUTE)
    if not works_on(visit, action):
        raise NotThere
    return visit, action


def works_on(visit: Visit, action: Action) -> bool:
    if not visit.may(ACTION, Purpose.CONTRIBUTE):
        return False
    owners = {action.owner_id, *(person.pk for person in action.co_owners.all())}
    return visit.person.pk in owners or visit.may(ACTION, Purpose.RUN)


def commitment_for(
    person: Any, project_id: UUID, commitment_id: UUID, purpose: Purpose
) -> tuple[Visit, StandingCommitment]:
    visit = visit_commitments(person, project_id, purpose)
    return visit, commitment_in(project_id, commitment_id)


def commitment_to_check(
    person: Any, project_id: UUID, commitment_id: UUID
) -> tuple[Visit, StandingCommitment]:
    """For its checker and those who lead the project."""
    visit, commitment = commitment_for(person, project_id, commitment_id, Purpose.CONTRIBUTE)
    if not checks(visit, commitment):
        raise NotThere
    return visit, commitment


def checks(visit: Visit, commitment: StandingCommitment) -> bool:
    mine = visit.person.pk == commitment.checker_id and visit.may(COMMITMENT, Purpose.CONTRIBUTE)
    return mine or visit.may(COMMITMENT, Purpose.RUN)


def may_hand_over_for(visit: Visit, from_person_id: UUID) -> bool:
    """Each person their own actions; those who lead, anybody's."""
    mine = visit.person.pk == from_person_id and visit.may(ACTION, Purpose.CONTRIBUTE)
    return mine or visit.may(ACTION, Purpose.RUN)
