"""Suggestions that say the same: what a person may confirm, and what was confirmed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery

from coproduce.capabilities.projects.queries import Visit, visit
from coproduce.core.access import NotThere, Purpose

from ..models import Bundle, BundleVoice, SuggestedEdit, Suggestion
from ..rules.alike import Gathered, Said, gathered, only_in, words_in
from ..terms import SUGGESTION, Status

_BARE = ("pk", "kind", "words")


@dataclass(frozen=True)
class AlikeVoice:
    """One suggestion beside the first: its likeness in hundredths, and the words that only one of the two has."""

    suggestion: Suggestion
    likeness: int
    only_here: list[str]
    only_there: list[str]


@dataclass(frozen=True)
class Proposal:
    """Suggestions that nearly say the same; nothing is done with them until a person confirms."""

    first: Suggestion
    others: list[AlikeVoice]


def bundle_for(person: Any, project_id: UUID, bundle_id: UUID, purpose: Purpose) -> tuple[Visit, Bundle]:
    found = visit(person, project_id, SUGGESTION, purpose)
    rows = Bundle.objects.select_related(
        "lead__document", "lead__author", "lead__group", "document", "confirmed_by"
    )
    bundle = rows.filter(pk=bundle_id, document__project_id=project_id).first()
    if bundle is None:
        raise NotThere
    return found, bundle


def alike(document_id: UUID) -> list[Gathered[UUID]]:
    """Open suggestions that nearly say the same, by their ids, of those in no bundle yet; two queries."""
    waiting = Suggestion.objects.filter(document_id=document_id, status=Status.OPEN).order_by("number")
    bare = list(waiting.exclude(pk__in=BundleVoice.objects.values("suggestion")).values_list(*_BARE))
    edits = _edits(document_id)
    return gathered(_said(id, kind, words, edits.get(id, [])) for id, kind, words in bare)


def proposals(found: Sequence[Gathered[UUID]]) -> list[Proposal]:
    """The same with everything that a page shows of them; two queries, however many."""
    ids = [id for one in found for id in (one.first, *(other for other, _share in one.others))]
    rows = Suggestion.objects.filter(pk__in=ids).select_related("author", "group")
    known = {row.pk: row for row in rows}
    words = words_of(ids)
    return [_proposal(one, known, words) for one in found if one.first in known]


def words_of(ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The words of each suggestion as they are compared; two queries."""
    edits = _edits(None, ids)
    rows = Suggestion.objects.filter(pk__in=ids).values_list(*_BARE)
    return {id: list(_said(id, kind, words, edits.get(id, [])).words) for id, kind, words in rows}


def bundles_of(document_id: UUID) -> QuerySet[Bundle]:
    """The confirmed bundles of a document with their leads, by number; `voices` counts them."""
    rows = Bundle.objects.filter(document_id=document_id).select_related("lead__author", "lead__group")
    voices = BundleVoice.objects.filter(bundle=OuterRef("pk")).order_by().values("bundle")
    count = Subquery(voices.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return rows.annotate(voices=count).order_by("lead__number")


def voices_in(bundle_id: UUID) -> list[BundleVoice]:
    """Everybody in a bundle, the lead first; one query."""
    rows = BundleVoice.objects.filter(bundle_id=bundle_id)
    rows = rows.select_related("suggestion__author", "suggestion__group", "bundle")
    return sorted(rows, key=lambda one: (one.suggestion_id != one.bundle.lead_id, one.suggestion.number))


def voices_with(suggestion_ids: Collection[UUID]) -> dict[UUID, list[Suggestion]]:
    """For each of these that leads a bundle: the others whose idea it was, too; one query."""
    found: dict[UUID, list[Suggestion]] = defaultdict(list)
    rows = BundleVoice.objects.filter(bundle__lead__in=suggestion_ids).select_related(
        "suggestion__author", "suggestion__group", "bundle"
    )
    for row in rows.order_by("suggestion__number"):
        if row.suggestion_id != row.bundle.lead_id:
            found[row.bundle.lead_id].append(row.suggestion)
    return dict(found)


def _edits(document_id: UUID | None, ids: Collection[UUID] = ()) -> dict[UUID, list[tuple[int, str, str]]]:
    """For each suggestion the passages, old and new words of its changes; one query."""
    rows = SuggestedEdit.objects.order_by("suggestion_id", "position")
    rows = (
        rows.filter(suggestion__document_id=document_id, suggestion__status=Status.OPEN)
        if document_id
        else rows.filter(suggestion_id__in=ids)
    )
    found: dict[UUID, list[tuple[int, str, str]]] = defaultdict(list)
    for id, block, quote, words in rows.values_list("suggestion_id", "block", "quote", "words"):
        found[id].append((block, quote, words))
    return found


def _said(id: UUID, kind: str, words: str, edits: list[tuple[int, str, str]]) -> Said[UUID]:
    """Words taken out are other words than the same ones put in."""
    out = [f"−{word}" for _block, quote, _new in edits for word in words_in(quote)]
    new = [word for _block, _quote, put in edits for word in words_in(put)]
    about = (kind, frozenset(block for block, _quote, _new in edits))
    return Said(id, about, [*words_in(words), *out, *new])


def _proposal(one: Gathered[UUID], known: dict[UUID, Suggestion], words: dict[UUID, list[str]]) -> Proposal:
    first = words[one.first]
    others = [
        AlikeVoice(known[id], round(100 * share), only_in(words[id], first), only_in(first, words[id]))
        for id, share in one.others
        if id in known
    ]
    return Proposal(known[one.first], others)
