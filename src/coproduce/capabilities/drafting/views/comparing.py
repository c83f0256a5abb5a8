"""Two versions, or a version and the text as it stands: marked up, side by side, and as sentences."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Table

from .. import queries
from ..models import Document
from ..queries import Credit, Difference, Moment, Names
from ..terms import VERSION
from .common import address, page_of
from .marking import Crediting, Where, passage, shown_blocks
from .sentences import COLUMNS, answer, lines

PASSAGES_A_PAGE = 50
LINES_A_PAGE = 100


class Show(StrEnum):
    """Ways to see the same comparison."""

    MARKED = "marked"
    SIDES = "sides"
    SENTENCES = "sentences"
    CAUSES = "causes"


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    old: Moment
    new: Moment
    show: Show
    everything: bool

    def at(self, document: Document, **other: Any) -> str:
        asked = {
            "old": self.old.key,
            "new": self.new.key,
            "show": self.show,
            "all": self.everything or "",
        } | other
        return address("compare", document.project_id, document.pk, **asked)


@require_GET
def compare(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, VERSION)
    versions = queries.versions_of(document.pk)
    if not versions:
        return render(request, "drafting/compare.html", page_of(visit, document, "compare"))
    moments = queries.moments(document, versions)
    asked = _asked(request, moments)
    difference = queries.difference(document, asked.old, asked.new, versions)
    credit, where = _crediting(difference, queries.names_in(visit)), Where(difference)
    table = Table(
        rows=list(lines(difference, document, where, credit)), columns=COLUMNS, name="changes",
        page_size=LINES_A_PAGE,
    )  # fmt: skip
    shown = _page(request, difference, asked)
    page = page_of(
        visit, document, "compare", moments=moments, asked=asked, links=_links(document, asked), shown=shown,
        passages=[passage(difference, where, credit, block) for block in shown or ()],
        causes=_causes(difference, credit) if asked.show is Show.CAUSES else [],
        whole=asked.at(document, all=1), fewer=asked.at(document, all=""), **_turning(document, asked, shown),
        suggestions=sum(key is not None for key in difference.by_suggestion),
        behind=address("behind", project_id, document.pk, old=asked.old.key, new=asked.new.key),
    )  # fmt: skip
    return table.respond(request, "drafting/compare.html", page)


def _asked(request: HttpRequest, moments: list[Moment]) -> Asked:
    """The two moments in their order; without a question, the last two versions."""
    last = moments[-3:-1] if len(moments) > 2 else moments
    known = {one.key: one for one in moments}
    old, new = (known.get(request.GET.get(name, ""), last[at]) for at, name in enumerate(("old", "new")))
    old, new = sorted((old, new), key=moments.index)
    show = request.GET.get("show", "")
    found = Show(show) if show in set(Show) else Show.MARKED
    return Asked(old, new, found, everything=bool(request.GET.get("all")))


def _crediting(difference: Difference, names: Names) -> Crediting:
    @cache
    def credit(seq: int) -> Credit:
        return queries.credit_of(difference.causes[seq], names)

    return credit


def _links(document: Document, asked: Asked) -> list[dict[str, Any]]:
    """The ways to see it, as plain links."""
    words = {
        Show.MARKED: _("Marked up"), Show.SIDES: _("Side by side"), Show.SENTENCES: _("As a list"),
        Show.CAUSES: _("By suggestion"),
    }  # fmt: skip
    return [
        {"words": words[show], "href": asked.at(document, show=show), "is_here": show is asked.show}
        for show in Show
    ]


def _page(request: HttpRequest, difference: Difference, asked: Asked) -> Page[int] | None:
    """The blocks of one page, where passages are shown."""
    if asked.show not in (Show.MARKED, Show.SIDES):
        return None
    blocks = shown_blocks(difference, everything=asked.everything)
    return Paginator(blocks, PASSAGES_A_PAGE).get_page(request.GET.get("page"))


def _turning(document: Document, asked: Asked, page: Page[int] | None) -> dict[str, str]:
    """The way to the pages before and after."""
    steps: dict[str, str] = {}
    if page and page.has_previous():
        steps["before"] = asked.at(document, page=page.previous_page_number())
    if page and page.has_next():
        steps["after"] = asked.at(document, page=page.next_page_number())
    return steps


def _causes(difference: Difference, credit: Crediting) -> list[dict[str, Any]]:
    """One line a suggestion: who, when, and what changed where."""
    known = {cause.key: credit(seq) for seq, cause in difference.causes.items()}
    found = [
        {
            "credit": known[key],
            "answer": answer(known[key]),
            "changes": changes[:3],
            "more": max(0, len(changes) - 3),
        }
        for key, changes in difference.by_suggestion.items()
    ]
    return sorted(found, key=lambda line: known_number(line["credit"]))


def known_number(credit: Credit) -> int:
    """What nobody suggested comes first."""
    return credit.cause.suggestion.number if credit.cause.suggestion else 0
