"""The attributed master: who wrote each word, and because of what each passage changed."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Table

from .. import queries
from ..queries import Attributed, Names, Stretch
from ..rules.blocks import BlockKind
from ..rules.compare import Mark, Piece
from ..rules.places import Place, places_of
from ..rules.plain import marked, plain
from ..terms import Outcome
from .common import page_of, reading
from .marking import Segment, in_cells, joined
from .wheres import label

Voices = dict[UUID, list[str]]


@require_GET
def words(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    visit, found = queries.document_for(request.user, project_id, document_id, Purpose.READ)
    state = queries.text_now(found)
    as_file = request.GET.get("format") in ("csv", "xlsx")
    part = reading(state, request.GET.get("chapter", ""), request.GET.get("block", ""))
    passages = queries.attributed(found, state, None if as_file else part.blocks)
    names = queries.names_in(visit)
    voices = _voices(passages, names)
    table = Table(rows=list(_stretches(passages, names, voices)), columns=COLUMNS, name="who-wrote-this")
    places = {} if as_file else places_of(state)
    shown = [] if as_file else [_passage(one, names, voices, places.get(one.block)) for one in passages]
    page = page_of(visit, found, "words", reading=part, passages=shown)
    return table.respond(request, "drafting/words.html", page)


def _voices(passages: Iterable[Attributed], names: Names) -> Voices:
    """For each suggestion: the others who said the same, as they chose to be named; one query at most."""
    found = (cause.suggestion for one in passages for cause in one.causes)
    ids = {one.pk for one in found if one}
    with_them = queries.voices_with(ids) if ids else {}
    return {id: [names.said(other.author) for other in others] for id, others in with_them.items()}


def _stretches(passages: Iterable[Attributed], names: Names, voices: Voices) -> Iterator[dict[str, Any]]:
    """Every stretch of words for a file, with its cause."""
    for passage in passages:
        for one in passage.stretches:
            if one.text.strip():
                yield {
                    "block": passage.block,
                    "words": one.text.strip(),
                    "credit": queries.credit_of(one.cause, names),
                    "cause": one.cause,
                    "voices": "; ".join(voices.get(one.cause.key, [])) if one.cause.key else "",
                }


COLUMNS = [
    Column("block", gettext_lazy("Block"), numeric=True),
    Column("words", gettext_lazy("Words")),
    Column("suggestion", gettext_lazy("Suggestion"), value="cause.suggestion.ref"),
    Column("author", gettext_lazy("Written by"), value="credit.by"),
    Column("day", gettext_lazy("In the text since"), value="cause.day"),
    Column("decided_by", gettext_lazy("Decided by"), value="credit.decided_by"),
    Column("decided_on", gettext_lazy("Decided on"), value="cause.decision.decided_on"),
    Column("version", gettext_lazy("First version"), value=lambda row: str(row["cause"].version or "")),
    Column("suggested_by", gettext_lazy("Suggested by"), value="credit.suggested_by"),
    Column("voices", gettext_lazy("Also said by"), value="voices"),
    Column("answer", gettext_lazy("Answer"), value="cause.decision.get_outcome_display"),
    Column("reason", gettext_lazy("Reason"), value="cause.decision.reason"),
]


def _passage(passage: Attributed, names: Names, voices: Voices, place: Place | None) -> dict[str, Any]:
    """One passage as the page shows it: its words, and each cause with the reasons that people gave."""
    credits = [queries.credit_of(cause, names) for cause in passage.causes]
    return {
        "block": passage.block,
        "heading": label(place) if place else "",
        "segments": list(_segments(passage.stretches, names)),
        "taken_out": plain(passage.taken_out),
        "because": [_with_reasons(one, voices) for one in credits if one.cause.key],
        "besides": [credit for credit in credits if not credit.cause.key],
    }


def _segments(stretches: list[Stretch], names: Names) -> Iterable[Segment]:
    """Neighbours of one person from one suggestion are shown as one; gaps go with the words before them."""
    shown = marked([Piece(Mark.KEPT, one.text, at) for at, one in enumerate(stretches)])
    return joined(_credited(shown.pieces, shown.kind, stretches, names))


def _credited(
    pieces: list[Piece], kind: BlockKind, stretches: list[Stretch], names: Names
) -> Iterator[Segment]:
    last = None
    for piece in pieces:
        credit = queries.credit_of(stretches[piece.seq].cause, names)
        last = credit if piece.text.strip() or last is None else last
        yield Segment(piece.mark, in_cells(piece.text, kind), last)


def _with_reasons(credit: Any, voices: Voices) -> dict[str, Any]:
    suggestion, decision = credit.cause.suggestion, credit.cause.decision
    declined_part = decision and decision.outcome != Outcome.ACCEPTED
    return {
        "credit": credit,
        "voices": voices.get(credit.cause.key, []),
        "said": (suggestion.reason or suggestion.words or suggestion.gist) if suggestion else "",
        "reason": decision.reason if decision and decision.reason else "",
        "why_label": _("Why not in full:") if declined_part else _("Reason:"),
    }
