"""The access doors of the charter, of reports of missed promises, and of the settings."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from ..models import Breach, Charter, Setting
from ..terms import BREACH, CHARTER, Limits


def visit(person: Any, project_id: UUID, purpose: Purpose, kind: str = CHARTER) -> Visit:
    return projects.visit(person, project_id, kind, purpose)


def charter_of(project_id: UUID) -> Charter | None:
    """The charter of a project, public or not; callers have been through a door."""
    return Charter.objects.select_related("published_by").filter(pk=project_id).first()


def public_charter(person: Any, project_id: UUID) -> tuple[Visit, Charter | None]:
    """For everyone once it is published; before that for those in the project."""
    found = projects.public_visit(person, project_id)
    charter = charter_of(project_id)
    if (charter is None or charter.published_at is None) and not found.may(CHARTER, Purpose.READ):
        raise NotThere
    return found, charter


def public_breach(person: Any, project_id: UUID) -> tuple[Visit, Charter]:
    """Whoever may read a published charter may say that a promise in it was missed."""
    found, charter = public_charter(person, project_id)
    if charter is None or charter.published_at is None:
        raise NotThere
    return found, charter


def received(project_id: UUID, breach_id: UUID) -> Breach:
    """What whoever made a report sees again: its number, its code and the day; none of its words."""
    breach = Breach.objects.filter(pk=breach_id, charter_id=project_id).defer("words").first()
    if breach is None:
        raise NotThere
    return breach


def breach_for(person: Any, project_id: UUID, breach_id: UUID, purpose: Purpose) -> tuple[Visit, Breach]:
    found = visit(person, project_id, purpose, BREACH)
    rows = Breach.objects.select_related("person", "answered_by")
    breach = rows.filter(pk=breach_id, charter_id=project_id).first()
    if breach is None:
        raise NotThere
    return found, breach


def setting() -> Limits:
    """From when on a commitment counts as met; one query."""
    names = ("on_time_percent", "updates_percent", "review_months", "answer_days")
    row = Setting.objects.values_list(*names).first()
    return Limits(*row) if row else Limits()


def visit_settings(person: Any) -> None:
    """Whoever looks after the installation."""
    if not (person.is_authenticated and (person.is_installation_administrator or person.is_machine)):
        raise NotThere
