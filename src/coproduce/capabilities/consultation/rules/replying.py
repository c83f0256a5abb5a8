"""What a reply must be, and until when it can come."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Finding, refuse, refuse_unless_named, warn

from ..terms import Channel, Stage


class HasClosing(Protocol):
    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def late_until(self) -> date | None: ...


def only_an_open_consultation_takes_replies(stage: Stage) -> Iterator[Finding]:
    if stage in {Stage.DRAFT, Stage.WAITING}:
        yield refuse("C16", _("This has not opened yet. Come back on the opening day."))
    elif stage is Stage.CLOSED:
        yield refuse("C16", _("This is closed, so no more replies can be taken."))


def a_reply_is_in_time(
    consultation: HasClosing, *, said_on: date, channel: str, own_last_day: date | None = None
) -> Iterator[Finding]:
    """Online until the closing date; other ways until the later one; in a format that came late, as long again."""
    if said_on < consultation.opens_on:
        yield refuse("C16", _("This day is before it opened."), "said_on")
        return
    last = consultation.closes_on
    if channel != Channel.WEB:
        last = max(last, consultation.late_until or last)
    if said_on > max(last, own_last_day or last):
        if channel == Channel.WEB:
            yield refuse("C16", _("The closing date has passed. Phone us or write to us, and we will help."))
        else:
            yield warn("C16", _("This came after the last day. It is kept, and marked as late."), "said_on")


def last_day_of_all(consultation: HasClosing, own_days: Iterable[date | None]) -> date:
    """When nobody's time runs any more."""
    days = [consultation.closes_on, consultation.late_until, *own_days]
    return max(day for day in days if day is not None)


def an_early_close_has_its_reason(last_day: date, today: date) -> Iterator[Finding]:
    if today <= last_day:
        message = _("Someone still has time to reply until %(day)s.")
        yield refuse_unless_named("C16", message % {"day": date_format(last_day, "j F Y")})


def a_reply_says_something(words: Iterable[str]) -> Iterator[Finding]:
    if not any(one.strip() for one in words):
        yield refuse("C16", _("Write something before you send it: an answer, or a word on a passage."))


def a_paper_form_has_our_code(typed: str, code: str) -> Iterator[Finding]:
    """A form of another consultation must not be typed in here."""
    if "".join(typed.split()).upper().replace("-", "") != code:
        yield refuse(
            "C16", _("This is not the code of this consultation. Look at the foot of the form."), "code"
        )


def it_opens_once(*, opened: bool) -> Iterator[Finding]:
    if opened:
        yield refuse("C16", _("It was opened already."))


def what_is_open_is_closed_once(*, opened: bool, closed: bool) -> Iterator[Finding]:
    if not opened:
        yield refuse("C16", _("It was never opened."))
    elif closed:
        yield refuse("C16", _("It is closed already."))


def words_are_open(*, hidden: bool) -> Iterator[Finding]:
    if hidden:
        yield refuse("C16", _("Nobody reads a word of the replies before the close."))


def setting_aside_has_its_reason(reason: str, *, made: int) -> Iterator[Finding]:
    if not reason.strip():
        yield refuse("C16", _("Say why this reply is left out."), "reason")
    if made:
        yield refuse("C16", _("Suggestions were made of this reply, so it needs an answer like any other."))
