"""Who may do what with a charter, and what it needs before everyone may read it."""

from collections.abc import Iterator, Sized
from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.plans.terms import months_after
from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Words, refuse

from ..terms import BREACH, CHARTER, Limits

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    CHARTER,
    {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING, Purpose.SIGN: {Role.MANAGER}},
)
# The words of a report go to those who lead, and to everyone only where their author says so.
grid(BREACH, {Purpose.READ: _LEADING, Purpose.DECIDE: _LEADING})

_NEEDED: dict[str, Words] = {
    "title": _("Give the charter a title."),
    "scope": _("Say what the charter covers."),
    "citizens_do": _("Say what citizens and partners do."),
    "staff_do": _("Say what staff do."),
    "conflict": _("Say how a conflict is settled."),
    "response_time": _("Say how soon people get an answer."),
}


class IsCharter(Protocol):
    @property
    def review_on(self) -> date | None: ...


def a_charter_is_whole(charter: IsCharter, signatories: Sized) -> Iterator[Finding]:
    for name, message in _NEEDED.items():
        if not str(getattr(charter, name)).strip():
            yield refuse("C21", message, subject=name)
    if charter.review_on is None:
        yield refuse("C21", _("Enter the date on which the charter is looked at again."), subject="review_on")
    if not signatories:
        yield refuse("C21", _("Name at least one person who signs."), subject="signatories")


def the_review_of_the_charter_is_near(
    review_on: date | None, *, today: date, months: int
) -> Iterator[Finding]:
    """Commitment 8 holds for the charter itself, too."""
    latest = months_after(today, months)
    if review_on and not today < review_on <= latest:
        message = _("The charter is looked at again after today, and by %(latest)s at the latest.")
        yield refuse("C21", message % {"latest": date_format(latest, "j F Y")}, subject="review_on")


def limits_are_sensible(limits: Limits) -> Iterator[Finding]:
    for name, least, most in (
        ("on_time_percent", 1, 100), ("updates_percent", 1, 100), ("review_months", 1, 12), ("answer_days", 1, 60),
    ):  # fmt: skip
        if not least <= getattr(limits, name) <= most:
            message = _("Enter a number from %(least)d to %(most)d.")
            yield refuse("C21", message % {"least": least, "most": most}, subject=name)
