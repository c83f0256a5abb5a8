"""The manager closes a review: its figures stay, the next date is set, and everyone who asked is told."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.questions import queries as questions
from coproduce.capabilities.questions.terms import Stage
from coproduce.capabilities.signoff import operations as signoff
from coproduce.capabilities.signoff import rules as signing
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, Override, reason_used, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import ReviewClosed
from ..models import Review
from ..terms import NOT_SENT, LetterKind, Outcome, State
from .opening import make_letters


@operation
def close_review(
    *,
    by: Any,
    project_id: UUID,
    review_id: UUID,
    next_review_on: date | None = None,
    override: Override | None = None,
    key: UUID | None = None,
) -> Review:
    """Close it for good; what goes on is looked at again within 12 months (R97), what stops is not."""
    queries.review_for(by, project_id, review_id, Purpose.SIGN)
    projects.take_turns(project_id)
    review = queries.review_in(project_id, review_id)
    settle(rules.it_is_still_open(closed=not review.is_open))
    today = clock.today()
    stops = review.outcome == Outcome.STOP
    kept = settle(closing_findings(review, None if stops else next_review_on, today), override)
    review.figures = [told.as_json() for told in queries.told_today(project_id, today)]
    review.state, review.closed_by, review.closed_at = State.CLOSED, by, clock.now()
    review.next_review_on = None if stops else next_review_on
    review.override_reason = reason_used(kept, override)
    review.save()
    record(
        by=by, verb="review.close_review", thing=review, project_id=project_id, before={"state": State.OPEN},
        after={
            "state": State.CLOSED, "outcome": review.outcome, "next_review_on": review.next_review_on,
            "figures": review.figures,
        },
        findings=kept, override=review.override_reason,
    )  # fmt: skip
    signoff.move_review(
        by=by, project_id=project_id, sign_off_id=review.sign_off_id, reviewed_on=today,
        next_review_on=review.next_review_on,
    )  # fmt: skip
    make_letters(by, review, LetterKind.YEAR_ON, queries.readers_a_year_on(project_id))
    post(ReviewClosed(project_id, review.pk, review.outcome, review.next_review_on))
    return review


def closing_findings(review: Review, next_review_on: date | None, today: date) -> list[Finding]:
    """What stands in the way of closing it, and what stays on the record."""
    letters = list(queries.letters_of(review, LetterKind.OPENING))
    found = [
        *rules.nothing_is_left_blank(review),
        *rules.benefits_are_shown_with_figures(queries.benefits_of(review)),
        *rules.a_change_has_its_version(review.outcome, has_version=review.new_version_id is not None),
        *rules.people_were_asked_first(
            invited=len(letters), not_sent=sum(one.state in NOT_SENT for one in letters),
            to_ask=queries.raisers_who_owe_an_answer(review.project_id),
        ),
        *questions.findings_at(review.project_id, Stage.REVIEW),
    ]  # fmt: skip
    if review.outcome != Outcome.STOP:
        found += signing.the_next_review_is_within_a_year(today, next_review_on)
    return found
