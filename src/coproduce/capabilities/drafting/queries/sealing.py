"""Do the operations of a text still say what the ledger says they said?"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from coproduce.core.ledger.writing import plain
from coproduce.core.models import Entry, Payload

from ..models import Document, Op
from ..rules.seals import SEALED, Seal, broken, fingerprint

_COLUMNS = [f"{name}_id" if name in ("author", "suggestion", "decision") else name for name in SEALED]


def seal_of(document_id: UUID, rows: Sequence[Op]) -> dict[str, Any]:
    """What an entry of the ledger keeps of operations just written."""
    if not rows:
        return {"operations": [], "operations_seal": ""}
    return {
        "document_id": document_id,
        "operations": [rows[0].seq, rows[-1].seq],
        "operations_seal": fingerprint(_plain([getattr(row, name) for name in _COLUMNS]) for row in rows),
    }


def altered_operations(project_id: UUID | None = None) -> list[str]:
    """Operations (of one project, or of all) that are not as they were written, in words; none where all is well.

    The chain of the ledger is checked elsewhere; this compares the texts with what the chain holds.
    """
    chosen = {} if project_id is None else {"project_id": project_id}
    documents = Document.objects.filter(**chosen).order_by("project_id", "code")
    return [
        f"{document.title}: operation {seq} is not as it was written"
        for project, those in groupby(documents, attrgetter("project_id"))
        for kept in [_seals(project)]
        for document in those
        for seq in broken(
            [one for one in kept.seals if one.document == str(document.pk)], _rows(document), kept.unknown
        )
    ]


class _Kept(NamedTuple):
    """What the ledger keeps of a project's texts, and how many entries say nothing of it (any more)."""

    seals: list[Seal]
    unknown: int


def _seals(project_id: UUID) -> _Kept:
    entries = Entry.objects.filter(chain_id=str(project_id), verb__startswith="drafting.")
    words = Payload.objects.filter(entry__in=entries).values_list("content", flat=True)
    kept = [content.get("after") or {} for content in words]
    # Before seals there was a fingerprint of the words alone.
    older = sum("operations_sha256" in after for after in kept)
    return _Kept([*_sealed(kept)], entries.count() - len(kept) + older)


def _sealed(kept: Iterable[Mapping[str, Any]]) -> Iterable[Seal]:
    for after in kept:
        if after.get("operations_seal"):
            first, last = after["operations"]
            yield Seal(after["document_id"], first, last, after["operations_seal"])


def _rows(document: Document) -> list[dict[str, Any]]:
    rows = Op.objects.filter(document=document).order_by("seq").values_list(*_COLUMNS)
    return [_plain(row) for row in rows.iterator(chunk_size=2_000)]


def _plain(values: Iterable[Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in zip(SEALED, values, strict=True)}
