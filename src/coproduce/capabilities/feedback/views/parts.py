"""The published answers, dressed for reading: what every public page is made of."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere
from coproduce.ui.plots import Plot, bars

from .. import queries
from ..models import Publication
from ..queries import Card, Dressed, Going
from ..terms import HEADINGS, Counts, Headings, Style


@dataclass(frozen=True)
class Part:
    """The published answers on one document, under the headings that the reader chose."""

    publication: Publication
    style: Style
    statements: list[Dressed]
    counts: Counts
    going: Going

    @property
    def headings(self) -> Headings:
        return HEADINGS[self.style]

    @property
    def chart(self) -> Plot | None:
        return _chart(self.counts) if self.counts.total else None

    @property
    def asked(self) -> str:
        """What people were asked; before there was a field for it, it stood in the introduction."""
        return self.publication.asked or (self.publication.introduction if self._asks else "")

    @property
    def introduction(self) -> str:
        took_its_place = self._asks and not self.publication.asked
        return "" if took_its_place else self.publication.introduction

    @property
    def _asks(self) -> bool:
        return self.style == Style.WE_ASKED


def style_asked_for(request: HttpRequest) -> Style | None:
    """The heading style that a plain link names; anything else is the style that was signed."""
    asked = request.GET.get("style", "")
    return Style(asked) if asked in Style.values else None


def parts_of(visit: Visit, style: Style | None = None) -> list[Part]:
    """Five queries, however many statements."""
    signed = [(one, Card.signed_in(one)) for one in queries.publications_of(visit.project.pk)]
    if not signed:
        return []
    things = queries.wardrobe(visit, [card for _one, cards in signed for card in cards], clock.today())
    return [_part(publication, cards, things, style) for publication, cards in signed]


def published_parts(visit: Visit, style: Style | None = None) -> list[Part]:
    """The same for pages that are not there before anything is published."""
    parts = parts_of(visit, style)
    if not parts:
        raise NotThere
    return parts


def _part(publication: Publication, cards: list[Card], things: queries.Wardrobe, style: Style | None) -> Part:
    counts = queries.counts_in(cards, things)
    statements = [queries.dress(card, things, publication.published_at) for card in cards]
    people = things.authors_of(cards)
    return Part(
        publication, style or Style(publication.style), statements, counts,
        queries.going(statements, counts, people, things.today),
    )  # fmt: skip


def _chart(counts: Counts) -> Plot:
    values: list[tuple[Any, float | None]] = [
        (_("Accepted"), counts.accepted),
        (_("In part"), counts.in_part),
        (_("Declined"), counts.declined),
        (_("Passed on"), counts.passed_on),
    ]
    words = _(
        "%(total)d suggestions: %(accepted)d accepted, %(in_part)d in part, %(declined)d declined and "
        "%(passed_on)d passed on to others."
    )
    numbers = {
        name: getattr(counts, name) for name in ("total", "accepted", "in_part", "declined", "passed_on")
    }
    head = (_("Answer"), _("Suggestions"))
    return bars(_("How the suggestions were answered"), words % numbers, values, head=head)
