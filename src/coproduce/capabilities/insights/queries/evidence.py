"""Results that serve as evidence, and what they can be evidence for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.ui.onward import Onward

from ..models import Evidence
from ..terms import LinkedKind

MOST_FOUND = 25


@dataclass(frozen=True)
class Linked:
    """Something that a result can be evidence for."""

    kind: LinkedKind
    id: UUID
    ref: str
    words: str
    href: str

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.id}"


def evidence_of(project_id: UUID) -> QuerySet[Evidence]:
    """Everything, also what was taken back; in the order of its making."""
    rows = Evidence.objects.filter(result__ballot__project_id=project_id)
    return rows.select_related("statement", "result__ballot", "by", "taken_back_by").order_by("at", "pk")


def standing_evidence(statement_id: Any) -> list[Evidence]:
    """What a statement is evidence for now; one query."""
    rows = Evidence.objects.filter(statement_id=statement_id, taken_back_at__isnull=True)
    return list(rows.select_related("by").order_by("linked_kind", "linked_ref", "pk"))


def figure_of(found: Any) -> dict[str, Any]:
    """The figure of a statement as it is now: tallies, and the least of 1,000 in each group that is on its side."""
    own = found.figures
    common = next((one for one in found.all.common if one.statement == found.place), None)
    return {
        "everybody": own.everybody,
        "groups": [
            [group.name, cell] for group, cell in zip(found.all.groups, own.groups, strict=True) if cell
        ],
        # Whole, because the ledger holds no fractions.
        "least_of_1000": int(common.least * 1000) if common and len(found.all.groups) > 1 else None,
        "agree": common.agree if common else True,
    }


def said(figure: dict[str, Any]) -> str:
    """A kept figure in a few words."""
    agree, disagree, passed = figure["everybody"]
    seen, on = agree + disagree + passed, agree if figure["agree"] else disagree
    words = _("%(on)d of %(seen)d agree") if figure["agree"] else _("%(on)d of %(seen)d disagree")
    said = words % {"on": on, "seen": seen}
    if figure["least_of_1000"] is None:
        return said
    least = {"said": said, "least": figure["least_of_1000"] // 100}
    return _("%(said)s, at least %(least)d of 10 in each group") % least


def onward(project_id: UUID, thing_ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    """For the pages of suggestions and barriers: the results that are evidence for each; one query."""
    rows = Evidence.objects.filter(
        linked_id__in=thing_ids, taken_back_at__isnull=True, result__ballot__project_id=project_id
    ).select_related("statement", "result__ballot")
    found: dict[UUID, list[Onward]] = {}
    for one in rows.order_by("at", "pk"):
        found.setdefault(one.linked_id, []).append(_onward(project_id, one))
    return found


def _onward(project_id: UUID, one: Evidence) -> Onward:
    ballot = one.result.ballot
    state = _("%(figure)s, %(day)s") % {
        "figure": said(one.figure), "day": date_format(one.figure_on, "j F Y")
    }  # fmt: skip
    href = reverse("insights:statement", args=[project_id, ballot.pk, one.statement_id])
    ref = f"{ballot.ref}.{one.statement.number}"
    return Onward(gettext_lazy("Result of a vote"), ref, one.statement.text, href, state)


def _suggestions(project_id: UUID) -> QuerySet[Any]:
    """What was withdrawn speaks of nothing any more."""
    return drafting.suggestions_of(project_id).exclude(status=Status.WITHDRAWN)


def _suggestion(project_id: UUID, one: Any) -> Linked:
    return Linked(
        LinkedKind.SUGGESTION, one.pk, one.ref, one.gist or one.words,
        reverse("drafting:suggestion", args=[project_id, one.pk]),
    )  # fmt: skip


def _barrier(project_id: UUID, one: Any) -> Linked:
    href = reverse("barriers:barrier", args=[project_id, one.pk])
    return Linked(LinkedKind.BARRIER, one.pk, one.ref, one.statement, href)


_ROWS: dict[LinkedKind, Any] = {
    LinkedKind.SUGGESTION: _suggestions, LinkedKind.BARRIER: barriers.barriers_of,
}  # fmt: skip
_LINKS: dict[LinkedKind, Any] = {LinkedKind.SUGGESTION: _suggestion, LinkedKind.BARRIER: _barrier}


def _suggestions_by(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    digits = words.upper().removeprefix("S")
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        return rows.filter(number=int(digits))
    fields = ("words", "gist", "reason")
    return rows.filter(reduce(or_, (Q(**{f"{name}__icontains": words}) for name in fields)))


_FOUND: dict[LinkedKind, Any] = {
    LinkedKind.SUGGESTION: _suggestions_by, LinkedKind.BARRIER: barriers.found_by,
}  # fmt: skip


def found_by(project_id: UUID, words: str) -> list[Linked]:
    """What a search offers: suggestions, then barriers; two queries."""
    found = []
    for kind in LinkedKind:
        rows = _ROWS[kind](project_id)
        rows = _FOUND[kind](rows, words) if words else rows
        found += [_LINKS[kind](project_id, one) for one in rows[:MOST_FOUND]]
    return found


def origin_of(project_id: UUID, statement: Any) -> list[Linked]:
    """The barrier or suggestion that a statement was made from, which is the first to need its result."""
    return linked_by_value(project_id, [f"{statement.origin_kind}:{statement.origin_id}"])


def linked_by_value(project_id: UUID, values: Iterable[str]) -> list[Linked]:
    """The things of this project that a form named; whatever is none of its own is left out."""
    wanted: dict[LinkedKind, set[UUID]] = {}
    for value in values:
        kind, _colon, id = value.partition(":")
        try:
            wanted.setdefault(LinkedKind(kind), set()).add(UUID(id))
        except ValueError:
            continue
    return [
        _LINKS[kind](project_id, one)
        for kind, ids in wanted.items()
        for one in _ROWS[kind](project_id).filter(pk__in=ids)
    ]
