"""The assessment, its rows, and what they lead to."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status as SuggestionStatus
from coproduce.capabilities.plans import queries as plans

from ..models import Assessment, Reading, Row, RowLink, Version
from ..terms import Linked, LinkedKind, Side

_PEOPLE = ("project", "begun_by", "assessor", "reviewer", "decision_maker", "published")
Links = Mapping[UUID, Mapping[str, list[Linked]]]


def assessment_of(project_id: UUID) -> Assessment | None:
    return Assessment.objects.filter(project_id=project_id).select_related(*_PEOPLE).first()


def rows_of(assessment: Assessment) -> list[Row]:
    """The rows in their order, each with its assessment; one query."""
    rows = list(Row.objects.filter(assessment=assessment).select_related("changed_by").order_by("place"))
    for row in rows:
        row.assessment = assessment
    return rows


def next_place(assessment: Assessment) -> int:
    last: int | None = Row.objects.filter(assessment=assessment).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def versions_of(assessment: Assessment) -> QuerySet[Version]:
    """The history, the newest first."""
    return Version.objects.filter(assessment=assessment).select_related("by").order_by("-number")


def readings_of(assessment: Assessment) -> list[Reading]:
    rows = Reading.objects.filter(version__assessment=assessment).select_related("version", "person")
    return list(rows.order_by("-at"))


def reading_by(version: Version, person: Any) -> Reading | None:
    return Reading.objects.filter(version=version, person=person).first()


def last_final(assessment: Assessment) -> Version | None:
    return versions_of(assessment).filter(kind="final").first()


# What rows lead to


def links_of(assessment: Assessment) -> Links:
    """What each row leads to, by row and side, with words and state as they are today; five queries at most."""
    return _linked(assessment.project_id, RowLink.objects.filter(row__assessment=assessment))


def linked_to(row: Row, side: Side | None = None) -> dict[str, list[Linked]]:
    """The same for one row, or for one of its sides."""
    links = RowLink.objects.filter(row=row)
    found = links if side is None else links.filter(side=side)
    return _linked(row.assessment.project_id, found).get(row.pk, {})


def _linked(project_id: UUID, found: QuerySet[RowLink]) -> dict[UUID, dict[str, list[Linked]]]:
    links = list(found.order_by("linked_kind", "linked_ref", "pk"))
    today = _as_today(project_id, links)
    by_row: dict[UUID, dict[str, list[Linked]]] = {}
    for link in links:
        one = today.get(link.linked_id)
        if one:
            by_row.setdefault(link.row_id, {}).setdefault(link.side, []).append(one)
    return by_row


def _as_today(project_id: UUID, links: Iterable[RowLink]) -> dict[UUID, Linked]:
    wanted: dict[str, set[UUID]] = {}
    for link in links:
        wanted.setdefault(link.linked_kind, set()).add(link.linked_id)
    return {one.id: one for kind, ids in wanted.items() for one in _all_of(project_id, LinkedKind(kind), ids)}


def _all_of(project_id: UUID, kind: LinkedKind, ids: set[UUID] | None = None) -> list[Linked]:
    rows = _ROWS[kind](project_id)
    return [_LINKS[kind](project_id, one) for one in (rows if ids is None else rows.filter(pk__in=ids))]


def _barriers(project_id: UUID) -> QuerySet[Any]:
    return barriers.barriers_of(project_id)


def _suggestions(project_id: UUID) -> QuerySet[Any]:
    """What was withdrawn speaks of nothing any more."""
    return drafting.suggestions_of(project_id).exclude(status=SuggestionStatus.WITHDRAWN)


def _actions(project_id: UUID) -> QuerySet[Any]:
    return plans.actions_of(project_id).prefetch_related(None)


def _barrier(project_id: UUID, one: Any) -> Linked:
    href = reverse("barriers:barrier", args=[project_id, one.pk])
    return Linked(LinkedKind.BARRIER, one.pk, one.ref, one.statement, href, one.get_response_display())


def _suggestion(project_id: UUID, one: Any) -> Linked:
    href = reverse("drafting:suggestion", args=[project_id, one.pk])
    words = one.gist or one.words
    return Linked(LinkedKind.SUGGESTION, one.pk, one.ref, words, href, one.get_status_display())


def _action(project_id: UUID, one: Any) -> Linked:
    return Linked(
        LinkedKind.ACTION, one.pk, one.ref, one.what, plans.href_of(project_id, one), one.get_status_display()
    )


def _commitment(project_id: UUID, one: Any) -> Linked:
    return Linked(LinkedKind.COMMITMENT, one.pk, one.ref, one.what, plans.href_of(project_id, one))


_ROWS: Mapping[LinkedKind, Any] = {
    LinkedKind.BARRIER: _barriers, LinkedKind.SUGGESTION: _suggestions,
    LinkedKind.ACTION: _actions, LinkedKind.COMMITMENT: plans.commitments_of,
}  # fmt: skip
_LINKS: Mapping[LinkedKind, Any] = {
    LinkedKind.BARRIER: _barrier, LinkedKind.SUGGESTION: _suggestion,
    LinkedKind.ACTION: _action, LinkedKind.COMMITMENT: _commitment,
}  # fmt: skip

MOST_FOUND = 25


def found_by(project_id: UUID, kind: LinkedKind, words: str) -> list[Linked]:
    """What a search offers to link: its number, or words in it; one query."""
    rows = _FOUND[kind](_ROWS[kind](project_id), words) if words else _ROWS[kind](project_id)
    return [_LINKS[kind](project_id, one) for one in rows[:MOST_FOUND]]


def _numbered(letter: str, words: str) -> int | None:
    digits = words.upper().removeprefix(letter)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else None


def _by_words(letter: str, *fields: str) -> Any:
    def found(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        number = _numbered(letter, words)
        if number is not None:
            return rows.filter(number=number)
        return rows.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in fields)))

    return found


_FOUND: Mapping[LinkedKind, Any] = {
    LinkedKind.BARRIER: barriers.found_by, LinkedKind.SUGGESTION: _by_words("S", "words", "gist", "reason"),
    LinkedKind.ACTION: _by_words("A", "what"), LinkedKind.COMMITMENT: _by_words("C", "what"),
}  # fmt: skip


def linked_by_value(project_id: UUID, values: Iterable[str]) -> list[Linked]:
    """The things of this project that a form named; whatever is none of its own is left out."""
    wanted: dict[LinkedKind, set[UUID]] = {}
    for value in values:
        kind, _colon, id = value.partition(":")
        try:
            wanted.setdefault(LinkedKind(kind), set()).add(UUID(id))
        except ValueError:
            continue
    return [one for kind, ids in wanted.items() for one in _all_of(project_id, kind, ids)]


def links_of_row(row: Row, side: Side) -> list[RowLink]:
    return list(RowLink.objects.filter(row=row, side=side).order_by("linked_kind", "linked_ref", "pk"))
