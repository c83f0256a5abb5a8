"""How every change of a text is written down: operations appended, the snapshot of today moved along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.core import clock

from .. import queries
from ..models import Decision, Document, Op, Snapshot, Suggestion
from ..rules import replay
from ..rules.replay import State


@dataclass(frozen=True)
class Written:
    """The text after some operations were written, and what the ledger has to keep of them."""

    state: State
    seal: dict[str, Any]


def locked_document(document_id: UUID) -> Document:
    """The document, held until the end of the transaction: its writers take turns."""
    return Document.objects.select_for_update(no_key=True).get(pk=document_id)


def locked_in(project_id: UUID, document_id: UUID) -> Document:
    """The same, with the other documents of the project: they share the numbers of suggestions."""
    rows = Document.objects.select_for_update(no_key=True).filter(project_id=project_id).order_by("pk")
    return next(row for row in rows if row.pk == document_id)


def append(
    document: Document,
    state: State,
    made: Iterable[tuple[replay.Op, Any]],
    *,
    day: date,
    suggestion: Suggestion | None = None,
    decision: Decision | None = None,
) -> Written:
    """Write operations, each with its author, at the end of the document."""
    steps, now = list(made), clock.now()
    after = replay.replay((op for op, _ in steps), state)
    rows = Op.objects.bulk_create(
        [
            Op(
                document=document, **op._asdict(), author=author, suggestion=suggestion, decision=decision,
                day=day, at=now,
            )
            for op, author in steps
        ],
        batch_size=1_000,
    )  # fmt: skip
    document.seq = after.seq
    document.save(update_fields=["seq"])
    keep_snapshot(document, after)
    return Written(after, queries.seal_of(document.pk, rows))


def keep_snapshot(document: Document, state: State) -> None:
    """Today's text, kept so that pages need not replay it."""
    Snapshot.objects.update_or_create(
        document=document, version=None, defaults={"seq": state.seq, "blocks": replay.to_snapshot(state)}
    )
