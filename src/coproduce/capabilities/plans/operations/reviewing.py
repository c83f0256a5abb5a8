"""A manager's review of the plan."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import PlanReview
from ..terms import Rag, settled_date


@operation
def review_plan(
    *, by: Any, project_id: UUID, rhythm: str, words: str, next_on: date | None, key: UUID | None = None
) -> PlanReview:
    """Write down that somebody looked at the whole plan, how it stood, and when it is looked at again."""
    queries.visit_plan(by, project_id, Purpose.DECIDE)
    today = clock.today()
    kept = settle(
        [
            *rules.a_review_says_something(words, rhythm),
            *rules.the_next_review_keeps_the_rhythm(next_on, rhythm=rhythm, today=today),
        ]
    )
    projects.take_turns(project_id)
    review = PlanReview(
        project_id=project_id, rhythm=rhythm, words=words, next_on=settled_date(next_on), stood=_stood(project_id),
        by=by, at=clock.now(),
    )  # fmt: skip
    review.save(force_insert=True)
    record(
        by=by, verb="plans.review_plan", thing=review, project_id=project_id, findings=kept,
        after={"rhythm": rhythm, "words": words, "next_on": next_on, "stood": review.stood},
    )  # fmt: skip
    return review


def _stood(project_id: UUID) -> dict[str, int]:
    counts = queries.counts(project_id)
    return {
        "total": counts.total, "done": counts.done, "in_progress": counts.in_progress,
        "not_started": counts.not_started, "overdue": counts.overdue, "moved": counts.moved,
        "red": counts.by_rag[Rag.RED],
    }  # fmt: skip
