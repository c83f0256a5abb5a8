"""The figures of one document's suggestions, and the suggestions behind each figure."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from coproduce.capabilities.people import queries as people

from ..models import Decision, Document, Suggestion, Version
from ..rules.compare import Mark, compare
from ..rules.figures import Fact, Figures, figures_of
from ..rules.replay import Op
from ..terms import Status
from .texts import STEP, landed_in, steps_between, text_at, versions_of
from .traces import Moment

_SAID = (
    "pk", "kind", "section", "group__name", "author_id", "said_on", "due_on", "status", "number", "gist",
    "author__name", "author__display_name",
)  # fmt: skip
_ANSWERED = ("suggestion_id", "outcome", "reason_code", "decided_on", "due_on", "landed_seq")


class Counted(NamedTuple):
    """Every suggestion of a document as a fact, and the groups of its project in order."""

    facts: list[Fact]
    groups: list[str]


def counted(document: Document, public: str, versions: Sequence[Version] | None = None) -> Counted:
    """Three queries, or four where the versions are not known. `public` names those without a group."""
    known = versions_of(document.pk) if versions is None else versions
    groups = [group.name for group in people.groups_of(document.project_id)]
    return Counted(facts(document, public, known), groups)


def facts(document: Document, public: str, versions: Iterable[Version]) -> list[Fact]:
    """Every suggestion with the answer that counts, by number; two queries."""
    rows = Decision.objects.filter(suggestion__document=document).order_by("decided_at", "pk")
    answers: dict[UUID, Any] = {id: answer for id, *answer in rows.values_list(*_ANSWERED)}
    said = Suggestion.objects.filter(document=document).order_by("number").values_list(*_SAID)
    return [_fact(row, answers.get(row[0]), versions, public) for row in said]


def figures(document: Document, jurisdiction: str, public: str) -> Figures:
    """What became of every suggestion; four queries."""
    return figures_of(*counted(document, public), jurisdiction)


def suggestions_between(document: Document, older: Moment, newer: Moment) -> frozenset[UUID]:
    """The suggestions behind the words that differ between two moments of a text; three queries at most."""
    before, after = sorted((older.at_seq, newer.at_seq))
    steps = steps_between(document.pk, before, after).values_list(*STEP, "suggestion_id")
    rows = [(Op(*step), cause) for *step, cause in steps]
    found = compare(text_at(document, before), (op for op, _cause in rows))
    causes = {op.seq: cause for op, cause in rows}
    pieces = (piece for pieces in found.changed.values() for piece in pieces)
    keys = (causes[piece.seq] for piece in pieces if piece.mark is not Mark.KEPT)
    return frozenset(key for key in keys if key)


def _fact(row: Any, answer: Any, versions: Iterable[Version], public: str) -> Fact:
    id, kind, section, group, author, said_on, due_on, status, number, gist, name, display_name = row
    outcome, reason, decided_on, promised, landed = answer or ("", "", None, None, None)
    # Who asked again waits for an answer, whatever the first one was.
    known = outcome if status not in (Status.WITHDRAWN, Status.OPEN) else ""
    return Fact(
        kind, section, group or public, author, said_on, promised or due_on, known, reason, decided_on,
        str(landed_in(landed, versions) or ""), id, number, gist, display_name or name, status == Status.WITHDRAWN,
    )  # fmt: skip
