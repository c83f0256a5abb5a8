"""The same answers in other shapes, public as well: Easy Read, a poster, and a page to put into other websites."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import rules as easy
from coproduce.core.access import Purpose
from coproduce.ui.qr import qr_code

from .. import rules
from ..queries import Dressed
from ..terms import STATEMENT, Headings, Size
from .parts import Part, published_parts, style_asked_for


@dataclass(frozen=True)
class EasyPart:
    """A few lines beside a picture, one idea each."""

    picture: str
    heading: Any
    lines: list[str]


@dataclass(frozen=True)
class OnPoster:
    """A statement as far as it fits on the sheet; a part without a label begins with the words of its label."""

    statement: Dressed
    parts: list[tuple[str, str]]


@login_not_required
@require_GET
def easy_read(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.public_visit(request.user, project_id)
    parts = published_parts(visit, style_asked_for(request))
    shown = [(part, [(one, list(_easy(one, part.headings))) for one in part.statements]) for part in parts]
    lines = [line for _part, cards in shown for _one, found in cards for easy in found for line in easy.lines]
    runs = visit.may(STATEMENT, Purpose.RUN)
    page = {
        "visit": visit, "parts": shown, "runs": runs,
        "findings": list(easy.easy_read_sentences_are_short(lines)) if runs else [],
    }  # fmt: skip
    return render(request, "feedback/easy_read.html", page)


@login_not_required
@require_GET
def poster(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """One sheet to print, with the code that leads to the page."""
    visit = projects.public_visit(request.user, project_id)
    parts = published_parts(visit, style_asked_for(request))
    asked = request.GET.get("size", "")
    size = Size(asked) if asked in Size.values else Size.A4
    address = request.build_absolute_uri(reverse("feedback:page", args=[project_id]))
    shown, left = _on_poster(parts, size)
    page = {
        "visit": visit, "part": parts[0], "shown": shown, "left": left, "size": size, "sizes": list(Size),
        "inside": visit.may(STATEMENT, Purpose.READ),
        "qr": qr_code(address, _("Code to scan with a phone: it opens all the answers")),
        "address": address.partition("//")[2],
    }  # fmt: skip
    return render(request, "feedback/poster.html", page)


@login_not_required
@require_GET
@xframe_options_exempt
def embed(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """For a frame on somebody else's website: the same for every reader, whoever is signed in."""
    visit = projects.public_visit(None, project_id)
    page = {"visit": visit, "parts": published_parts(visit, style_asked_for(request))}
    return render(request, "feedback/embed.html", page)


def _easy(one: Dressed, headings: Headings) -> Iterator[EasyPart]:
    """In the words that people wrote for it; where nobody has yet, the usual words a sentence at a time."""
    card = one.card
    yield EasyPart("said", headings.said, easy.sentences(card.easy_said or card.said))
    if card.easy_came:
        yield EasyPart("did", _("What came of it"), easy.sentences(card.easy_came))
    else:
        for picture, heading, words in _came(one, headings):
            yield EasyPart(picture, heading, easy.sentences(words))


def _came(one: Dressed, headings: Headings) -> Iterator[tuple[str, Any, str]]:
    """The parts of a statement that say what came of it, with the heading of each."""
    card = one.card
    for picture, heading, words in (
        ("did", headings.did, card.did),
        ("will", headings.will, card.will),
        ("could_not", headings.could_not, " ".join(text for text in (card.could_not, card.reason) if text)),
    ):
        if words:
            yield picture, heading, words


def _on_poster(parts: list[Part], size: Size) -> tuple[list[OnPoster], int]:
    """Every document's statements, as much of each as fits, and how many are left for the page."""
    found = [(one, part.headings) for part in parts for one in part.statements]
    texts = [[one.card.heading, *map(" ".join, _poster_parts(one, heads))] for one, heads in found]
    sheet = rules.sheet_for(texts, size)
    shown = [
        OnPoster(one, _cut(_poster_parts(one, heads), sheet.detail)) for one, heads in found[: sheet.shown]
    ]
    return shown, len(found) - sheet.shown


def _poster_parts(one: Dressed, headings: Headings) -> list[tuple[str, str]]:
    return [
        ("" if words.casefold().startswith(str(label).casefold()) else f"{label}:", words)
        for label, words in (
            (headings.did, one.card.did),
            (_promised(one, headings), one.card.will),
            (headings.could_not, one.card.could_not),
        )
        if words
    ]


def _promised(one: Dressed, headings: Headings) -> Any:
    """“We will”, with its date while it is open."""
    if not (one.will_by and one.standing.is_open):
        return headings.will
    day = date_format(one.will_by, "j F Y")
    return _("%(we_will)s, by %(day)s") % {"we_will": headings.will, "day": day}


def _cut(parts: list[tuple[str, str]], detail: rules.Detail) -> list[tuple[str, str]]:
    if detail is rules.Detail.HEADINGS:
        return []
    if detail is rules.Detail.WHOLE:
        return parts
    return [(heading, rules.first_sentence(words)) for heading, words in parts]
