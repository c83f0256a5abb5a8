"""When each plan was reviewed, and when it is due again."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Min, OuterRef, QuerySet, Subquery

from coproduce.core import clock

from ..models import Action, PlanReview
from ..terms import MONTHS_OF, Rhythm, months_after


def reviews_of(project_id: UUID) -> QuerySet[PlanReview]:
    """Every review of a plan, the newest first."""
    return PlanReview.objects.filter(project_id=project_id).select_related("by").order_by("-at", "-pk")


def review_dates(project_ids: Collection[UUID]) -> dict[UUID, date]:
    """When each plan is to be reviewed next, by its project; two queries.

    A plan that nobody has reviewed yet is due a quarter after its first action.
    """
    begun = (
        Action.objects.filter(project_id__in=project_ids).values("project_id").annotate(first=Min("added_at"))
    )
    due = {
        row["project_id"]: months_after(clock.day_of(row["first"]), MONTHS_OF[Rhythm.QUARTERLY])
        for row in begun
    }
    same = PlanReview.objects.filter(project_id=OuterRef("project_id")).order_by("-at", "-pk")
    newest = PlanReview.objects.filter(project_id__in=project_ids, pk=Subquery(same.values("pk")[:1]))
    return due | dict(newest.values_list("project_id", "next_on"))


def review_date(project_id: UUID) -> date | None:
    return review_dates([project_id]).get(project_id)
