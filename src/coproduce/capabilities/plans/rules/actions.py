"""An action has one owner, real dates, and proof when it is done."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import (
    Finding,
    Strength,
    Words,
    refuse,
    refuse_unless_named,
    rule,
    show,
    warn,
)

from ..terms import (
    ACTION,
    COMMITMENT,
    HALF,
    MONTHS_AHEAD,
    MONTHS_TO_CHECK,
    MOVES_TO_RED,
    NEAR_THE_END_DAYS,
    OPEN,
    CheckResult,
    Rag,
    Status,
    as_date,
    months_after,
)

_LEADING = {Role.FACILITATOR, Role.MANAGER}

# CONTRIBUTE is for owners, each for their own actions; queries.action_to_work_on keeps that.
grid(
    ACTION,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {*_LEADING, Role.PARTICIPANT, Role.PROJECT_ADMINISTRATOR},
        Purpose.RUN: _LEADING,
        # Reviewing the plan is the manager's.
        Purpose.DECIDE: {Role.MANAGER},
    },
)
grid(
    COMMITMENT,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {*_LEADING, Role.PARTICIPANT, Role.PROJECT_ADMINISTRATOR},
        Purpose.RUN: _LEADING,
    },
)

_OFFER = _("If it should hold from a day onwards, make it a standing commitment with a date to check it.")
_TEAM = re.compile(
    r"\b(team|teams|group|committee|department|directorate|everyone|everybody|staff|all|tbc|tbd)$",
    re.IGNORECASE,
)


class HasDates(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def end(self) -> date: ...
    @property
    def times_moved(self) -> int: ...
    @property
    def reached(self) -> int | None: ...


class Promise(Protocol):
    @property
    def pk(self) -> UUID: ...
    @property
    def ref(self) -> str: ...


@rule("R60", when=_("The end date is “ongoing”, blank, text, before the start, or over 24 months away"),
      strength=Strength.REFUSE)  # fmt: skip
def the_end_is_a_real_date(typed: date | str | None, *, start: date | None, today: date) -> Iterator[Finding]:
    """`typed` is what was given, a date or whatever text stood in its place."""
    end = as_date(typed)
    if end is None:
        yield refuse("R60", _not_a_date(typed), subject="end")
    elif start is not None and end < start:
        yield refuse("R60", _("The end date is before the start date."), subject="end")
    elif end > months_after(today, MONTHS_AHEAD):
        message = _("The end date is more than 24 months away. Choose a nearer step. %(offer)s") % {
            "offer": _OFFER
        }
        yield refuse("R60", message, subject="end")


def _not_a_date(typed: date | str | None) -> Words:
    words = str(typed or "").strip()
    if not words:
        return _("Enter the date on which this ends. %(offer)s") % {"offer": _OFFER}
    return _("“%(words)s” is not a date. Enter the date on which this ends. %(offer)s") % {
        "words": words, "offer": _OFFER,
    }  # fmt: skip


def a_start_is_given(start: date | str | None) -> Iterator[Finding]:
    if as_date(start) is None:
        yield refuse("C13", _("Enter the date on which this starts."), subject="start")


def a_commitment_is_checked_within_a_year(
    check: date | str | None, *, from_day: date | None, today: date, subject: str = "check_date"
) -> Iterator[Finding]:
    """R60's other half: what has no end has a date on which somebody looks."""
    day = as_date(check)
    if from_day is None:
        yield refuse("C13", _("Enter the date from which this is in force."), subject="in_force_from")
    elif day is None:
        yield refuse("R60", _("Enter the date on which someone checks this."), subject=subject)
    elif day < from_day:
        yield refuse(
            "R60", _("The check date is too early: the commitment must be in force."), subject=subject
        )
    elif day > months_after(max(from_day, today), MONTHS_TO_CHECK):
        yield refuse("R60", _("Check this within 12 months."), subject=subject)


@rule("R61", when=_("The status is “ongoing”"), strength=Strength.REFUSE)
def the_status_is_one_of_four(status: str) -> Iterator[Finding]:
    """Pages do not offer it; an import or a script is told."""
    if status not in Status.values:
        message = _("“%(status)s” is not a status. Use not started, in progress, done or stopped.")
        yield refuse("R61", message % {"status": status}, subject="status")


@rule("R62", when=_("A date is changed"), strength=Strength.SHOW)
def moved_dates_are_shown(ref: str, *, former: Iterable[str], times_moved: int) -> Iterator[Finding]:
    """Every former date stays in sight; the second move is a warning to the manager."""
    dates = list(former)
    if dates:
        yield show("R62", _("Former end dates: %(dates)s.") % {"dates": ", ".join(dates)}, subject=ref)
    if times_moved >= MOVES_TO_RED:
        message = _("The end date of %(ref)s has moved %(times)s times. Manager: look at this.")
        yield warn("R62", message % {"ref": ref, "times": times_moved}, subject=ref)


def a_move_has_a_reason(why: str, *, was: date, now: date | None) -> Iterator[Finding]:
    if not why.strip():
        yield refuse("R62", _("Say why the date changes."), subject="why")
    if now == was:
        yield refuse("R62", _("This is the date it has already."), subject="end")


@rule("R63", when=_("The owner is missing or a team"), strength=Strength.REFUSE)
def one_person_owns_it(
    name: str | None, *, is_group: bool = False, subject: str = "owner"
) -> Iterator[Finding]:
    if is_group or (name and _TEAM.search(name.strip())):
        message = _("A team cannot own this. Name one person, who may have others beside them.")
        yield refuse("R63", message, subject=subject)
    elif not name:
        yield refuse("R63", _("Name one person who owns this."), subject=subject)


@rule("R64", when=_("An accepted promise has no action or standing commitment"), strength=Strength.WARN)
def promises_are_carried(
    promises: Iterable[Promise], *, carried: Collection[UUID], at_sign_off: bool = False
) -> Iterator[Finding]:
    """`carried` holds the ids that some action or standing commitment links to."""
    find = refuse_unless_named if at_sign_off else warn
    for promise in promises:
        if promise.pk not in carried:
            message = _("%(ref)s was promised, and no action or standing commitment carries it.")
            yield find("R64", message % {"ref": promise.ref}, subject=promise.ref)


@rule("R65", when=_("Done without a measure result or evidence"), strength=Strength.REFUSE)
def done_is_proved(status: str, *, measure_result: str, evidence: str) -> Iterator[Finding]:
    if status != Status.DONE:
        return
    if not measure_result.strip():
        yield refuse(
            "R65", _("Say what you measured before you mark this as done."), subject="measure_result"
        )
    if not evidence.strip():
        yield refuse("R65", _("Say where the proof is before you mark this as done."), subject="evidence")


def stopping_has_a_reason(status: str, why: str) -> Iterator[Finding]:
    if status == Status.STOPPED and not why.strip():
        yield refuse("C13", _("Say why this stops."), subject="why")


@rule("R66", when=_("Actions are handed over"), strength=Strength.SHOW)
def handing_over_keeps_the_history(former: Iterable[str]) -> Iterator[Finding]:
    names = list(former)
    if names:
        yield show("R66", _("Earlier owners: %(names)s.") % {"names": ", ".join(names)})


def a_handover_can_be_told(*, same: bool, note: str, count: int) -> Iterator[Finding]:
    if same:
        yield refuse("R66", _("Choose another person to pass this to."), subject="to")
    if not note.strip():
        yield refuse("R66", _("Write a note for the person who takes this over."), subject="note")
    if not count:
        yield refuse("R66", _("There is no open action to pass on."), subject="actions")


def it_says_what(what: str) -> Iterator[Finding]:
    if not what.strip():
        yield refuse("C13", _("Say what will be done."), subject="what")


def is_overdue(action: HasDates, today: date) -> bool:
    return action.status in OPEN and action.end < today


def rag_of(action: HasDates, today: date) -> Rag:
    """By rule, not by choice: overdue or moved twice is red; moved, or near its end and under half, amber."""
    if action.status not in OPEN:
        return Rag.CLOSED
    if action.end < today or action.times_moved >= MOVES_TO_RED:
        return Rag.RED
    if action.times_moved == 1 or (_is_near(action, today) and _is_under_half(action)):
        return Rag.AMBER
    return Rag.GREEN


def why_this_rag(action: HasDates, today: date) -> str:
    """The reason for the colour in words, so that nobody needs the colour."""
    rag = rag_of(action, today)
    if rag in (Rag.CLOSED, Rag.GREEN):
        return "" if rag == Rag.CLOSED else str(_("on track"))
    return str(_(" and ")).join(_reasons(action, today))


def _reasons(action: HasDates, today: date) -> Iterator[str]:
    late = (today - action.end).days
    if late > 0:
        yield ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    if action.times_moved:
        times = action.times_moved
        yield ngettext("end moved once", "end moved %(times)d times", times) % {"times": times}
    if late <= 0 and _is_near(action, today) and _is_under_half(action):
        left = -late
        yield ngettext("%(days)d day left and not half way", "%(days)d days left and not half way", left) % {
            "days": left
        }


def _is_near(action: HasDates, today: date) -> bool:
    return action.end - today <= timedelta(days=NEAR_THE_END_DAYS)


def _is_under_half(action: HasDates) -> bool:
    # What was never measured has not been shown to be half way.
    return action.reached is None or action.reached < HALF


def reached_is_a_share(reached: int | None) -> Iterator[Finding]:
    if reached is not None and not 0 <= reached <= 100:
        yield refuse("C13", _("Enter a number from 0 to 100."), subject="reached")


def a_note_has_words(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C13", _("Write the note."), subject="words")


def a_check_says_what_was_found(result: str, words: str) -> Iterator[Finding]:
    if result not in CheckResult.values:
        yield refuse("C13", _("Say whether the commitment was kept."), subject="result")
    if not words.strip():
        yield refuse("C13", _("Say what you found."), subject="words")
