"""What is kept of the figures of each project, for pages over all of them: a fixed number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from coproduce.capabilities.projects import queries as projects
from coproduce.core.models import Chain

from ..models import Standing
from ..terms import Commitment
from .views import View


@dataclass(frozen=True)
class CommitmentLine:
    """One commitment over all projects: met by so many of those where it can be measured."""

    commitment: Commitment
    met: int
    of: int
    view: View

    @property
    def percent(self) -> float | None:
        return round(100 * self.met / self.of, 1) if self.of else None


def standings_of(project_ids: Any = None) -> QuerySet[Standing]:
    """Of these projects (ids, or a query of them), or of all."""
    rows = Standing.objects.select_related("project")
    return rows if project_ids is None else rows.filter(project_id__in=project_ids)


def public_projects() -> QuerySet[Standing]:
    """The projects whose charter everyone may read."""
    return standings_of().filter(is_public=True)


def commitment_lines() -> list[CommitmentLine]:
    """Over all public charters, the worst first; two queries."""
    public, counts = public_projects().order_by(), {}
    for one in Commitment:
        counts[f"met_of_{one}"] = Count("pk", filter=Q(**{f"met_{one}": True}))
        counts[f"all_of_{one}"] = Count("pk", filter=Q(**{f"met_{one}__isnull": False}))
    found = public.aggregate(**counts)
    views = _views_over_all(public)
    lines = [
        CommitmentLine(one, found[f"met_of_{one}"], found[f"all_of_{one}"], views[one]) for one in Commitment
    ]
    return sorted(lines, key=lambda line: (_share(line), line.commitment))


def measured_span() -> tuple[datetime | None, datetime | None, int]:
    """When the oldest and the newest of the public figures were measured, and how many there are; one query."""
    found = (
        public_projects()
        .order_by()
        .aggregate(oldest=Min("measured_at"), newest=Max("measured_at"), count=Count("pk"))
    )
    return found["oldest"], found["newest"], found["count"]


def without_standing(project_ids: Collection[UUID]) -> set[UUID]:
    """Which of these were never measured; one query."""
    known = Standing.objects.filter(project_id__in=project_ids).values_list("project_id", flat=True)
    return set(project_ids) - set(known)


def changed_since(today: date, most: int | None = None) -> list[UUID]:
    """The projects whose records have changed since they were measured, or where a day has passed; three queries."""
    heads = dict(Chain.objects.values_list("name", "head"))
    kept = {
        id: (head, until)
        for id, head, until in Standing.objects.values_list("project_id", "head", "holds_until")
    }
    stale = [
        id
        for id in projects.all_project_ids()
        if id not in kept or kept[id][0] != heads.get(str(id), "") or (kept[id][1] or today) < today
    ]
    return stale[:most]


def _share(line: CommitmentLine) -> float:
    # What nobody can be measured by stands last.
    return line.met / line.of if line.of else 2.0


def _views_over_all(public: QuerySet[Standing]) -> dict[Commitment, View]:
    totals = dict.fromkeys(Commitment, (0, 0))
    for views in public.exclude(views={}).values_list("views", flat=True):
        for number, (total, answers) in views.items():
            have = totals[Commitment(int(number))]
            totals[Commitment(int(number))] = (have[0] + total, have[1] + answers)
    return {one: View(*pair) for one, pair in totals.items()}
