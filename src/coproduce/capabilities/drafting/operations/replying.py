"""The suggester's word on an answer: satisfied, not satisfied, and asking again once."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean
from coproduce.core.working_days import add_working_days

from .. import queries
from ..events import SuggestionReopened
from ..models import Document, Reaction, Suggestion
from ..rules import replies as rules
from ..terms import SUGGESTION, Status
from .deciding import newest_decision
from .suggesting import ANSWERED_WITHIN
from .writing import locked_document


@operation
def react(
    *,
    by: Any,
    project_id: UUID,
    suggestion_id: UUID,
    decision_id: UUID,
    verdict: str,
    words: str = "",
    asks_again: bool = False,
    key: UUID | None = None,
) -> Reaction:
    """Say whether an answer satisfies; who suggested it says so, or whoever runs the project at their wish.

    Asking again opens the suggestion anew with a new promised day; the answer stays beside it.
    """
    visit, found = queries.suggestion_for(by, project_id, suggestion_id, Purpose.READ)
    if not found.own and not visit.may(SUGGESTION, Purpose.RUN):
        raise NotThere
    document = locked_document(found.document_id)
    suggestion = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    answer = newest_decision(suggestion_id)
    settle(
        rules.a_reply_is_to_the_answer_that_counts(
            newest=answer.pk if answer else None, meant=decision_id,
            replied=Reaction.objects.filter(decision_id=decision_id).exists(),
            withdrawn=suggestion.status == Status.WITHDRAWN,
        )
    )  # fmt: skip
    actor = found.author if found.own else by
    reaction = Reaction(
        decision=answer, suggestion=suggestion, verdict=verdict, words=clean(words), asks_again=asks_again,
        entered_by=actor, at=clock.now(),
    )  # fmt: skip
    asked_before = Reaction.objects.filter(suggestion=suggestion, asks_again=True).exists()
    settle(rules.asking_again_has_its_words(reaction, asked_before=asked_before))
    reaction.save(force_insert=True)
    if asks_again:
        _open_again(suggestion, document, visit.project.jurisdiction)
    record(
        by=actor, verb="drafting.react", thing=suggestion, project_id=project_id,
        on_behalf_of=suggestion.author if not found.own else None,
        after={
            "verdict": verdict, "reply": reaction.words, "asks_again": asks_again, "status": suggestion.status,
            "due_on": suggestion.due_on,
        },
    )  # fmt: skip
    return reaction


def _open_again(suggestion: Suggestion, document: Document, jurisdiction: str) -> None:
    suggestion.status, suggestion.due_on = Status.OPEN, _promised_again(document, jurisdiction)
    suggestion.save(update_fields=["status", "due_on"])
    post(SuggestionReopened(suggestion.project_id, suggestion.pk))


def _promised_again(document: Document, jurisdiction: str) -> date:
    """The full time once more, and never earlier than what everybody else was promised."""
    due = add_working_days(clock.today(), ANSWERED_WITHIN, jurisdiction)
    return max(due, document.answers_by or due)
