"""What followed an answer: the suggester's word, what others replied, what was taken out, who was told."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from ..models import Decision, PassedOn, Reaction, Receipt, Redaction, SummaryPoint
from ..terms import Status


def reactions_to(suggestion_id: UUID) -> dict[UUID, Reaction]:
    """What the suggester said of each answer, by the answer; one query."""
    return {row.pk: row for row in Reaction.objects.filter(suggestion_id=suggestion_id)}


def waiting_of(suggestion_id: UUID) -> dict[UUID, PassedOn]:
    """What was passed on, by the answer that did it; one query."""
    return {row.pk: row for row in PassedOn.objects.filter(decision__suggestion_id=suggestion_id)}


def passed_on_from(document_id: UUID) -> QuerySet[PassedOn]:
    """Everything of a document that was passed on and counts, those first that still wait."""
    rows = PassedOn.objects.filter(
        decision__suggestion__document_id=document_id, decision__suggestion__status=Status.PASSED_ON
    )
    rows = rows.select_related("decision__suggestion__group", "decision__decided_by")
    return rows.order_by("remind_on", "decision__suggestion__number")


def redactions_of(suggestion_id: UUID) -> list[Redaction]:
    """Each taking-out of words with its reason, oldest first."""
    rows = Redaction.objects.filter(suggestion_id=suggestion_id).select_related("by")
    return list(rows.order_by("at", "pk"))


def receipt_of(suggestion_id: UUID) -> Receipt | None:
    return Receipt.objects.filter(suggestion_id=suggestion_id).first()


def receipts(suggestion_ids: Collection[UUID]) -> dict[UUID, Receipt]:
    """The receipts of these suggestions, for whoever checks that each was sent in time (R89); one query."""
    return {row.pk: row for row in Receipt.objects.filter(suggestion_id__in=suggestion_ids)}


def newest_answers(suggestion_ids: Collection[UUID]) -> dict[UUID, tuple[Decision, Reaction | None]]:
    """For each suggestion the answer that counts and what its author said of it; two queries."""
    rows = Decision.objects.filter(suggestion_id__in=suggestion_ids).select_related("decided_by")
    newest = {row.suggestion_id: row for row in rows.order_by("decided_at", "pk")}
    reactions = {row.pk: row for row in Reaction.objects.filter(suggestion_id__in=suggestion_ids)}
    return {id: (row, reactions.get(row.pk)) for id, row in newest.items()}


def summary_points(document_id: UUID) -> list[SummaryPoint]:
    """The sentences of the short summary, in order."""
    return list(SummaryPoint.objects.filter(document_id=document_id, gone_at=None).order_by("position"))
