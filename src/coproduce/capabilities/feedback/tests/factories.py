"""A document with answered suggestions, and statements over them."""

from dataclasses import dataclass, field
from typing import Any

from coproduce.capabilities.drafting.tests.factories import Draft, make_draft
from coproduce.capabilities.feedback import operations
from coproduce.capabilities.feedback.models import Statement
from coproduce.capabilities.people import operations as people

ANSWERS = ("accepted", "in_part", "declined", "passed_on")


@dataclass
class Answered:
    """`draft` with four suggestions by Priya (a carer with a seat), answered in the four ways."""

    draft: Draft
    seat: Any
    suggestions: list[Any] = field(default_factory=list)

    @property
    def at(self) -> dict[str, Any]:
        return {"project_id": self.draft.project.pk, "document_id": self.draft.document.pk}

    def state(self, *suggestions: Any, by: Any = None, **more: Any) -> Statement:
        facts = {"heading": "Night visits", "said": "You asked for nights.", "did": "Nights are in."}
        return operations.write_statement(
            by=by or self.draft.facilitator, **self.at, facts=facts | more.pop("facts", {}),
            suggestion_ids=[one.pk for one in suggestions], **more,
        )  # fmt: skip

    def suggest(self, words: str, outcome: str = "", **more: Any) -> Any:
        suggestion = self.draft.suggest(words=words, **more)
        if outcome:
            # "In part" carries words into the text, so it names their place.
            self.draft.decide(
                suggestion, outcome, place="Section 1", reason_code="" if outcome == "accepted" else "LAW",
                reason="" if outcome == "accepted" else "The law says so.", sent_to="The health board",
                due_on=suggestion.said_on,
            )  # fmt: skip
            suggestion.refresh_from_db()
        return suggestion


def make_answered(**seat: Any) -> Answered:
    draft = make_draft()
    runs = {"by": draft.facilitator, "project_id": draft.project.pk}
    group = people.add_group(**runs, name="Unpaid carers", kind="carers", places_wanted=1)
    chosen = {"quotes_agreed": True, "acknowledgement": "first name"} | seat
    placed = people.add_seat(**runs, main_group_id=group.pk, person=draft.citizen, **chosen)
    answered = Answered(draft, placed)
    answered.suggestions = [
        answered.suggest(f"Words about {outcome}", outcome, reason=f"Reason for {outcome}")
        for outcome in ANSWERS
    ]
    return answered
