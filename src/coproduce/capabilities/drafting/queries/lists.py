"""Suggestions, decisions and documents as lists."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere
from coproduce.core.findings import Words

from ..models import (
    BarrierLink,
    Bundle,
    BundleVoice,
    Decision,
    Document,
    Op,
    PassedOn,
    Reaction,
    Receipt,
    Redaction,
    Snapshot,
    SuggestedEdit,
    Suggestion,
    SummaryPoint,
    Support,
    Version,
    WordUpload,
)
from ..rules.replay import OpKind
from ..rules.versions import Number
from ..terms import Status


def documents_of(project_id: UUID) -> QuerySet[Document]:
    return Document.objects.filter(project_id=project_id).order_by("code")


def document_in(project_id: UUID, document_id: UUID) -> Document:
    document = documents_of(project_id).filter(pk=document_id).first()
    if document is None:
        raise NotThere
    return document


def suggestions_of(project_id: UUID) -> QuerySet[Suggestion]:
    """Every suggestion of a project by number, with its author and group."""
    rows = Suggestion.objects.filter(project_id=project_id).select_related("author", "group")
    return rows.order_by("number")


def suggestions_on(document_id: UUID) -> QuerySet[Suggestion]:
    """The suggestions on one document by number, with author and group."""
    rows = Suggestion.objects.filter(document_id=document_id).select_related("author", "group")
    return rows.order_by("number")


def suggestion_in(project_id: UUID, suggestion_id: UUID) -> Suggestion:
    suggestion = suggestions_of(project_id).filter(pk=suggestion_id).first()
    if suggestion is None:
        raise NotThere
    return suggestion


def suggestion_by_ref(project_id: UUID, ref: str) -> Suggestion | None:
    """A suggestion by its number, such as S07."""
    digits = ref.strip().upper().removeprefix("S")
    return suggestions_of(project_id).filter(number=int(digits)).first() if digits.isdigit() else None


def decisions_of(suggestion_id: UUID) -> list[Decision]:
    """The answers to one suggestion, newest first; `version_of` knows where each one landed."""
    landed = Version.objects.filter(
        document=OuterRef("suggestion__document"), at_seq__gte=OuterRef("landed_seq")
    ).order_by("major", "minor")
    rows = Decision.objects.filter(suggestion_id=suggestion_id).select_related("decided_by", "same_as")
    rows = rows.annotate(
        in_major=Subquery(landed.values("major")[:1]),
        in_minor=Subquery(landed.values("minor")[:1]),
        in_id=Subquery(landed.values("pk")[:1]),
    )
    return list(rows.order_by("-decided_at", "-pk"))


def version_of(decision: Any) -> Number | None:
    """The first version with an answer from `decisions_of`; None while it waits for the next one."""
    return None if decision.in_major is None else Number(decision.in_major, decision.in_minor)


def current_decisions(suggestion_ids: Iterable[UUID]) -> dict[UUID, Decision]:
    """The answer that counts, by suggestion; one query."""
    rows = Decision.objects.filter(suggestion_id__in=list(suggestion_ids)).select_related("decided_by")
    return {row.suggestion_id: row for row in rows.order_by("decided_at", "pk")}


def decided(project_id: UUID) -> list[tuple[Suggestion, Decision | None]]:
    """Each suggestion of a project with the answer that counts, by number; two queries."""
    suggestions = list(suggestions_of(project_id))
    answers = current_decisions_of(project_id)
    return [(suggestion, answers.get(suggestion.pk)) for suggestion in suggestions]


def answers_on(document_id: UUID) -> QuerySet[Decision]:
    """Every answer on one document, oldest first, with its suggestion and the people."""
    rows = Decision.objects.filter(suggestion__document_id=document_id)
    return rows.select_related("suggestion__author", "decided_by").order_by("decided_on", "pk")


def sections_of(document_id: UUID) -> list[str]:
    """The sections that suggestions are about."""
    rows = Suggestion.objects.filter(document_id=document_id).exclude(section="").order_by("section")
    return list(rows.values_list("section", flat=True).distinct())


def current_decisions_of(project_id: UUID) -> dict[UUID, Decision]:
    rows = Decision.objects.filter(suggestion__project_id=project_id).select_related("decided_by")
    return {row.suggestion_id: row for row in rows.order_by("decided_at", "pk")}


def open_suggestions(document_id: UUID) -> list[tuple[UUID, str]]:
    """The open suggestions of a document: id and reference."""
    rows = Suggestion.objects.filter(document_id=document_id, status=Status.OPEN).order_by("number")
    return [(row.pk, row.ref) for row in rows.only("number")]


def counts_by_block(document_id: UUID, blocks: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each block: open suggestions and all of them; two queries, however many suggestions."""
    edits = SuggestedEdit.objects.filter(suggestion__document_id=document_id, block__in=blocks)
    further = edits.exclude(kind=OpKind.INSERT_BLOCK).exclude(block=F("suggestion__block"))
    about = Suggestion.objects.filter(document_id=document_id, block__in=blocks)
    found: dict[int, tuple[int, int]] = {}
    for row in [*_counted(about, "pk", "status"), *_counted(further, "suggestion", "suggestion__status")]:
        open, total = found.get(row["block"], (0, 0))
        found[row["block"]] = (open + row["open"], total + row["total"])
    return found


def _counted(rows: QuerySet[Any], key: str, status: str) -> Iterable[dict[str, int]]:
    is_open = Q(**{status: Status.OPEN})
    counted: Iterable[dict[str, int]] = (
        rows.order_by()
        .values("block")
        .annotate(total=Count(key, distinct=True), open=Count(key, distinct=True, filter=is_open))
    )
    return counted


def suggestions_touching(document_id: UUID, block: int) -> QuerySet[Suggestion]:
    """The suggestions about one block."""
    edits = SuggestedEdit.objects.filter(suggestion__document_id=document_id, block=block)
    touching = edits.exclude(kind=OpKind.INSERT_BLOCK).values("suggestion_id")
    return suggestions_on(document_id).filter(Q(block=block) | Q(pk__in=touching))


def totals(project_id: UUID) -> dict[str, int]:
    """How many suggestions stand where, by status; one query."""
    rows = Suggestion.objects.filter(project_id=project_id).order_by().values("status")
    return {row["status"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def summary(visit: Visit) -> Words:
    counts = totals(visit.project.pk)
    total, open = sum(counts.values()), counts.get(Status.OPEN, 0)
    if not total:
        return _("No suggestions yet")
    words = ngettext("%(total)d suggestion, %(open)d open", "%(total)d suggestions, %(open)d open", total)
    return words % {"total": total, "open": open}


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record."""
    own = {"project_id": project_id}
    inside = {"document__project_id": project_id}
    said = {"suggestion__project_id": project_id}
    tables: dict[str, QuerySet[Any]] = {
        "documents": Document.objects.filter(**own).order_by("code"),
        "suggestions": Suggestion.objects.filter(**own).order_by("number"),
        "suggested_edits": SuggestedEdit.objects.filter(**said).order_by("suggestion__number", "position"),
        "suggestion_barriers": BarrierLink.objects.filter(**said).order_by("suggestion__number", "at", "pk"),
        "decisions": Decision.objects.filter(**said).order_by("suggestion__number", "decided_at", "pk"),
        "passed_on": PassedOn.objects.filter(decision__suggestion__project_id=project_id).order_by(
            "decision__suggestion__number", "pk"
        ),
        "reactions": Reaction.objects.filter(**said).order_by("suggestion__number", "at", "pk"),
        "redactions": Redaction.objects.filter(**said).order_by("suggestion__number", "at", "pk"),
        "receipts": Receipt.objects.filter(**said).order_by("suggestion__number"),
        "bundles": Bundle.objects.filter(**inside).order_by("lead__number"),
        "bundle_voices": BundleVoice.objects.filter(**said).order_by("suggestion__number"),
        "summary_points": SummaryPoint.objects.filter(**inside).order_by("document__code", "position", "pk"),
        "operations": Op.objects.filter(**inside).order_by("document__code", "seq"),
        "versions": Version.objects.filter(**inside).order_by("document__code", "major", "minor"),
        "word_uploads": WordUpload.objects.filter(**inside).order_by("document__code", "at", "pk"),
    }
    found = {name: [dict(row) for row in rows.values()] for name, rows in tables.items()}
    # Support is counted by group; drafts, and who made a suggestion without a name, are nobody else's business.
    supports = Support.objects.filter(**inside).order_by("document__code", "at", "pk")
    return found | {"supports": [dict(row) for row in supports.values(*_SUPPORT)]}


_SUPPORT = (
    "id",
    "document_id",
    "suggestion_id",
    "block",
    "base_seq",
    "group_id",
    "why",
    "at",
    "taken_back_at",
)


def text_of_version(version: Version) -> str:
    """The text of one version, from its snapshot."""
    blocks = Snapshot.objects.filter(version=version).values_list("blocks", flat=True).first() or []
    return "".join(row[1] or "" for row in blocks)
