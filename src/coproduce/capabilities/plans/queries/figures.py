"""Where the plan stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import CITIZEN_KINDS, GroupKind
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.findings import Words

from ..models import (
    Action,
    ActionNote,
    Check,
    DateChange,
    HandedOver,
    Handover,
    Imported,
    Link,
    PlanImport,
    PlanReview,
    StandingCommitment,
)
from ..terms import OPEN, Counts, Status
from .lists import Line, actions_of, commitments_of, lines


def counts(project_id: UUID, today: date | None = None) -> Counts:
    """Actions by status and colour, and who owns them; three queries."""
    return counts_of(lines(actions_of(project_id), today), people.groups_by_person(project_id))


def counts_of(plan: list[Line], groups: dict[UUID, Any]) -> Counts:
    """`groups` gives the main group of each person; facilitators have none."""
    return Counts(
        by_status=Counter(Status(line.action.status) for line in plan),
        by_rag=Counter(line.rag for line in plan),
        overdue=sum(line.overdue for line in plan),
        citizen_owned=sum(not _kinds(line, groups).isdisjoint(CITIZEN_KINDS) for line in plan),
        partner_owned=sum(GroupKind.PARTNER in _kinds(line, groups) for line in plan),
        moved=sum(line.action.times_moved > 0 for line in plan),
    )


def _kinds(line: Line, groups: dict[UUID, Any]) -> set[str]:
    """The kinds of group of the owner and co-owners, each by the main group."""
    return {groups[person.pk].kind for person in line.owners if person.pk in groups}


def summary(visit: Visit) -> Words:
    """One line for the overview; one query."""
    rows = list(Action.objects.filter(project_id=visit.project.pk).values_list("status", "end"))
    if not rows:
        return _("No actions yet")
    today = clock.today()
    words = {
        "total": len(rows),
        "done": sum(status == Status.DONE for status, _end in rows),
        "late": sum(status in OPEN and end < today for status, end in rows),
    }
    counted = ngettext(
        "%(total)d action: %(done)d done, %(late)d overdue",
        "%(total)d actions: %(done)d done, %(late)d overdue",
        len(rows),
    )
    return counted % words


def rows_for_record(project_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The tables of this capability, for the record."""
    of_action = {"action__project_id": project_id}
    return {
        "actions": [_action_row(action) for action in actions_of(project_id).prefetch_related("depends_on")],
        "date_changes": list(DateChange.objects.filter(**of_action).order_by("at", "pk").values()),
        "action_notes": list(ActionNote.objects.filter(**of_action).order_by("at", "pk").values()),
        "action_links": list(Link.objects.filter(**of_action).order_by("pk").values()),
        "handovers": list(Handover.objects.filter(project_id=project_id).order_by("at", "pk").values()),
        "handed_over": list(HandedOver.objects.filter(**of_action).order_by("pk").values()),
        "commitments": list(commitments_of(project_id).values()),
        "commitment_links": [*_commitment_links(project_id)],
        "plan_reviews": list(PlanReview.objects.filter(project_id=project_id).order_by("at", "pk").values()),
        "plan_imports": list(_imports(project_id)),
        "imported": list(Imported.objects.filter(plan_import__project_id=project_id).order_by("pk").values()),
        "checks": list(Check.objects.filter(commitment__project_id=project_id).order_by("at", "pk").values()),
    }


def _imports(project_id: UUID) -> Any:
    """Without the cells, which are kept only while they wait."""
    rows = PlanImport.objects.filter(project_id=project_id).order_by("at", "pk")
    return rows.values("id", "project_id", "state", "by_id", "at", "undone_by_id", "undone_at")


def _commitment_links(project_id: UUID) -> Any:
    return Link.objects.filter(commitment__project_id=project_id).order_by("pk").values()


def _action_row(action: Action) -> dict[str, Any]:
    row = {field.attname: getattr(action, field.attname) for field in action._meta.concrete_fields}
    return row | {
        "co_owner_ids": [person.pk for person in action.co_owners.all()],
        "depends_on_ids": [other.pk for other in action.depends_on.all()],
    }


def commitment_counts(project_id: UUID, today: date | None = None) -> dict[str, int]:
    """How many there are, and how many are past the date on which somebody should have looked."""
    day = today or clock.today()
    dates = list(
        StandingCommitment.objects.filter(project_id=project_id).values_list("check_date", flat=True)
    )
    return {"total": len(dates), "overdue": sum(check < day for check in dates)}
