"""Who stands behind a suggestion or a passage: counted by group, without names."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core.access import NotThere, Purpose

from ..models import Support
from ..terms import SUGGESTION


@dataclass(frozen=True)
class Backing:
    """How many people of which group support one thing, and what they say of why."""

    groups: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.groups.values())


def own_support(person: Any, project_id: UUID, support_id: UUID) -> Support:
    """One's own support, to be taken back."""
    projects.visit(person, project_id, SUGGESTION, Purpose.CONTRIBUTE)
    rows = Support.objects.filter(pk=support_id, person_id=person.pk, document__project_id=project_id)
    support = rows.select_related("suggestion", "document").first()
    if support is None:
        raise NotThere
    return support


def support_by(person: Any, document_id: UUID, **which: Any) -> Support | None:
    """The person's own support that stands: `suggestion=` or `block=`."""
    rows = Support.objects.filter(person_id=person.pk, document_id=document_id, taken_back_at=None, **which)
    return rows.first()


def backing_of(suggestion_ids: Collection[UUID]) -> dict[UUID, Backing]:
    """The support of each suggestion that has any; one query."""
    rows = Support.objects.filter(suggestion__in=suggestion_ids, taken_back_at=None).order_by("at", "pk")
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for id, group, why in rows.values_list("suggestion_id", "group__name", "why"):
        found[id].append((group or "", why))
    return {id: _backing(rows) for id, rows in found.items()}


def backing_of_passage(document_id: UUID, block: int) -> Backing:
    """The support of one passage; one query."""
    rows = Support.objects.filter(document_id=document_id, block=block, taken_back_at=None).order_by(
        "at", "pk"
    )
    return _backing([(group or "", why) for group, why in rows.values_list("group__name", "why")])


def _backing(rows: Collection[tuple[str, str]]) -> Backing:
    return Backing(dict(Counter(group for group, _why in rows)), [why for _group, why in rows if why])
