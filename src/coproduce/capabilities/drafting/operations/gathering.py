"""Reading in what people made of one text, each alone: every whole edited text becomes small suggestions.

What was read in before is known again and not written twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects import queries as project_queries
from coproduce.core.findings import Override

from .. import queries
from ..models import Document, Suggestion
from ..rules.blocks import heading_of, split
from ..rules.edits import edits_between
from ..rules.parting import parted
from ..rules.replay import State
from ..rules.versions import Number
from ..terms import Channel
from .edited_texts import Edited, base_text, read_suggestions
from .folders import LONGEST_NAME, People
from .publishing import publish_version
from .starting import start_document
from .suggesting import suggest

WHY_NO_FOREWORD = "Imported suggestions: people were asked elsewhere, before this project."


@dataclass(frozen=True)
class Gathered:
    """What was read in: the suggestions of this folder, and the pairs of open ones that overlap."""

    project_id: UUID
    suggestions: list[Suggestion]
    overlaps: list[tuple[str, str]]


def import_suggestions(by: Any, folder: Path, base: Path) -> Gathered:
    """Make suggestions on the text in `base` of the edited texts in `folder`, in one project for each base."""
    text = base_text(base)
    edited = list(read_suggestions(folder, base, text))
    with transaction.atomic():
        document = _document_of(by, text, base.stem)
        made = _suggested(by, document, edited)
        document.refresh_from_db()
        refs = {one.pk: one.ref for one in queries.suggestions_on(document.pk)}
        pairs = [(refs[one], refs[other]) for one, other in queries.overlaps(document)]
    return Gathered(document.project_id, made, pairs)


def _document_of(by: Any, text: str, name: str) -> Document:
    """The document that starts with this text: made by the first import, found by later ones."""
    fingerprint = sha256(b"suggestions on\n" + text.encode()).hexdigest()
    known = project_queries.project_imported_from(fingerprint)
    if known:
        return queries.documents_of(known.pk).get()
    title = _title(text) or name
    project = projects.start_project(
        by=by,
        title=title,
        imported_from=fingerprint,
        summary="Suggestions that people made elsewhere on one text.",
    )
    document = start_document(
        by=by, project_id=project.pk, title=title, text=text, override=Override(WHY_NO_FOREWORD)
    )
    publish_version(
        by=by, project_id=project.pk, document_id=document.pk, number=Number(0, 1),
        summary="The text that people were asked about",
    )  # fmt: skip
    return document


def _title(text: str) -> str:
    headings = (heading_of(block) for block in split(text))
    return next((words for _level, words in filter(None, headings) if words), "")[:LONGEST_NAME]


def _suggested(by: Any, document: Document, edited: Sequence[Edited]) -> list[Suggestion]:
    first = queries.versions_of(document.pk)[0]
    base = queries.text_at(document, first.at_seq)
    people = People(by)
    people.known = {one.author.name: one.author for one in queries.suggestions_on(document.pk)}
    return [
        suggestion
        for one in sorted(edited, key=lambda one: one.day)
        for suggestion in _suggestions_of(by, document, people, one, base)
    ]


def _suggestions_of(
    by: Any, document: Document, people: People, edited: Edited, base: State
) -> Iterator[Suggestion]:
    blocks = [(id, block.text) for id, block in base.alive()]
    words = sha256(edited.text.encode()).hexdigest()
    for number, edits in enumerate(parted(edits_between(blocks, edited.text), base)):
        # The same words by the same person on the same day are the same suggestion, whenever they are read in.
        same = f"{document.pk} {edited.name} {edited.day} {words} {number}"
        yield suggest(
            by=by, project_id=document.project_id, document_id=document.pk, edits=edits, reason=edited.why,
            base_seq=base.seq, author=people.named(edited.name), channel=Channel.IMPORT, said_on=edited.day,
            key=uuid5(NAMESPACE_URL, same),
        )  # fmt: skip
