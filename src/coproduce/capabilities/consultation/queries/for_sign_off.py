"""What sign-off asks of consultations: who decides, what they wrote, and which formats never became ready."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import DecisionMaker, Format


def decision_maker_ids(project_id: UUID) -> list[UUID]:
    """Everyone who decides after a consultation of this project."""
    rows = DecisionMaker.objects.filter(consultation__project_id=project_id)
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())


def statement_by(person: Any, project_id: UUID) -> str:
    """What somebody wrote last about how they considered the replies."""
    rows = DecisionMaker.objects.filter(consultation__project_id=project_id, person_id=person.pk)
    return rows.order_by("-consultation__number").values_list("statement", flat=True).first() or ""


def formats_not_ready(consultation_ids: Collection[UUID], today: date) -> list[str]:
    """The names of formats that somebody asked for; one query."""
    rows = Format.objects.filter(consultation_id__in=consultation_ids)
    waiting = rows.filter(Q(ready_on__isnull=True) | Q(ready_on__gt=today))
    return [one.name for one in waiting.order_by("kind", "detail", "pk")]
