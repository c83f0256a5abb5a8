"""The access doors of reviews and their letters."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.accounts.terms import TASK_WORKER
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.signoff import queries as signoff
from coproduce.core.access import NotThere, Purpose

from ..models import Review, YearLetter
from ..terms import LETTER, REVIEW, State
from .lists import reviews_of

_LETTERS = YearLetter.objects.select_related("person", "review__sign_off__document")


def visit(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, REVIEW, purpose)


def review_for(person: Any, project_id: UUID, review_id: UUID, purpose: Purpose) -> tuple[Visit, Review]:
    found = visit(person, project_id, purpose)
    return found, review_in(project_id, review_id)


def review_in(project_id: UUID, review_id: UUID) -> Review:
    review = reviews_of(project_id).filter(pk=review_id).first()
    if review is None:
        raise NotThere
    return review


def public_review(person: Any, project_id: UUID, review_id: UUID) -> tuple[Visit, Review]:
    """For everyone, once it is closed; before that it is not there."""
    found = projects.public_visit(person, project_id)
    review = reviews_of(project_id).filter(pk=review_id, state=State.CLOSED).first()
    if review is None:
        raise NotThere
    return found, review


def sign_off_to_review(by: Any, project_id: UUID, sign_off_id: UUID) -> Any:
    """For those who lead, and for the task worker, which opens reviews when they are due."""
    if by.pk != TASK_WORKER:
        visit(by, project_id, Purpose.RUN)
    return signoff.locked(project_id, sign_off_id)


def letter_for(person: Any, project_id: UUID, letter_id: UUID, purpose: Purpose) -> tuple[Visit, YearLetter]:
    found = projects.visit(person, project_id, LETTER, purpose)
    return found, _letter_in(project_id, letter_id)


def letter_to_send(by: Any, project_id: UUID, letter_id: UUID) -> YearLetter:
    """For those who lead, and for the task worker."""
    if by.pk != TASK_WORKER:
        projects.visit(by, project_id, LETTER, Purpose.RUN)
    return _letter_in(project_id, letter_id)


def _letter_in(project_id: UUID, letter_id: UUID) -> YearLetter:
    letter = _LETTERS.filter(pk=letter_id, review__project_id=project_id).first()
    if letter is None:
        raise NotThere
    return letter
