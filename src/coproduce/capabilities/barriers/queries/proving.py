"""The evidence beside a barrier."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.ui.citing import Source, sources_of

from ..models import Barrier, Evidence
from ..terms import BARRIER


@dataclass(frozen=True)
class Proof:
    """Evidence with the document that it cites, where that is still there."""

    evidence: Evidence
    source: Source | None
    may_take_out: bool


def evidence_of(barrier: Barrier) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(barrier=barrier, taken_out_at__isnull=True)
    return rows.select_related("by").order_by("at", "pk")


def proofs_of(visit: Visit, barrier: Barrier) -> list[Proof]:
    """What stands beside the barrier today; the documents are asked for only where one is cited."""
    rows = list(evidence_of(barrier))
    cited = any(row.cited_kind for row in rows)
    sources = {source.id: source for source in sources_of(barrier.project_id)} if cited else {}
    return [Proof(row, _source(row, sources), _may_take_out(visit, row)) for row in rows]


def evidence_to_take_out(visit: Visit, barrier: Barrier, evidence_id: UUID) -> Evidence:
    found = evidence_of(barrier).filter(pk=evidence_id).first()
    if found is None or not _may_take_out(visit, found):
        raise NotThere
    return found


def _source(row: Evidence, sources: dict[Any, Source]) -> Source | None:
    return sources.get(row.cited_id) if row.cited_id else None


def _may_take_out(visit: Visit, row: Evidence) -> bool:
    return visit.may(BARRIER, Purpose.RUN) or row.by_id == visit.person.pk
