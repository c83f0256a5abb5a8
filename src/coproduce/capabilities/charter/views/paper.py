"""The charter with its eight measures as a document, for Word and as PDF."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.core import clock
from coproduce.ui.documents import Block, Document, Grid, Heading, Paragraph

from ..models import Charter, Signatory
from ..queries import Scorecard
from .common import lowest_words, score_words


def document_of(
    title: str, charter: Charter | None, card: Scorecard, tiles: Sequence[dict[str, Any]],
    signatories: Sequence[Signatory],
) -> Document:  # fmt: skip
    blocks = [*_measures(card, tiles), *(_promises(charter, signatories) if charter else ())]
    return Document(charter.title if charter else _("Charter"), blocks, subtitle=title)


def _measures(card: Scorecard, tiles: Sequence[dict[str, Any]]) -> Iterator[Block]:
    yield Paragraph(score_words(card.score), lead=True)
    day = date_format(clock.today(), "j F Y")
    yield Paragraph(_("Measured from the records on %(day)s.") % {"day": day})
    yield Heading(_("Eight commitments"))
    yield Grid(
        _("What the records show, and what participants say"),
        (_("Commitment"), _("Met"), _("What the records show"), _("Participants say")),
        [_line(tile) for tile in tiles], (3, 1, 4, 2),
    )  # fmt: skip
    if card.views.lowest:
        yield Paragraph(lowest_words(card))


def _line(tile: dict[str, Any]) -> tuple[Any, ...]:
    measure = tile["measure"]
    met = _("Not yet measured") if measure.met is None else measure.met
    return f"{measure.commitment.value}. {measure.label}", met, tile["figure"], tile["view"]


def _promises(charter: Charter, signatories: Sequence[Signatory]) -> Iterator[Block]:
    yield Heading(_("What we promise each other"))
    for heading, words in (
        (_("What it covers"), charter.scope), (_("What citizens and partners do"), charter.citizens_do),
        (_("What staff do"), charter.staff_do), (_("What people get for taking part"), charter.incentives),
        (_("How a conflict is settled"), charter.conflict), (_("How soon people get an answer"), charter.response_time),
    ):  # fmt: skip
        if words:
            yield Heading(heading, 2)
            yield Paragraph(words)
    if charter.review_on:
        facts = {"day": date_format(charter.review_on, "j F Y")}
        yield Paragraph(_("The charter is looked at again on %(day)s.") % facts)
    if signatories:
        yield Heading(_("Who signs"))
        yield Grid(
            _("Who signs"), (_("Organisation"), _("Name"), _("Role"), _("Signed on")),
            [(one.organisation, one.person, one.role, one.signed_on) for one in signatories],
        )  # fmt: skip
