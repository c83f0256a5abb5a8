"""The tables of consultations for the record: no name beyond what people chose, no word before its time."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from ..models import (
    Code,
    Coded,
    Consultation,
    Consultee,
    DecisionMaker,
    Follower,
    Format,
    Question,
    Reading,
    Reply,
    Said,
    TakenIn,
)

_NOT_TOLD = {"wrapped", "closed_words", "form_key"}


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Addresses of those who follow stay out, and the codes that a second coder must not see yet."""
    inside = {"consultation__project_id": project_id}
    said = {"reply__consultation__project_id": project_id}
    waiting = Reading.objects.filter(reply=OuterRef("reading__reply"), is_second=True, done_at=None)
    coded = Coded.objects.filter(reading__reply__consultation__project_id=project_id).exclude(Exists(waiting))
    return {
        "consultations": _rows(Consultation.objects.filter(project_id=project_id).order_by("number")),
        "consultation_questions": _rows(Question.objects.filter(**inside).order_by("consultation__number", "position")),
        "consultation_formats": _rows(Format.objects.filter(**inside).order_by("pk")),
        "consultees": _rows(Consultee.objects.filter(**inside).order_by("consultation__number", "position")),
        "decision_makers": _rows(DecisionMaker.objects.filter(**inside).order_by("pk")),
        "replies": _rows(Reply.objects.filter(**inside).order_by("consultation__number", "number")),
        "reply_words": _rows(Said.objects.filter(**said).order_by("reply__number", "position")),
        "reply_suggestions": _rows(
            TakenIn.objects.filter(said__reply__consultation__project_id=project_id).order_by("pk")
        ),
        "codes": _rows(Code.objects.filter(**inside).order_by("consultation__number", "number")),
        "code_readings": _rows(Reading.objects.filter(**said).order_by("pk")),
        "codes_on_words": _rows(coded.order_by("pk")),
        "followers": [
            dict(row) for row in Follower.objects.filter(**inside).order_by("pk").values(
                "id", "consultation_id", "asked_at", "confirmed_at", "left_at"
            )
        ],
    }  # fmt: skip


def _rows(rows: Any) -> list[dict[str, Any]]:
    kept = [field.attname for field in rows.model._meta.concrete_fields if field.name not in _NOT_TOLD]
    return [dict(row) for row in rows.values(*kept)]
