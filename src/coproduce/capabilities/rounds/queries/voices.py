"""Who was heard in the rounds of a project, for those who ask whether a stage had citizens in it."""

from uuid import UUID

from ..models import OpenedAnswer
from ..terms import State


def people_heard(project_id: UUID) -> frozenset[UUID]:
    """The people with an answer in a sealed round; of a round that is not sealed, nobody. One query."""
    opened = OpenedAnswer.objects.filter(round__project_id=project_id, round__state=State.SEALED)
    return frozenset(opened.values_list("invitation__person_id", flat=True).distinct())
