"""News of a promise, until it is done."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..events import PromiseUpdated
from ..models import Statement, Update
from ..terms import CLOSING, Progress

_FACTS = ("progress", "words", "on", "new_date", "next_on")


@operation
def add_update(
    *,
    by: Any,
    project_id: UUID,
    statement_id: UUID,
    progress: str,
    words: str,
    on: date | None = None,
    new_date: date | None = None,
    next_on: date | None = None,
    key: UUID | None = None,
) -> Update:
    """Say in public how a promise stands. A new date goes into the draft, too, so that it is signed next time."""
    _visit, statement = queries.statement_for(by, project_id, statement_id, Purpose.RUN)
    promise, today = queries.promise_of(statement), clock.today()
    settle(rules.news_is_of_a_promise_that_is_open(promise.standing if promise else None))
    assert promise is not None
    update = Update(
        statement=statement, promise=promise.will, progress=progress, words=clean(words), on=on or today,
        new_date=new_date if progress == Progress.MOVED else None,
        next_on=None if progress in CLOSING else next_on, written_by=by, at=clock.now(),
    )  # fmt: skip
    settle(
        [
            *rules.news_says_something(words),
            *rules.a_moved_promise_has_its_new_date(progress, new_date, promise.standing.by, today),
            *rules.more_news_is_announced(progress, next_on, today),
        ]
    )
    update.save(force_insert=True)
    record(
        by=by, verb="feedback.add_update", thing=update, project_id=project_id,
        after={"statement": statement.ref, **{name: getattr(update, name) for name in _FACTS}},
    )  # fmt: skip
    _carry_into_the_draft(statement, update, by)
    post(PromiseUpdated(project_id, statement.pk, update.pk))
    return update


_MOVED = ("will_by", "next_update_on", "status_on")


def _carry_into_the_draft(statement: Statement, update: Update, by: Any) -> None:
    if statement.will != update.promise:
        return
    before = {name: getattr(statement, name) for name in _MOVED}
    statement.will_by = update.new_date or statement.will_by
    statement.next_update_on, statement.status_on = update.next_on, update.on
    statement.save(update_fields=_MOVED)
    record(
        by=by, verb="feedback.move_promise", thing=statement, project_id=statement.project_id, before=before,
        after={name: getattr(statement, name) for name in _MOVED},
    )  # fmt: skip
