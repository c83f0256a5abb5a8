"""Which open suggestions of a document cannot both be carried out as they are."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from ..models import Document, SuggestedEdit
from ..rules.edits import Edit
from ..rules.mapping import Standing, place_on_block, rivals
from ..rules.replay import Op, OpKind
from ..terms import Status
from .texts import ops_between

_EDIT = ("kind", "block", "start", "quote", "words")
Asked = tuple[UUID, int, Edit]


def overlaps(document: Document) -> list[tuple[UUID, UUID]]:
    """Every pair of open suggestions that change the same words differently, in today's text; two queries."""
    asked = _open_edits(document.pk)
    since = ops_between(document.pk, min((base for _, base, _ in asked), default=document.seq), document.seq)
    return clashes(_placed(asked, since))


def clashes(placed: Iterable[tuple[UUID, Edit]]) -> list[tuple[UUID, UUID]]:
    """The pairs among edits of one text; two who ask for the very same change are no rivals."""
    pairs = rivals(((one, edit), edit) for one, edit in placed)
    found = ((one, other) for (one, edit), (other, against) in pairs if one != other and edit != against)
    return list(dict.fromkeys(found))


def _open_edits(document_id: UUID) -> list[Asked]:
    rows = SuggestedEdit.objects.filter(suggestion__document_id=document_id, suggestion__status=Status.OPEN)
    rows = rows.exclude(kind=OpKind.INSERT_BLOCK).order_by("suggestion__number", "position")
    found = rows.values_list("suggestion_id", "suggestion__base_seq", *_EDIT)
    return [(one, base, Edit(*edit)) for one, base, *edit in found]


def _placed(asked: Sequence[Asked], since: Iterable[Op]) -> Iterable[tuple[UUID, Edit]]:
    by_block: dict[int, list[Op]] = {}
    for op in since:
        by_block.setdefault(op.block, []).append(op)
    for one, base, edit in asked:
        later = by_block.get(edit.block, [])
        place = place_on_block(edit, [op for op in later if op.seq > base])
        if place.standing is Standing.HOLDS:
            yield one, place.edit
