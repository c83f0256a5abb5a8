"""A log with answers, for tests of this capability and of those above."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.questions import operations
from coproduce.capabilities.questions.terms import STARTERS, Kind, Stage, Status


def answer_every_kind(*, asker: Any, answerer: Any, project_id: UUID, stage: Stage) -> None:
    """The gate of this stage is met: each kind was asked by one and answered by the other."""
    for kind in Kind:
        asked = operations.ask(
            by=asker, project_id=project_id, stage=stage, kind=kind, words=str(STARTERS[kind][0])
        )
        operations.answer(
            by=answerer,
            project_id=project_id,
            question_id=asked.pk,
            status=Status.ANSWERED,
            answer="We asked.",
        )
