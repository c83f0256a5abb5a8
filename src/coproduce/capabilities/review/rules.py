"""A review says what came of it, tells those who took part, and names the day of the next one."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Words, refuse, refuse_unless_named, warn

from .terms import LETTER, REVIEW, LetterState, Outcome, Route

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    REVIEW,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {*_LEADING, Role.PARTICIPANT},
        Purpose.RUN: _LEADING,
        Purpose.SIGN: {Role.MANAGER},
    },
)
grid(LETTER, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})

# What C20 asks of a review, by field, in the order of the form.
NEEDED: dict[str, Words] = {
    "still_needed": _("Say whether it is still needed."),
    "did_not_work": _("Say what did not work. If nothing failed, say how you know."),
    "learned": _("Say what you learned."),
    "outcome": _("Choose: keep, change or stop."),
    "outcome_why": _("Say why."),
}


class HasBaseline(Protocol):
    @property
    def indicator(self) -> str: ...
    @property
    def baseline(self) -> str: ...
    @property
    def now(self) -> str: ...


def nothing_is_left_blank(review: Any) -> Iterator[Finding]:
    for name, message in NEEDED.items():
        if not getattr(review, name).strip():
            yield refuse("C20", message, subject=name)


def benefits_are_shown_with_figures(benefits: Iterable[HasBaseline]) -> Iterator[Finding]:
    found = list(benefits)
    if not found:
        message = _("No benefit is shown by a figure: what was it before, and what is it now?")
        yield refuse_unless_named("C20", message, subject="benefits")
    for one in found:
        facts = {"indicator": one.indicator}
        if not one.baseline.strip():
            yield warn("C20", _("“%(indicator)s” has no figure from before.") % facts, subject="benefits")
        if not one.now.strip():
            yield warn("C20", _("“%(indicator)s” has no figure of now.") % facts, subject="benefits")


def a_change_has_its_version(outcome: str, *, has_version: bool) -> Iterator[Finding]:
    if outcome == Outcome.CHANGE and not has_version:
        message = _("It is to change, and no new version is named yet. Sign the next version off as well.")
        yield warn("C20", message, subject="new_version")


def people_were_asked_first(*, invited: int, not_sent: int, to_ask: int) -> Iterator[Finding]:
    """R99 as it stands at the end: who was not reached is on the record."""
    if not_sent:
        message = ngettext(
            "%(count)d of %(all)d letters has not gone out.",
            "%(count)d of %(all)d letters have not gone out.", not_sent,
        )  # fmt: skip
        yield warn("R99", message % {"count": not_sent, "all": invited}, subject="letters")
    if to_ask:
        message = ngettext(
            "%(count)d person has not said yet what became of their barriers.",
            "%(count)d people have not said yet what became of their barriers.", to_ask,
        )  # fmt: skip
        yield warn("R99", message % {"count": to_ask}, subject="barriers")


def it_is_still_open(*, closed: bool) -> Iterator[Finding]:
    if closed:
        yield refuse("C20", _("This review is closed. It does not change any more."))


def it_is_opened_once(*, opened: bool) -> Iterator[Finding]:
    if opened:
        yield refuse("C20", _("The review of this date is open already, or over."))


def there_is_a_date_to_review(*, due: bool) -> Iterator[Finding]:
    if not due:
        yield refuse("C20", _("No review is due: the last one ended it."))


def the_version_is_of_this_document(*, known: bool) -> Iterator[Finding]:
    if not known:
        yield refuse("C20", _("Choose a version of this document."), subject="new_version")


def words_are_there(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C20", _("Write what you want to say."), subject="words")


def a_letter_is_sent_once(state: str) -> Iterator[Finding]:
    if state == LetterState.SENT:
        yield refuse("C20", _("This letter is sent already."))
    if state == LetterState.DROPPED:
        yield refuse("C20", _("This person does not want it any more."))


def route_of(*, has_email: bool, wants_email: bool) -> Route:
    """By e-mail to those who have an address and have not chosen another way; on paper to everybody else."""
    return Route.EMAIL if has_email and wants_email else Route.PRINT
