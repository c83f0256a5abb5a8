"""Which barriers a suggestion would lower."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.operations import operation, record

from .. import queries
from ..models import BarrierLink, Suggestion


@operation
def link_barriers(
    *, by: Any, project_id: UUID, suggestion_id: UUID, barrier_ids: Sequence[UUID], key: UUID | None = None
) -> Suggestion:
    """Say which barriers a suggestion is about; those not named are about it no longer."""
    suggestion: Suggestion = queries.suggestion_for(by, project_id, suggestion_id, Purpose.RUN)[1]
    projects.take_turns(project_id)
    found = barriers.barriers_with(barrier_ids)
    if any(barrier.project_id != project_id for barrier in found.values()) or len(found) < len(
        set(barrier_ids)
    ):
        raise NotThere
    before = queries.linked_barriers(suggestion)
    BarrierLink.objects.filter(suggestion=suggestion).exclude(barrier_id__in=found).delete()
    here = {barrier.pk for barrier in before}
    BarrierLink.objects.bulk_create(
        BarrierLink(suggestion=suggestion, barrier_id=pk, by=by, at=clock.now())
        for pk in found
        if pk not in here
    )
    record(
        by=by, verb="drafting.link_barriers", thing=suggestion, project_id=project_id,
        before={"barriers": [barrier.ref for barrier in before]},
        after={"barriers": [barrier.ref for barrier in queries.linked_barriers(suggestion)]},
    )  # fmt: skip
    return suggestion
