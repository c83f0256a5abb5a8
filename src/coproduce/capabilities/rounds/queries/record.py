"""The rows of this capability for the record. Before the seal no row holds a word, a rating or a length."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Answer, Comment, Invitation, OpenedAnswer, OpenedBarrier, SecondAnswer, Support, Turn
from ..terms import Part, State
from .doors import ALL_OPEN, project_rounds

_ROUND = (
    "id", "project_id", "code", "title", "proposal", "wording", "formats", "opens_at", "seals_at", "state",
    "opened_at", "sealed_at", "sealed_by_id", "root", "kind", "follows_id", "reads_at", "questions", "translations",
    "in_turns", "turn_seconds", "reading_began_at", "reading_ended_at", "closed_at", "second_root",
)  # fmt: skip
# Second answers of a round that was read in turns stay closed until the round is.
WAITING = Q(part=Part.SECOND) & ~Q(round__state=State.CLOSED)
# Without the identifier, which tells to the millisecond when an answer came.
_COMMITTED = ("round_id", "part", "revision", "commitment", "is_late")
_ANSWER = (
    "id", *_COMMITTED, "exposed", "invitation_id", "submitted_at", "channel", "entered_by_id", "read_back",
)  # fmt: skip
# Not whether someone asked for double time, which is their own affair.
_INVITATION = (
    "id", "round_id", "seat_id", "person_id", "group_id", "group_code", "group_name", "group_kind", "invited_at",
    "came_late",
)  # fmt: skip


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Rounds, invitations, commitments; words only of rounds that are sealed."""
    rounds = project_rounds(project_id)
    sealed = rounds.filter(ALL_OPEN).values("pk")
    answers = Answer.objects.filter(round__project_id=project_id)
    told = answers.filter(round__in=sealed).exclude(WAITING)
    untold = answers.exclude(pk__in=told.values("pk"))
    return {
        "rounds": list(rounds.values(*_ROUND)),
        "invitations": list(
            Invitation.objects.filter(round__project_id=project_id).order_by("pk").values(*_INVITATION)
        ),
        "answers": [
            *told.order_by("pk").values(*_ANSWER),
            *untold.order_by("commitment").values(*_COMMITTED),
        ],
        "opened_answers": list(OpenedAnswer.objects.filter(round__in=sealed).order_by("pk").values()),
        "opened_barriers": list(OpenedBarrier.objects.filter(round__in=sealed).order_by("pk").values()),
        "second_answers": list(SecondAnswer.objects.filter(round__in=sealed).order_by("pk").values()),
        "supporters": list(
            Support.objects.filter(invitation__round__project_id=project_id).order_by("pk").values()
        ),
        "turns": list(Turn.objects.filter(round__in=sealed).order_by("round", "place").values()),
        "comments": list(Comment.objects.filter(round__in=sealed).order_by("pk").values()),
    }


def unsealed_answer_ids(project_id: UUID) -> set[UUID]:
    """R24: the answers of which nobody may learn before the seal who gave them, and when; for the ledger."""
    closed = project_rounds(project_id).exclude(ALL_OPEN).values("pk")
    answers = Answer.objects.filter(round__project_id=project_id)
    return set(answers.filter(Q(round__in=closed) | WAITING).values_list("pk", flat=True))
