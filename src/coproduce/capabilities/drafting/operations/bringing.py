"""A Word file that came back: what people changed in it becomes suggestions, all at once or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.accounts import operations as accounts
from coproduce.capabilities.accounts import queries as accounts_queries
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import BadText, clean

from .. import queries
from ..models import Document, Suggestion, WordOrigin, WordUpload
from ..rules.edits import Edit
from ..rules.outline import outline, section_of
from ..rules.word.found import Found, What
from ..terms import SUGGESTION, Channel, SuggestionKind
from .suggesting import suggest

FIRST_YEAR = 1990  # of dates in Word files that can be meant
_KINDS = {
    What.COMMENT: SuggestionKind.ASK, What.OBJECTION: SuggestionKind.REMOVE, What.INSIDE: SuggestionKind.ADD,
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """One change found in a file, and whose it is: a person who is here, or a name that is not."""

    found: Found
    author_id: UUID | None = None
    new_name: str = ""


@operation
def bring_in_word(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    taken: Sequence[Taken],
    base_seq: int,
    sha256: str,
    key: UUID | None = None,
) -> WordUpload:
    """Store what somebody confirmed of a Word file as suggestions on the text that it was made from."""
    _visit, document = queries.document_for(by, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION)
    settle(_findings(document, taken, base_seq))
    upload = WordUpload(document=document, by=by, at=clock.now(), sha256=sha256, base_seq=base_seq)
    upload.save(force_insert=True)
    people = _People(by)
    state = queries.text_at(document, base_seq)
    headings = outline(state)
    made = []
    for one in taken:
        section = section_of(headings, state, one.found.block) or document.title
        suggestion = _suggest(by, document, one.found, people.of(one), base_seq, section)
        WordOrigin.objects.create(
            suggestion=suggestion, upload=upload, name_in_file=one.found.author[:300],
            moment_in_file=one.found.when[:40], tracked=one.found.what != What.UNTRACKED,
            about=queries.suggestion_by_ref(project_id, one.found.about) if one.found.about else None,
        )  # fmt: skip
        made.append(suggestion.ref)
    record(
        by=by, verb="drafting.bring_in_word", thing=upload, project_id=project_id,
        after={"file_sha256": sha256, "base_seq": base_seq, "suggestions": made},
    )  # fmt: skip
    return upload


class _People:
    """Each person once; a new name is added once."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.known: dict[UUID | str, Any] = {by.pk: by}

    def of(self, taken: Taken) -> Any:
        key = taken.author_id or taken.new_name
        if key not in self.known:
            self.known[key] = self._found(taken)
        return self.known[key]

    def _found(self, taken: Taken) -> Any:
        if taken.author_id is None:
            return accounts.add_person(by=self.by, name=taken.new_name)
        found = accounts_queries.people([taken.author_id])
        if taken.author_id not in found:
            raise NotThere
        return found[taken.author_id]


def _suggest(
    by: Any, document: Document, found: Found, author: Any, base_seq: int, section: str
) -> Suggestion:
    return suggest(
        by=by, project_id=document.project_id, document_id=document.pk, edits=[_spelled(edit) for edit in found.edits],
        words=_words(found),
        kind=_KINDS.get(found.what, "" if found.edits else SuggestionKind.CHANGE),
        block=found.block if found.block and not found.edits else None, section=section, base_seq=base_seq,
        author=author, channel=Channel.WORD, said_on=day_of(found.when),
    )  # fmt: skip


def _spelled(edit: Edit) -> Edit:
    """One spelling for each character, as in everything that comes in."""
    return edit._replace(words=normalize("NFC", edit.words))


def _words(found: Found) -> str:
    """What somebody did inside another's suggestion is said in words; what they wrote themselves stays as it is."""
    facts = {"ref": found.about, "words": found.words}
    if found.what == What.OBJECTION:
        return _("In %(ref)s, leave out: “%(words)s”") % facts
    if found.what == What.INSIDE:
        return _("In %(ref)s, write: “%(words)s”") % facts
    return found.words


def day_of(when: str) -> date:
    """The day that a file says, where it can be true; else today."""
    today = clock.today()
    try:
        said = datetime.fromisoformat(when.removesuffix("Z")[:19]).date()
    except ValueError:
        return today
    return said if said.year >= FIRST_YEAR and said <= today else today


def _findings(document: Document, taken: Sequence[Taken], base_seq: int) -> Iterator[Finding]:
    if not taken:
        yield refuse("C17", _("Choose at least one change."), subject="take")
    if not 0 <= base_seq <= document.seq:
        yield refuse("C17", _("This part of the text is no longer there. Open the page again."))
    if not all(_can_be_kept(one.found) for one in taken):
        yield refuse(
            "C17", _("The file has characters that cannot be kept. Write these words again in Word.")
        )


def _can_be_kept(found: Found) -> bool:
    try:
        clean("".join([found.words, *(edit.words for edit in found.edits)]))
    except BadText:
        return False
    return True
