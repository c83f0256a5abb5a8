"""Taking an acceptance back while nothing has changed the text since; what was done stays on the record."""

from typing import Any

from coproduce.core import clock
from coproduce.core.operations import record

from .. import queries
from ..models import Decision, Document
from ..rules.undoing import undone
from .writing import append


def take_back(decision: Decision, document: Document, *, by: Any) -> None:
    """Give the text, its writers and its order back as they were before this acceptance."""
    steps = queries.steps_of(decision)
    if not steps:
        return
    before = queries.text_at(document, steps[0].seq - 1)
    ops = undone(steps, before)
    written = append(
        document, queries.text_now(document), ((op, by) for op in ops), day=clock.today(),
        suggestion=decision.suggestion, decision=decision,
    )  # fmt: skip
    record(
        by=by, verb="drafting.take_back", thing=decision, project_id=document.project_id, after=written.seal
    )
