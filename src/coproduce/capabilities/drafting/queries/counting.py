"""The figures of one document's suggestions."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people

from ..models import Decision, Document, Suggestion, Version
from ..rules.figures import Fact, Figures, figures_of
from ..terms import Status
from .texts import landed_in, versions_of

_SAID = ("pk", "kind", "section", "group__name", "author_id", "said_on", "due_on", "status")
_ANSWERED = ("suggestion_id", "outcome", "reason_code", "decided_on", "due_on", "landed_seq")


def figures(document: Document, jurisdiction: str, public: str) -> Figures:
    """What became of every suggestion; four queries. `public` is the name for those without a group."""
    groups = [group.name for group in people.groups_of(document.project_id)]
    return figures_of(_facts(document.pk, public), groups, jurisdiction)


def _facts(document_id: UUID, public: str) -> list[Fact]:
    versions = versions_of(document_id)
    rows = Decision.objects.filter(suggestion__document_id=document_id).order_by("decided_at", "pk")
    answers: dict[UUID, Any] = {id: answer for id, *answer in rows.values_list(*_ANSWERED)}
    said = Suggestion.objects.filter(document_id=document_id).order_by("number").values_list(*_SAID)
    return [_fact(row, answers.get(row[0]), versions, public) for row in said]


def _fact(row: Any, answer: Any, versions: list[Version], public: str) -> Fact:
    _id, kind, section, group, author, said_on, due_on, status = row
    outcome, reason, decided_on, promised, landed = answer or ("", "", None, None, None)
    # Who asked again waits for an answer, whatever the first one was.
    known = outcome if status not in (Status.WITHDRAWN, Status.OPEN) else ""
    return Fact(
        kind, section, group or public, author, said_on, promised or due_on, known, reason, decided_on,
        str(landed_in(landed, versions) or ""),
    )  # fmt: skip
