"""“We will”: a date, news of it until it is done, and what the news may say (R89, C18)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, Strength, refuse, rule

from ..terms import CLOSING, Progress
from .letters import R89

REMIND_AHEAD = timedelta(days=7)


class HasPromise(Protocol):
    @property
    def will(self) -> str: ...
    @property
    def will_by(self) -> date | None: ...


class HasNews(Protocol):
    @property
    def progress(self) -> str: ...
    @property
    def promise(self) -> str: ...
    @property
    def new_date(self) -> date | None: ...
    @property
    def next_on(self) -> date | None: ...
    @property
    def on(self) -> date: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class Standing:
    """A promise as it stands: until when, since when closed, and when there will be news."""

    by: date | None
    former: tuple[date, ...] = ()
    closed: Progress | None = None
    closed_on: date | None = None
    next_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def state(self) -> Progress:
        """In one word: under way, under way with a new date, done, or not done after all."""
        return self.closed or (Progress.MOVED if self.former else Progress.GOING_ON)

    def overdue(self, today: date) -> bool:
        return self.is_open and promise_is_overdue(self.by, today)

    def news_due(self, today: date) -> bool:
        """News was announced for this day or one of the next few, or the promise itself is late."""
        return self.is_open and (
            self.overdue(today) or (self.next_on is not None and self.next_on <= today + REMIND_AHEAD)
        )


@rule("R89", when=R89, strength=Strength.REFUSE)
def a_promise_has_its_date(statement: HasPromise) -> Iterator[Finding]:
    if statement.will.strip() and statement.will_by is None:
        yield refuse("R89", _("Say by which date you will do it."), subject="will_by")


@rule("R89", when=R89, strength=Strength.REFUSE)
def a_moved_promise_has_its_new_date(
    progress: str, new_date: date | None, stands_at: date | None, today: date
) -> Iterator[Finding]:
    """A new date lies ahead and is another one than before."""
    if progress != Progress.MOVED:
        return
    if new_date is None:
        yield refuse("R89", _("Say by which date you will do it now."), subject="new_date")
    elif new_date <= today or new_date == stands_at:
        yield refuse(
            "R89", _("The new date must lie ahead, and differ from the one before."), subject="new_date"
        )


def news_is_of_a_promise_that_is_open(standing: Standing | None) -> Iterator[Finding]:
    """C18: news is of what was promised in public."""
    if standing is None:
        yield refuse("C18", _("Only what was promised in public has updates. Publish the statement first."))
    elif not standing.is_open:
        yield refuse("C18", _("This promise is closed: nothing more is to come of it."))


def a_statement_with_news_stays(*, has_news: bool) -> Iterator[Finding]:
    """C18: people were told how it stands, and must be able to find it again."""
    if has_news:
        yield refuse("C18", _("This statement has updates that everyone can read. It stays."))


def news_says_something(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C18", _("Say in a sentence how it stands."), subject="words")


def more_news_is_announced(progress: str, next_on: date | None, today: date) -> Iterator[Finding]:
    """C18: updates go on until it is done."""
    if progress in CLOSING:
        return
    if next_on is None or next_on <= today:
        yield refuse("C18", _("Say on which later day the next update comes."), subject="next_on")


def promise_is_overdue(will_by: date | None, today: date) -> bool:
    return will_by is not None and will_by < today


def standing_of(
    promise: HasPromise, news: Iterable[HasNews], next_on: date | None = None, since: datetime | None = None
) -> Standing:
    """Where a promise stands after its news, oldest first. News of other words is history and closes nothing.

    What was signed after a date was moved has the newer date in it; `since` is that moment.
    """
    by, former, stands = promise.will_by, [], Standing(promise.will_by, next_on=next_on)
    for one in news:
        if one.promise != promise.will:
            continue
        if one.new_date and (since is None or one.at > since) and one.new_date != by:
            former += [by] if by else []
            by = one.new_date
        closed = Progress(one.progress) if one.progress in CLOSING else None
        stands = Standing(by, tuple(former), closed, one.on if closed else None, one.next_on)
    return stands
