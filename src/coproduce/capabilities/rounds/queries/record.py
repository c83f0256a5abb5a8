"""The rows of this capability for the record. Before the seal no row holds a word, a rating or a length."""

from typing import Any
from uuid import UUID

from ..models import Answer, Invitation, OpenedAnswer, OpenedBarrier, SecondAnswer
from ..terms import State
from .doors import project_rounds

_ROUND = (
    "id", "project_id", "code", "title", "proposal", "wording", "formats", "opens_at", "seals_at", "state",
    "opened_at", "sealed_at", "sealed_by_id", "root",
)  # fmt: skip
# Without the identifier, which tells to the millisecond when an answer came.
_COMMITTED = ("round_id", "revision", "commitment", "is_late")
_ANSWER = ("id", *_COMMITTED, "invitation_id", "submitted_at", "channel", "entered_by_id", "read_back")


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Rounds, invitations, commitments; words only of rounds that are sealed."""
    rounds = project_rounds(project_id)
    sealed = rounds.filter(state=State.SEALED).values("pk")
    unsealed = rounds.exclude(state=State.SEALED).values("pk")
    return {
        "rounds": list(rounds.values(*_ROUND)),
        "invitations": list(Invitation.objects.filter(round__project_id=project_id).order_by("pk").values()),
        "answers": [
            *Answer.objects.filter(round__in=sealed).order_by("pk").values(*_ANSWER),
            *Answer.objects.filter(round__in=unsealed).order_by("commitment").values(*_COMMITTED),
        ],
        "opened_answers": list(OpenedAnswer.objects.filter(round__in=sealed).order_by("pk").values()),
        "opened_barriers": list(OpenedBarrier.objects.filter(round__in=sealed).order_by("pk").values()),
        "second_answers": list(SecondAnswer.objects.filter(round__in=sealed).order_by("pk").values()),
    }


def unsealed_answer_ids(project_id: UUID) -> set[UUID]:
    """R24: the answers of which nobody may learn before the seal who gave them, and when; for the ledger."""
    answers = Answer.objects.filter(round__project_id=project_id).exclude(round__state=State.SEALED)
    return set(answers.values_list("pk", flat=True))
