"""From a suggestion to its barriers and back, and the documents that others may cite."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.ui.citing import Source
from coproduce.ui.onward import Onward

from ..models import BarrierLink, Suggestion
from ..terms import DOCUMENT
from .lists import documents_of


def linked_barriers(suggestion: Suggestion) -> list[Any]:
    """The barriers that a suggestion is about, by number; one query."""
    linked = BarrierLink.objects.filter(suggestion=suggestion).values("barrier_id")
    return list(barriers.barriers_of(suggestion.project_id).filter(pk__in=linked))


def barriers_named(project_id: UUID, refs: Collection[str]) -> tuple[list[UUID], list[str]]:
    """The ids of the barriers with these numbers, and what is no barrier here; one query."""
    known = {barrier.ref: barrier.pk for barrier in barriers.barriers_of(project_id)}
    found = {ref: known.get(_spelled(ref)) for ref in refs}
    return [pk for pk in found.values() if pk], [ref for ref, pk in found.items() if pk is None]


def _spelled(ref: str) -> str:
    """B7, b07 and B07 are the same barrier."""
    digits = ref.upper().removeprefix("B").lstrip("0")
    return f"B{digits:0>2}"


def onward_from_barriers(project_id: UUID, barrier_ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    """For pages of barriers: the suggestions about them, with what became of each; one query."""
    links = BarrierLink.objects.filter(barrier_id__in=barrier_ids, suggestion__project_id=project_id)
    found: dict[UUID, list[Onward]] = {}
    for link in links.select_related("suggestion").order_by("suggestion__number"):
        found.setdefault(link.barrier_id, []).append(_onward(project_id, link.suggestion))
    return found


def _onward(project_id: UUID, suggestion: Suggestion) -> Onward:
    page = reverse("drafting:suggestion", args=[project_id, suggestion.pk])
    words = suggestion.gist or suggestion.words
    return Onward(_("Suggestion"), suggestion.ref, words, page, suggestion.get_status_display())


def sources(project_id: UUID) -> list[Source]:
    """Every master copy, so that others may cite it."""
    return [
        Source(DOCUMENT, one.pk, one.code, one.title, reverse("drafting:document", args=[project_id, one.pk]))
        for one in documents_of(project_id)
    ]
