"""Signatories and reports of missed promises as lists, and the tables for the record."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.core.access import NotThere

from ..models import Breach, Charter, Signatory, ViewRound


def signatories_of(project_id: UUID) -> list[Signatory]:
    """Those who sign today, in the order in which they signed."""
    rows = Signatory.objects.filter(charter_id=project_id, left_on=None)
    return list(rows.order_by("signed_on", "pk"))


def breaches_of(project_id: UUID) -> QuerySet[Breach]:
    """Every report, by number; callers show the words only where their author allows it."""
    rows = Breach.objects.filter(charter_id=project_id).select_related("answered_by")
    return rows.order_by("number")


def unanswered(project_id: UUID) -> list[Breach]:
    return list(breaches_of(project_id).filter(answered_on=None).defer("words"))


def breach_by_code(project_id: UUID, code: str) -> Breach:
    """By the code on the receipt; a wrong one finds nothing."""
    plain = "".join(code.split()).upper()
    breach = breaches_of(project_id).filter(code=plain).first()
    if breach is None:
        raise NotThere
    return breach


def breach_sent_with(form_key: UUID) -> Breach | None:
    return Breach.objects.filter(form_key=form_key).first()


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record. Who reported, and by which code, is nobody else's business."""
    charters = Charter.objects.filter(pk=project_id)
    signatories = Signatory.objects.filter(charter_id=project_id).order_by("signed_on", "pk")
    breaches = Breach.objects.filter(charter_id=project_id).order_by("number")
    rounds = ViewRound.objects.filter(project_id=project_id).order_by("at", "pk")
    return {
        "charters": [{"id": row["project_id"], **row} for row in charters.values()],
        "charter_signatories": [dict(row) for row in signatories.values()],
        "missed_promises": [_breach(row) for row in breaches.values(*_BREACH)],
        "charter_views": [dict(row) for row in rounds.values("round_id", "at")],
    }


_BREACH = (
    "id", "number", "commitment", "words", "may_show_words", "told_on", "due_on", "verdict", "answer",
    "answered_by_id", "answered_on",
)  # fmt: skip


def _breach(row: dict[str, Any]) -> dict[str, Any]:
    return row if row["may_show_words"] else {**row, "words": ""}
