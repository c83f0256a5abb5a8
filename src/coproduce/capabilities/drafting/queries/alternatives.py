"""Open suggestions that cannot all be carried out as they are: found by exact overlap, shown, never merged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..models import Document, Op, SuggestedEdit, Suggestion
from ..rules.compare import Piece, compare
from ..rules.edits import Edit, ops_of
from ..rules.mapping import Place, Standing, place_of, rivals
from ..rules.replay import State
from ..terms import Status
from .queueing import supporters
from .support import Backing, backing_of
from .texts import ops_between, text_now


@dataclass(frozen=True)
class Board:
    """Every open edit of a document where it stands today; `rivals` are sets of suggestions that exclude each other."""

    today: State
    places: dict[UUID, list[Place]]
    rivals: list[list[UUID]]
    overtaken: dict[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Alternative:
    """One of several wordings: what it makes of each passage, and who stands behind it."""

    suggestion: Suggestion
    passages: list[list[Piece]]
    backing: Backing


def board_of(document: Document) -> Board:
    """Three queries, whatever the number of suggestions."""
    today = text_now(document)
    rows = list(
        SuggestedEdit.objects.filter(suggestion__document=document, suggestion__status=Status.OPEN)
        .order_by("suggestion__number", "position")
        .values_list("suggestion_id", "suggestion__base_seq", "kind", "block", "start", "quote", "words")
    )
    since = _by_block(document, min((base for _id, base, *_edit in rows), default=document.seq))
    places: dict[UUID, list[Place]] = defaultdict(list)
    for id, base, kind, block, start, quote, words in rows:
        one = Edit(kind, block, start, quote, words)
        places[id].append(place_of(one, base, since.get(one.block, ()), today))
    held = [(id, place.edit) for id, mine in places.items() for place in mine if _holds(place)]
    gone = {id: place.by for id, mine in places.items() for place in mine if not _holds(place) and place.by}
    return Board(today, dict(places), _sets(rivals(held), places), gone)


def alternatives(board: Board, ids: Iterable[UUID]) -> list[Alternative]:
    """The wordings of one set with their support, by number; three queries."""
    rows = Suggestion.objects.filter(pk__in=list(ids)).select_related("author", "group")
    found = list(rows.annotate(supporters=supporters()).order_by("number"))
    backing = backing_of([one.pk for one in found])
    return [Alternative(one, _passages(board, one.pk), backing.get(one.pk, Backing())) for one in found]


def overtakers(document_id: UUID, seqs: Iterable[int]) -> dict[int, Suggestion]:
    """Whose accepted words stand in the way, by the operation that put them there; one query."""
    rows = Op.objects.filter(document_id=document_id, seq__in=set(seqs)).exclude(suggestion=None)
    found = rows.select_related("suggestion").defer("removed", "inserted")
    return {row.seq: row.suggestion for row in found if row.suggestion}


def _holds(place: Place) -> bool:
    return place.standing is Standing.HOLDS


def _by_block(document: Document, seq: int) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for op in ops_between(document.pk, seq, document.seq):
        found[op.block].append(op)
    return found


def _sets(pairs: Iterable[tuple[UUID, UUID]], order: Iterable[UUID]) -> list[list[UUID]]:
    """Pairs joined to sets, in the order of the suggestions."""
    root: dict[UUID, UUID] = {}

    def top(id: UUID) -> UUID:
        while root.get(id, id) != id:
            root[id] = root.get(root[id], root[id])
            id = root[id]
        return id

    for one, other in pairs:
        if one != other:
            root[top(one)] = top(other)
            root.setdefault(other, top(other))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for id in order:
        if id in root:
            found[top(id)].append(id)
    return list(found.values())


def _passages(board: Board, id: UUID) -> list[list[Piece]]:
    edits = [place.edit for place in board.places.get(id, []) if _holds(place)]
    changed = compare(board.today, ops_of(edits, board.today))
    return [changed.changed[block] for block in changed.order if block in changed.changed]
