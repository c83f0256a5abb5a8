"""What one suggestion asks for, marked up, and what stands in its way."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from ..models import Document, Snapshot, SuggestedEdit, Suggestion
from ..rules.compare import Piece, compare, new_text
from ..rules.edits import Edit, ops_of
from ..rules.mapping import Place, Standing, overlap, place_of
from ..rules.replay import Op, OpKind, State, from_snapshot, replay
from ..terms import Status
from .texts import STEP, edits_of, steps_between

SHOWN = 30  # places of one suggestion on its page
COMPARED = 200  # other open suggestions looked through for the same words


@dataclass(frozen=True)
class ShownPlace:
    """One block that a suggestion touches: the words it was made on, marked up, and how it stands today."""

    block: int
    is_new: bool
    pieces: list[Piece]
    standing: Standing
    today: str | None
    as_suggested: str

    @property
    def fits(self) -> bool:
        return self.standing is Standing.HOLDS


@dataclass(frozen=True)
class Shown:
    """A suggestion's places in order; `more` are not listed.

    `rivals` are open and cannot be carried out besides; `landed` is what it did to the text: (taken out, put in).
    """

    places: list[ShownPlace]
    more: int
    today: State
    rivals: list[Suggestion]
    landed: list[tuple[str, str]]
    edits: list[Edit] = field(default_factory=list)
    # Whether nothing has changed the text since what it did to it.
    is_latest: bool = False


def shown(
    suggestion: Suggestion, document: Document, take: Collection[int] | None = None, at: int | None = None
) -> Shown:
    """What a suggestion changes and what stands in its way; four queries at most.

    `take` are the numbers of the changes that go into the words as suggested: all of them, or those chosen.
    `at` is the moment of the text that stands for today, where it is not the last one.
    """
    edits = edits_of(suggestion.pk)
    others = _others(suggestion, document, edits) if suggestion.is_open and edits else []
    past = _past(document, suggestion, [one.suggestion.base_seq for one in others])
    start, ops, own = past if at is None else (past[0], [op for op in past[1] if op.seq <= at], past[2])
    base = replay((op for op in ops if op.seq <= suggestion.base_seq), start)
    today = replay((op for op in ops if op.seq > suggestion.base_seq), base)
    mapped = [place_of(edit, suggestion.base_seq, ops, today) for edit in edits]
    found = compare(base, ops_of(edits, base))
    marked = [(id, found.changed[id]) for id in found.order if id in found.changed]
    anchors = _anchors(edits, base)
    chosen = [place for number, place in enumerate(mapped) if take is None or number in take]
    places = [_place(id, pieces, mapped, chosen, anchors, today) for id, pieces in marked[:SHOWN]]
    rivals = _rivals(mapped, others, ops, today)
    is_latest = not own or own[-1].seq == document.seq
    return Shown(places, max(0, len(marked) - SHOWN), today, rivals, _landed(own), edits, is_latest)


def _past(document: Document, suggestion: Suggestion, bases: list[int]) -> tuple[State, list[Op], list[Op]]:
    """A text from before all these moments, every operation since, and those of the suggestion; two queries."""
    seq = min([suggestion.base_seq, *bases])
    snapshot = Snapshot.objects.filter(document=document, seq__lte=seq).order_by("-seq").first()
    start = from_snapshot(snapshot.seq, snapshot.blocks) if snapshot else State()
    rows = steps_between(document.pk, start.seq, document.seq).values_list(*STEP, "suggestion_id")
    steps = [(Op(*row[:-1]), row[-1]) for row in rows]
    return start, [op for op, _cause in steps], [op for op, cause in steps if cause == suggestion.pk]


def _landed(own: list[Op]) -> list[tuple[str, str]]:
    made: list[Op] = []
    for op in own:
        last = made[-1] if made else None
        # The decider's words between the suggester's are operations of their own, one behind another.
        if last and last.block == op.block and not op.removed and op.start == last.start + len(last.inserted):
            made[-1] = last._replace(inserted=last.inserted + op.inserted)
        else:
            made.append(op)
    return [(op.removed.strip(), op.inserted.strip()) for op in made]


def _anchors(edits: list[Edit], base: State) -> dict[int, int]:
    """For each new block, by the id that it would get: which edit makes it."""
    new = [op.block for op in ops_of(edits, base) if op.kind == OpKind.INSERT_BLOCK]
    makers = [number for number, edit in enumerate(edits) if edit.kind == OpKind.INSERT_BLOCK]
    return dict(zip(new, makers, strict=True))


def _place(
    id: int,
    pieces: list[Piece],
    mapped: list[Place],
    chosen: list[Place],
    anchors: dict[int, int],
    today: State,
) -> ShownPlace:
    if id in anchors:
        place = mapped[anchors[id]]
        words = new_text(pieces) if place in chosen else ""
        return ShownPlace(place.edit.block, True, pieces, place.standing, None, words)
    mine = [place for place in mapped if place.edit.block == id and place.edit.kind != OpKind.INSERT_BLOCK]
    standing = next((one.standing for one in mine if one.standing is not Standing.HOLDS), Standing.HOLDS)
    block = today.blocks[id]
    return ShownPlace(
        id,
        False,
        pieces,
        standing,
        block.text if block.alive else None,
        _applied([one for one in mine if one in chosen], today, id),
    )


def _applied(places: list[Place], today: State, block: int) -> str:
    """Today's words of a block with what still fits of the suggestion carried out."""
    text, shift = today.blocks[block].text if today.blocks[block].alive else "", 0
    for place in places:
        if place.standing is Standing.HOLDS:
            edit = place.edit
            text = text[: edit.start + shift] + edit.words + text[edit.end + shift :]
            shift += len(edit.words) - len(edit.quote)
    return text


def _rivals(
    mapped: list[Place], others: list[SuggestedEdit], ops: list[Op], today: State
) -> list[Suggestion]:
    rivals: dict[UUID, Suggestion] = {}
    for row in others:
        edit = Edit(row.kind, row.block, row.start, row.quote, row.words)
        place = place_of(edit, row.suggestion.base_seq, ops, today)
        if any(overlap(mine.edit, place.edit) for mine in mapped):
            rivals[row.suggestion_id] = row.suggestion
    return sorted(rivals.values(), key=lambda one: one.number)


def _others(suggestion: Suggestion, document: Document, edits: list[Edit]) -> list[SuggestedEdit]:
    blocks = {edit.block for edit in edits if edit.kind != OpKind.INSERT_BLOCK}
    rows = SuggestedEdit.objects.filter(
        suggestion__document=document, suggestion__status=Status.OPEN, block__in=blocks
    ).exclude(suggestion=suggestion)
    return list(
        rows.select_related("suggestion__author").order_by("suggestion__number", "position")[:COMPARED]
    )
