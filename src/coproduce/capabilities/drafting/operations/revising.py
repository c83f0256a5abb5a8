"""Writing the master copy anew while nobody waits for an answer on it: from outline to draft, and last corrections."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..models import Document, Suggestion
from ..rules.edits import edits_between, ops_of
from ..rules.moving import moved_whole
from ..terms import DOCUMENT, Status
from .writing import append, locked_document


@operation
def revise_document(
    *, by: Any, project_id: UUID, document_id: UUID, text: str, why: str, key: UUID | None = None
) -> Document:
    """Put a new text in the place of today's, word by word: what stays keeps its author, what is new is `by`'s."""
    queries.document_for(by, project_id, document_id, Purpose.RUN, DOCUMENT)
    document = locked_document(document_id)
    state = queries.text_now(document)
    before = state.text()
    settle(_findings(before, text, why, waiting=_anyone_waits(document)))
    edits = edits_between([(id, block.text) for id, block in state.alive()], text)
    ops = ops_of(moved_whole(edits), state)
    written = append(document, state, ((op, by) for op in ops), day=clock.today())
    record(
        by=by, verb="drafting.revise_document", thing=document, project_id=project_id,
        before={"text_sha256": queries.text_hash(before)},
        after={
            "text_sha256": queries.text_hash(text), "why": clean(why), **written.seal,
        },
    )  # fmt: skip
    return document


def _anyone_waits(document: Document) -> bool:
    return Suggestion.objects.filter(document=document, status=Status.OPEN).exists()


def _findings(before: str, text: str, why: str, *, waiting: bool) -> Iterator[Finding]:
    if waiting:
        yield refuse(
            "C17", _("Suggestions on this text wait for an answer. Until then it changes through them alone.")
        )
    if "\x00" in text or text == before:
        yield refuse("C17", _("Change some words."), subject="text")
    if not why.strip():
        yield refuse("C17", _("Say why the text changes."), subject="why")
