"""Asking participants how they met the eight commitments: an ordinary round, sealed like every other."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.terms import Format, Kind, QuestionForm
from coproduce.core import clock
from coproduce.core.operations import operation, record

from ..models import ViewRound
from ..terms import VIEW_ANSWERS, VIEW_QUESTIONS, VIEW_WORDING, Commitment, view_question_id


@operation
def start_view(
    *, by: Any, project_id: UUID, opens_at: datetime, seals_at: datetime, key: UUID | None = None
) -> ViewRound:
    """Draft a round with the eight questions; inviting, opening and sealing are the round's own."""
    the_round = rounds.draft_round(
        by=by, project_id=project_id, title=_("How did we keep our promises?"), opens_at=opens_at,
        seals_at=seals_at, kind=Kind.BARRIERS_ONLY, wording={name: str(words) for name, words in VIEW_WORDING.items()},
        questions=list(_questions()), formats=[one.value for one in Format],
    )  # fmt: skip
    view = ViewRound(round=the_round, project_id=project_id, at=clock.now())
    view.save(force_insert=True)
    record(
        by=by, verb="charter.start_view", thing=view, project_id=project_id, after={"round_id": the_round.pk}
    )
    return view


def _questions() -> Iterable[dict[str, Any]]:
    for commitment in Commitment:
        yield {
            "id": view_question_id(commitment), "words": str(VIEW_QUESTIONS[commitment]),
            "form": QuestionForm.ONE.value, "options": [str(words) for words in VIEW_ANSWERS],
        }  # fmt: skip
