"""Spreadsheets that were brought in."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.projects.queries import members_of
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.ledger.looking import entries_about

from .. import rules
from ..models import ActionNote, Check, DateChange, HandedOver, Imported, Link, PlanImport
from ..rules import Preview
from ..terms import ImportState
from .doors import visit_plan


def imports_of(project_id: UUID) -> QuerySet[PlanImport]:
    rows = PlanImport.objects.filter(project_id=project_id).exclude(state=ImportState.WAITING)
    return rows.select_related("by", "undone_by").order_by("-at", "-pk")


def import_for(person: Any, project_id: UUID, import_id: UUID) -> tuple[Any, PlanImport]:
    """For those who lead the project."""
    visit = visit_plan(person, project_id, Purpose.RUN)
    found = PlanImport.objects.filter(project_id=project_id, pk=import_id).select_related("by").first()
    if found is None:
        raise NotThere
    return visit, found


def people_by_words(project_id: UUID, chosen: dict[str, str]) -> dict[str, Any]:
    """Everyone in the project by name and by address, and whoever somebody said that a name means."""
    members = {str(person.pk): person for person in members_of(project_id)}
    found: dict[str, Any] = {}
    for person in members.values():
        for words in filter(None, (person.name, person.display_name, person.email)):
            found[rules.same_name(words)] = person
    return found | {rules.same_name(words): members[pk] for words, pk in chosen.items() if pk in members}


def preview_of(one: PlanImport) -> Preview:
    people = people_by_words(one.project_id, one.people)
    return rules.preview(one.sheet, one.columns, people=people, today=clock.today())


def imported_by(one: PlanImport) -> list[Imported]:
    rows = Imported.objects.filter(plan_import=one).select_related("action", "commitment")
    return list(rows.order_by("row"))


def entries_of(project_id: UUID, things: list[Imported]) -> int:
    ids = [one.action_id or one.commitment_id for one in things]
    return len(entries_about(str(project_id), [pk for pk in ids if pk]))


def is_built_on(one: PlanImport, things: list[Imported]) -> bool:
    """Whether anything was done with what came in: a date, a note, a check, a handover, a link, any entry."""
    actions = [thing.action_id for thing in things if thing.action_id]
    commitments = [thing.commitment_id for thing in things if thing.commitment_id]
    return (
        entries_of(one.project_id, things) != one.entries
        or ActionNote.objects.filter(action__in=actions).count() != one.notes
        or Link.objects.filter(commitment__in=commitments).exists()
        or any(table.objects.filter(action__in=actions).exists() for table in (DateChange, HandedOver, Link))
        or Check.objects.filter(commitment__in=commitments).exists()
    )
