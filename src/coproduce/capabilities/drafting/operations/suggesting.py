"""Making a suggestion, for oneself or for someone else, and withdrawing it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from ..rules.blocks import body
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


@dataclass(frozen=True)
class Voice:
    """Whose suggestion it is, in which name it stands, who is on record as entering it, and for which group."""

    person: Any
    author: Any
    entered_by: Any
    group_id: UUID | None = None
    seal: str = ""


@operation
def suggest(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    author: Any = None,
    group_id: UUID | None = None,
    key: UUID | None = None,
    **said: Any,
) -> Suggestion:
    """Suggest words, or edits to the text as it was at `base_seq`; for an `author` other than `by`, on behalf.

    `queries.typed_edits` makes edits from what a person typed in place of a block. `said` is what `written_down`
    takes. A suggestion that carries no name is `suggest_unnamed`'s.
    """
    whose = author or by
    voice = Voice(whose, whose, by, group_id or main_group(whose, project_id))
    visit, _document = _door(by, project_id, document_id, on_behalf=whose.pk != by.pk)
    return written_down(visit, document_id, voice, **said)


def written_down(
    visit: Visit,
    document_id: UUID,
    voice: Voice,
    *,
    words: str = "",
    edits: Sequence[Edit] = (),
    reason: str = "",
    kind: str = "",
    block: int | None = None,
    section: str = "",
    page: str = "",
    base_seq: int | None = None,
    channel: str = Channel.WEB,
    quote_consent: bool = False,
    said_on: date | None = None,
    due_on: date | None = None,
    doing: str = "",
) -> Suggestion:
    """The suggestion, numbered and on the record. Keeping a passage needs no words of one's own."""
    project_id = visit.project.pk
    document = locked_in(project_id, document_id)
    base = document.seq if base_seq is None else base_seq
    state = queries.text_at(document, min(base, document.seq))
    settle(_findings(words if kind != SuggestionKind.KEEP else kind, edits, base, block, document, state))
    block = block or _first_block(edits, state)
    said_on = said_on or clock.today()
    suggestion = Suggestion(
        project_id=project_id, document=document, number=queries.next_number(project_id),
        kind=kind or _kind_of(edits), words=clean(words), gist=_gist(words or section, edits, state, block),
        reason=clean(reason), block=block, section=section or section_of(outline(state), state, block or 0),
        page=page, base_seq=base, base_version=queries.version_at(document_id, base), author=voice.author,
        entered_by=voice.entered_by, group_id=voice.group_id, channel=channel, quote_consent=quote_consent,
        said_on=said_on, made_at=clock.now(), doing=doing,
        due_on=due_on or _promised(document, visit, said_on, channel),
    )  # fmt: skip
    suggestion.save(force_insert=True)
    SuggestedEdit.objects.bulk_create(
        SuggestedEdit(suggestion=suggestion, position=position, **edit._asdict())
        for position, edit in enumerate(edits)
    )
    facts = {name: getattr(suggestion, name) for name in _FACTS}
    sealed = {"sealed_author": voice.seal} if voice.seal else {}
    record(
        by=voice.entered_by, verb="drafting.suggest", thing=suggestion, project_id=project_id,
        on_behalf_of=voice.author if voice.author.pk != voice.entered_by.pk else None,
        after={**facts, "ref": suggestion.ref, "edits": [list(edit) for edit in edits], **sealed},
    )  # fmt: skip
    post(SuggestionMade(project_id, suggestion.pk))
    return suggestion


def _door(by: Any, project_id: UUID, document_id: UUID, *, on_behalf: bool) -> tuple[Visit, Document]:
    purpose = Purpose.RUN if on_behalf else Purpose.CONTRIBUTE
    return queries.document_for(by, project_id, document_id, purpose, SUGGESTION)


@operation
def withdraw(
    *, by: Any, project_id: UUID, suggestion_id: UUID, reason: str, key: UUID | None = None
) -> Suggestion:
    """Withdraw one's own suggestion, or someone's at their wish. It stays on the record."""
    visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.READ)
    suggestion = _locked(suggestion_id)
    if not found.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    settle(decisions.a_withdrawal_has_its_reason(status=suggestion.status, reason=reason))
    before = {"status": suggestion.status}
    suggestion.status, suggestion.withdrawn_at = Status.WITHDRAWN, clock.now()
    suggestion.withdrawn_because = clean(reason)
    suggestion.save(update_fields=["status", "withdrawn_at", "withdrawn_because"])
    # Who made it without a name withdraws it without one.
    actor = suggestion.author if found.own else by
    record(
        by=actor, verb="drafting.withdraw", thing=suggestion, project_id=project_id, before=before,
        after={"status": suggestion.status, "reason": suggestion.withdrawn_because},
        on_behalf_of=suggestion.author if suggestion.author_id != actor.pk else None,
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


def _gist(words: str, edits: Sequence[Edit], state: State, block: int | None) -> str:
    """One line for lists: the words, or the first words that give way to others, or the passage to keep."""
    if edits and not words.strip():
        old, new = (" ".join(text.split())[: GIST // 2 - 5] for text in (edits[0].quote, edits[0].words))
        line = " → ".join(f"“{text}”" if text else "–" for text in (old, new))
    elif words.strip() or block is None:
        line = " ".join(words.split())
    else:
        line = f"“{' '.join(body(state.blocks[block].text).split())}”"
    return line if len(line) <= GIST else line[: GIST - 1] + "…"


def main_group(author: Any, project_id: UUID) -> UUID | None:
    group = people.group_of(author, project_id)
    return group.pk if group else None


def _promised(document: Document, visit: Visit, said_on: date, channel: str) -> date | None:
    """Imported history promised nobody a date."""
    if channel == Channel.IMPORT:
        return None
    return document.answers_by or add_working_days(said_on, ANSWERED_WITHIN, visit.project.jurisdiction)
