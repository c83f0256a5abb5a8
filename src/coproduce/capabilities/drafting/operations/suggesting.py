"""Making a suggestion, for oneself or for someone else, and withdrawing it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean
from coproduce.core.working_days import add_working_days

from .. import queries
from ..events import SuggestionMade, SuggestionWithdrawn
from ..models import Document, SuggestedEdit, Suggestion
from ..rules import decisions
from ..rules.edits import Edit
from ..rules.outline import outline, section_of
from ..rules.replay import OpKind, State
from ..terms import SUGGESTION, Channel, Status, SuggestionKind
from .writing import locked_in

ANSWERED_WITHIN = 20  # working days, where the document promises no other date
GIST = 300
_FACTS = (
    "kind",
    "words",
    "reason",
    "block",
    "section",
    "page",
    "base_seq",
    "channel",
    "quote_consent",
    "said_on",
)
_KINDS = {
    OpKind.INSERT_BLOCK: SuggestionKind.ADD,
    OpKind.DELETE_BLOCK: SuggestionKind.REMOVE,
    OpKind.REPLACE: SuggestionKind.CHANGE,
}


@operation
def suggest(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    words: str = "",
    edits: Sequence[Edit] = (),
    reason: str = "",
    kind: str = "",
    block: int | None = None,
    section: str = "",
    page: str = "",
    base_seq: int | None = None,
    author: Any = None,
    group_id: UUID | None = None,
    channel: str = Channel.WEB,
    quote_consent: bool = False,
    said_on: date | None = None,
    due_on: date | None = None,
    doing: str = "",
    key: UUID | None = None,
) -> Suggestion:
    """Suggest words, or edits to the text as it was at `base_seq`; for an `author` other than `by`, on behalf.

    `queries.typed_edits` makes edits from what a person typed in place of a block.
    """
    behalf = author is not None and author.pk != by.pk
    purpose = Purpose.RUN if behalf else Purpose.CONTRIBUTE
    visit, _document = queries.document_for(by, project_id, document_id, purpose, SUGGESTION)
    document = locked_in(project_id, document_id)
    base = document.seq if base_seq is None else base_seq
    state = queries.text_at(document, min(base, document.seq))
    settle(_findings(words, edits, base, block, document, state))
    block = block or _first_block(edits, state)
    said_on = said_on or clock.today()
    suggestion = Suggestion(
        project_id=project_id, document=document, number=queries.next_number(project_id),
        kind=kind or _kind_of(edits), words=clean(words), gist=_gist(words, edits), reason=clean(reason),
        block=block, section=section or section_of(outline(state), state, block or 0), page=page, base_seq=base,
        base_version=queries.version_at(document_id, base), author=author or by, entered_by=by,
        group_id=group_id or _main_group(author or by, project_id), channel=channel,
        quote_consent=quote_consent, said_on=said_on, made_at=clock.now(), doing=doing,
        due_on=due_on or _promised(document, visit, said_on, channel),
    )  # fmt: skip
    suggestion.save(force_insert=True)
    SuggestedEdit.objects.bulk_create(
        SuggestedEdit(suggestion=suggestion, position=position, **edit._asdict())
        for position, edit in enumerate(edits)
    )
    facts = {name: getattr(suggestion, name) for name in _FACTS}
    record(
        by=by, verb="drafting.suggest", thing=suggestion, project_id=project_id,
        on_behalf_of=author if behalf else None,
        after={**facts, "ref": suggestion.ref, "edits": [list(edit) for edit in edits]},
    )  # fmt: skip
    post(SuggestionMade(project_id, suggestion.pk))
    return suggestion


@operation
def withdraw(
    *, by: Any, project_id: UUID, suggestion_id: UUID, reason: str, key: UUID | None = None
) -> Suggestion:
    """Withdraw one's own suggestion, or someone's at their wish. It stays on the record."""
    visit, _found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.READ)
    suggestion = _locked(suggestion_id)
    if suggestion.author_id != by.pk and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    settle(decisions.a_withdrawal_has_its_reason(status=suggestion.status, reason=reason))
    before = {"status": suggestion.status}
    suggestion.status, suggestion.withdrawn_at = Status.WITHDRAWN, clock.now()
    suggestion.withdrawn_because = clean(reason)
    suggestion.save(update_fields=["status", "withdrawn_at", "withdrawn_because"])
    record(
        by=by, verb="drafting.withdraw", thing=suggestion, project_id=project_id, before=before,
        after={"status": suggestion.status, "reason": suggestion.withdrawn_because},
        on_behalf_of=suggestion.author if suggestion.author_id != by.pk else None,
    )  # fmt: skip
    post(SuggestionWithdrawn(project_id, suggestion.pk))
    return suggestion


def _locked(suggestion_id: UUID) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",), no_key=True).select_related("author")
    return rows.get(pk=suggestion_id)


def _findings(
    words: str, edits: Sequence[Edit], base: int, block: int | None, document: Document, state: State
) -> Iterable[Finding]:
    if not words.strip() and not edits:
        yield refuse("C17", _("Change some words, or write what you suggest."), subject="words")
    known = state.blocks.get(block) if block else None
    if base > document.seq or (block and not (known and known.alive)):
        yield refuse("C17", _("This part of the text is no longer there. Open the page again."))
    elif not all(_fits(edit, state) for edit in edits):
        yield refuse("C17", _("The text has changed while you were writing. Open the page again."))


def _fits(edit: Edit, state: State) -> bool:
    """Whether the words that an edit quotes are what stands there."""
    if edit.kind == OpKind.INSERT_BLOCK:
        return not edit.block or edit.block in state.blocks
    standing = state.blocks.get(edit.block)
    if standing is None or not standing.alive or "\x00" in edit.words:
        return False
    whole = edit.kind == OpKind.REPLACE or edit.quote == standing.text
    return whole and edit.end <= len(standing.text) and standing.text[edit.start : edit.end] == edit.quote


def _first_block(edits: Sequence[Edit], state: State) -> int | None:
    """The block that a suggestion is about; for new words, the one they follow."""
    standing = [edit for edit in edits if edit.block in state.blocks and state.blocks[edit.block].alive]
    changing = [edit for edit in standing if edit.kind != OpKind.INSERT_BLOCK]
    return next((edit.block for edit in changing + standing), None)


def _kind_of(edits: Sequence[Edit]) -> str:
    kinds = {_KINDS[OpKind(edit.kind)] for edit in edits}
    if all(edit.kind == OpKind.REPLACE and not edit.quote for edit in edits) and edits:
        return SuggestionKind.ADD
    return kinds.pop() if len(kinds) == 1 else SuggestionKind.CHANGE


def _gist(words: str, edits: Sequence[Edit]) -> str:
    """One line for lists: the words, or the first words that give way to others."""
    if words.strip() or not edits:
        line = " ".join(words.split())
    else:
        old, new = (" ".join(text.split())[: GIST // 2 - 5] for text in (edits[0].quote, edits[0].words))
        line = " → ".join(f"“{text}”" if text else "–" for text in (old, new))
    return line if len(line) <= GIST else line[: GIST - 1] + "…"


def _main_group(author: Any, project_id: UUID) -> UUID | None:
    group = people.group_of(author, project_id)
    return group.pk if group else None


def _promised(document: Document, visit: Visit, said_on: date, channel: str) -> date | None:
    """Imported history promised nobody a date."""
    if channel == Channel.IMPORT:
        return None
    return document.answers_by or add_working_days(said_on, ANSWERED_WITHIN, visit.project.jurisdiction)
