"""Who was heard in the rounds of a project, for those who ask whether a stage had citizens in it."""

from uuid import UUID

from ..models import OpenedAnswer
from .doors import open_rounds


def people_heard(project_id: UUID) -> frozenset[UUID]:
    """The people with an answer in a round whose answers all may read; of another, nobody. One query."""
    opened = OpenedAnswer.objects.filter(round__in=open_rounds(project_id).values("pk"))
    return frozenset(opened.values_list("invitation__person_id", flat=True).distinct())
