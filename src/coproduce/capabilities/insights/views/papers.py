"""The results as a document for Word and PDF, in the order of the page."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coproduce.ui.documents import Bullets, Document, Grid, Heading, Paragraph

from ..rules import share
from . import showing, words
from .common import Reading

LANGUAGES = {"en-gb": "en-GB"}


def document(reading: Reading) -> Document:
    result = reading.seen.result
    day = date_format(localtime(result.made_at), "j F Y") if result else ""
    return Document(
        _("What people agree on: %(title)s") % {"title": reading.seen.ballot.title},
        [
            Paragraph(words.voted(reading.figures), lead=True),
            *_who(reading), *_common(reading), *_divided(reading), *_opinions(reading), *_statements(reading),
            Heading(_("What these results cannot say")), Bullets(words.limits(reading.figures)),
        ],
        language=LANGUAGES.get(get_language() or "en-gb", get_language() or "en-GB"), landscape=True,
        subtitle=_("Result of %(day)s") % {"day": day},
    )  # fmt: skip


def _who(reading: Reading) -> Iterator[Any]:
    yield Heading(_("Who voted"))
    if reading.figures.groups:
        rows = [(group.name, group.people) for group in reading.figures.groups]
        yield Grid(_("Who voted"), (_("Group"), _("People")), rows, (6, 2))
    for one in showing.findings(reading):
        yield Paragraph(one.message)


def _common(reading: Reading) -> Iterator[Any]:
    rows, is_common = showing.chosen(reading)
    yield Heading(_("What all groups agree on") if reading.several else _("What most people agree on"))
    if not is_common:
        yield Paragraph(_("No statement is sure to be held by half. These came nearest."))
    for line in showing.common_lines(reading, rows):
        yield Paragraph(f"{line.number}. {line.text}\n\n{line.says} {line.also}".strip())


def _divided(reading: Reading) -> Iterator[Any]:
    lines = showing.divided_lines(reading)
    yield Heading(_("What divides the groups"))
    if not lines:
        yield Paragraph(_("Nothing divides the groups for sure."))
    for line in lines:
        yield Paragraph(f"{line.number}. {line.text}\n\n{line.says}")


def _opinions(reading: Reading) -> Iterator[Any]:
    yield Heading(_("Groups of opinion"))
    yield Paragraph(words.steady(reading.figures.steady))
    for side in showing.sides(reading):
        yield Heading(f"{side.name}: {words.people(side.group.people)}", 2)
        said = [f"{line.number}. {line.text} {line.says}" for line in side.lines]
        yield Bullets(said or [_("It holds nothing that others do not hold as well.")])


def _statements(reading: Reading) -> Iterator[Any]:
    yield Heading(_("Every statement"))
    names = [group.name for group in reading.figures.groups] if reading.several else []
    head = (_("Number"), _("Statement"), _("Agree"), _("Disagree"), _("Pass"), *names)
    rows = [_row(reading, place, len(names)) for place in range(len(reading.figures.statements))]
    yield Grid(_("Every statement"), head, rows, (1, 6, 1, 1, 1, *([2] * len(names))))


def _row(reading: Reading, place: int, groups: int) -> tuple[Any, ...]:
    one = reading.figures.statements[place]
    shares = [share(cell) for cell in one.groups[:groups]]
    said = ["–" if found is None else words.percent(found) for found in shares]
    return (one.number, reading.texts[place], *(one.everybody or (None, None, None)), *said)
