"""Taking words out of a suggestion, with a reason: the only way besides withdrawing, as nothing is deleted (R86)."""

from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.ledger.erasing import erase_words_about
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..models import Redaction, SuggestedEdit, Suggestion
from ..rules import replies as rules
from .writing import locked_document

TAKEN_OUT = "[…]"
_TEXTS = ("words", "reason", "gist")


@operation
def redact(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    reason: str,
    passage: str = "",
    key: UUID | None = None,
) -> Suggestion:
    """Take one passage out of a suggestion's own words, or (without `passage`) all of them.

    Words of others in the master copy stay; what was taken into it changes by a suggestion, like all of it.
    """
    _visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.RUN)
    locked_document(found.document_id)
    suggestion = Suggestion.objects.select_for_update(no_key=True).get(pk=found.pk)
    edits = list(SuggestedEdit.objects.filter(suggestion=suggestion))
    passage = clean(passage).strip()
    texts = [*(getattr(suggestion, name) for name in _TEXTS), *(edit.words for edit in edits)]
    settle(
        rules.a_redaction_has_its_reason(
            reason=reason, passage=passage, found=any(passage in text for text in texts)
        )
    )
    # The row comes first: without it the database lets nobody touch what was suggested.
    Redaction.objects.create(
        suggestion=suggestion, reason=clean(reason), whole=not passage, by=by, at=clock.now()
    )
    _take_out(suggestion, edits, passage)
    erase_words_about(str(project_id), suggestion, "drafting.suggest")
    record(
        by=by, verb="drafting.redact", thing=suggestion, project_id=project_id,
        after={"redacted_because": clean(reason), "whole": not passage, "status": suggestion.status},
    )  # fmt: skip
    return suggestion


def _take_out(suggestion: Suggestion, edits: list[SuggestedEdit], passage: str) -> None:
    for name in _TEXTS:
        setattr(suggestion, name, _without(getattr(suggestion, name), passage))
    # What was taken out is not to be found in public quotes either.
    suggestion.quote_consent = False
    suggestion.save(update_fields=[*_TEXTS, "quote_consent"])
    for edit in edits:
        if edit.words:
            SuggestedEdit.objects.filter(pk=edit.pk).update(words=_without(edit.words, passage))


def _without(text: str, passage: str) -> str:
    if not passage:
        return TAKEN_OUT if text.strip() else text
    return text.replace(passage, TAKEN_OUT)
