"""Opening a draft from a text."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects import rules as project_rules
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, Override, refuse, settle
from coproduce.core.operations import operation, record

from .. import queries
from ..events import DocumentStarted
from ..models import Document
from ..rules.edits import edits_between, ops_of
from ..rules.replay import State
from ..rules.word import parts
from ..terms import DOCUMENT
from .pictures import keep_pictures
from .writing import append

LARGEST_TEXT = 5_000_000


@operation
def start_document(
    *,
    by: Any,
    project_id: UUID,
    title: str,
    text: str = "",
    language: str = "en-gb",
    answers_by: date | None = None,
    left_out: Sequence[str] = (),
    pictures: Sequence[parts.Picture] = (),
    override: Override | None = None,
    key: UUID | None = None,
) -> Document:
    """Open a draft with this Markdown text; every block gets its permanent id."""
    projects.visit(by, project_id, DOCUMENT, Purpose.RUN)
    shared = projects.foreword_is_shared(project_id)
    kept = settle(
        [
            *_text_findings(title, text),
            *project_rules.a_draft_follows_a_shared_foreword(foreword_shared=shared),
        ],
        override,
    )
    document = Document(
        project_id=project_id, code=f"D{queries.documents_of(project_id).count() + 1}", title=title,
        language=language, answers_by=answers_by, left_out=list(left_out), started_by=by,
        started_at=clock.now(),
    )  # fmt: skip
    document.save(force_insert=True)
    keep_pictures(document, pictures)
    ops = ops_of(edits_between([], text), State())
    written = append(document, State(), ((op, by) for op in ops), day=clock.today())
    record(
        by=by, verb="drafting.start_document", thing=document, project_id=project_id,
        after={
            "code": document.code, "title": title, "text_sha256": queries.text_hash(text),
            "left_out": list(left_out), "pictures": len(pictures), **written.seal,
        },
        findings=kept, override=override.reason if override else "",
    )  # fmt: skip
    post(DocumentStarted(project_id, document.pk))
    return document


@operation
def promise_answers(
    *, by: Any, project_id: UUID, document_id: UUID, answers_by: date, key: UUID | None = None
) -> Document:
    """Set the day by which suggestions on a document get their answer."""
    _visit, document = queries.document_for(by, project_id, document_id, Purpose.RUN)
    before, document.answers_by = document.answers_by, answers_by
    document.save(update_fields=["answers_by"])
    record(
        by=by, verb="drafting.promise_answers", thing=document, project_id=project_id,
        before={"answers_by": before}, after={"answers_by": answers_by},
    )  # fmt: skip
    return document


def _text_findings(title: str, text: str) -> list[Finding]:
    found = []
    if not title.strip():
        found.append(refuse("C17", _("Give the document a title."), subject="title"))
    if "\x00" in text:
        found.append(refuse("C17", _("The text has a character that cannot be kept."), subject="text"))
    if len(text) > LARGEST_TEXT:
        found.append(
            refuse("C17", _("The text is too long. Split it into several documents."), subject="text")
        )
    return found
