"""Measuring projects and keeping the figures, so that a page over all of them reads one table.

A cache beside the records: nobody acts, so no entry goes into the ledger. Whatever is kept can be made again.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.plans.rules import is_overdue
from coproduce.capabilities.plans.terms import OPEN
from coproduce.core import clock
from coproduce.core.ledger.looking import head_of

from .. import queries
from ..models import Standing
from ..queries import Gathered, Scorecard
from ..terms import Coming, Commitment

_AT_ONCE = 50


def renew_changed(most: int | None = None) -> int:
    """Measure the projects whose records have changed since, or where a day has passed; gives how many."""
    return renew(queries.changed_since(clock.today(), most))


def renew(project_ids: Iterable[UUID]) -> int:
    """Measure these, and keep what was found; a few at a time, so that nobody waits long for a turn to write."""
    waiting, done = list(project_ids), 0
    for start in range(0, len(waiting), _AT_ONCE):
        rows = [row for id in waiting[start : start + _AT_ONCE] if (row := _measured(id, clock.today()))]
        with transaction.atomic():
            Standing.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["project"], update_fields=_CHANGING
            )
        done += len(rows)
    return done


def forget_all() -> None:
    """What is kept no longer says what it said: it is measured anew."""
    Standing.objects.update(head="")


_CHANGING = [
    field.name for field in Standing._meta.concrete_fields if not field.primary_key
]  # fmt: skip


def _measured(project_id: UUID, today: date) -> Standing | None:
    # The head comes first: what changes while this is measured is then measured again.
    head = head_of(str(project_id)).hash
    card = queries.scorecard_of(project_id, today)
    row = Standing(project_id=project_id, head=head, measured_at=clock.now())
    _keep_score(row, card)
    _keep_stages(row, card.gathered)
    _keep_late(row, card.gathered, today)
    _keep_next(row, card.gathered, today)
    return row


def _keep_score(row: Standing, card: Scorecard) -> None:
    charter = card.gathered.charter
    row.is_public = bool(charter and charter.published_at)
    row.met, row.measured = card.score.met, card.score.of
    for one in card.measures:
        setattr(row, f"met_{one.commitment.value}", one.met)
    row.figures = {str(one.commitment.value): [one.part, one.whole] for one in card.measures if one.whole}
    views = {one: card.views.of(one) for one in Commitment}
    row.views = {
        str(one.value): [view.total, view.answers] for one, view in views.items() if not view.is_silent
    }


def _keep_stages(row: Standing, gathered: Gathered) -> None:
    reached = [(place, line) for place, line in enumerate(gathered.stages, 1) if line.is_reached]
    row.presence = [[line.stage.value, line.citizens, line.people] for _place, line in reached]
    row.absent = sum(not line.citizens for _place, line in reached)
    if reached:
        row.stage_place, row.stage = reached[-1][0], reached[-1][1].stage.value


def _keep_late(row: Standing, gathered: Gathered, today: date) -> None:
    waiting = [one for one in gathered.suggestions if one.status == Status.OPEN]
    reports = queries.unanswered(gathered.project_id)
    row.late_answers = sum(bool(one.due_on and one.due_on < today) for one in waiting)
    row.late_answers += sum(one.due_on < today for one in reports)
    row.late_actions = sum(is_overdue(one, today) for one in gathered.actions)
    row.late_reviews = sum(bool(one.due_on and one.due_on < today) for one in gathered.signed)
    row.late_promises = sum(one.standing.overdue(today) for one in gathered.promises)
    row.late_promises += sum(one.check_date < today for one in gathered.commitments)
    row.late = row.late_answers + row.late_actions + row.late_reviews + row.late_promises


def _keep_next(row: Standing, gathered: Gathered, today: date) -> None:
    """The next day on which something is due is also the last one on which these figures hold by themselves."""
    ahead = sorted((day, what) for what, day in _dates(gathered) if day and day >= today)
    if ahead:
        row.next_on, row.next_what = ahead[0]
        row.holds_until = row.next_on


def _dates(gathered: Gathered) -> Iterable[tuple[Coming, Any]]:
    yield Coming.DECISION, gathered.foreword.decision_date
    for one in gathered.actions:
        if one.status in OPEN:
            yield Coming.ACTION, one.end
    yield from ((Coming.CHECK, one.check_date) for one in gathered.commitments)
    yield from ((Coming.ANSWER, one.due_on) for one in gathered.suggestions if one.status == Status.OPEN)
    for promise in gathered.promises:
        if promise.standing.is_open:
            yield from ((Coming.PROMISE, day) for day in (promise.standing.by, promise.standing.next_on))
    yield from ((Coming.REVIEW, one.due_on) for one in gathered.signed)
    if gathered.charter and gathered.charter.published_at:
        yield Coming.REVIEW, gathered.charter.review_on
    yield from ((Coming.BREACH, one.due_on) for one in queries.unanswered(gathered.project_id))
    yield from ((Coming.CLOSE, one.closes_on) for one in gathered.consultations)
