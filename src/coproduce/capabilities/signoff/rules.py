"""Nobody signs what has no owner, no answer to a suggestion, or no day on which it is looked at again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.capabilities.plans.terms import months_after
from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, show

from .terms import INVITE_DAYS_BEFORE, REVIEW_WITHIN_MONTHS, SIGN_OFF

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    SIGN_OFF,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.RUN: _LEADING,
        Purpose.SIGN: {Role.MANAGER},
    },
)

# What C20 asks for, by field, in the order of the form.
NEEDED: dict[str, Words] = {
    "title": _("Give the title."),
    "decision": _("Say what was decided."),
    "decided_on": _("Enter the date of the decision."),
    "meeting": _("Name the meeting that decided."),
    "owner_id": _("Name the manager who owns this."),
    "facilitator_id": _("Name the facilitator."),
    "gunning_4": _("Say how what people told you was taken into account before the decision."),
}


class Reviewed(Protocol):
    @property
    def decided_on(self) -> date | None: ...
    @property
    def review_on(self) -> date | None: ...


def nothing_is_left_blank(sign_off: Any) -> Iterator[Finding]:
    for name, message in NEEDED.items():
        value = getattr(sign_off, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield refuse("C20", message, subject=name.removesuffix("_id"))


def the_decision_was_taken(decided_on: date | None, today: date) -> Iterator[Finding]:
    if decided_on and decided_on > today:
        message = _("The decision is on %(day)s. Sign once it is taken.")
        yield refuse("C20", message % {"day": date_format(decided_on, "j F Y")}, subject="decided_on")


def every_suggestion_is_answered(unanswered: int) -> Iterator[Finding]:
    if unanswered:
        message = ngettext(
            "%(count)d suggestion has no answer yet. Decide it first.",
            "%(count)d suggestions have no answer yet. Decide them first.",
            unanswered,
        )
        yield refuse("C20", message % {"count": unanswered}, subject="suggestions")


def there_is_something_to_sign(has_version: bool) -> Iterator[Finding]:
    if not has_version:
        yield refuse("C20", _("No version of a master copy is shared yet."), subject="document")


def the_people_lead_here(
    *, owner: Any, managers: Any, facilitator: Any, facilitators: Any
) -> Iterator[Finding]:
    if owner is not None and owner not in managers:
        yield refuse("C20", _("The owner must be a manager of this project."), subject="owner")
    if facilitator is not None and facilitator not in facilitators:
        yield refuse("C20", _("Choose a facilitator of this project."), subject="facilitator")


def the_manager_signs(*, signs_as_manager: bool) -> Iterator[Finding]:
    if not signs_as_manager:
        yield refuse("C20", _("Only the manager who is named as owner signs."), subject="owner")


def it_is_signed_once(*, signed: bool) -> Iterator[Finding]:
    if signed:
        yield refuse("C20", _("This is signed off. It does not change any more."))


@rule("R97", when=_("The review date is missing or later than 12 months"), strength=Strength.REFUSE)
def the_review_is_within_a_year(sign_off: Reviewed) -> Iterator[Finding]:
    review, decided = sign_off.review_on, sign_off.decided_on
    if review is None:
        yield refuse("R97", _("Enter the date on which this is looked at again."), subject="review_on")
    elif decided and review > months_after(decided, REVIEW_WITHIN_MONTHS):
        latest = date_format(months_after(decided, REVIEW_WITHIN_MONTHS), "j F Y")
        message = _("The review is more than 12 months after the decision. The latest date is %(latest)s.")
        yield refuse("R97", message % {"latest": latest}, subject="review_on")
    elif decided and review <= decided:
        yield refuse("R97", _("The review date must come after the decision."), subject="review_on")


@rule("R98", when=_("Manager and facilitator need a reminder of the review"), strength=Strength.SHOW)
def both_are_reminded(*, manager: str, facilitator: str, review_on: date | None) -> Iterator[Finding]:
    """Nobody asks for the reminders: they are made from the date."""
    if review_on:
        message = _("Reminders for %(manager)s and %(facilitator)s are made: 30 days before, and on %(day)s.")
        facts = {"manager": manager, "facilitator": facilitator, "day": date_format(review_on, "j F Y")}
        yield show("R98", message % facts, subject="review_on")


@rule("R99", when=_("30 days before the review"), strength=Strength.SHOW)
def the_review_is_near(review_on: date | None, *, opted_in: int, today: date) -> Iterator[Finding]:
    if review_on and review_on - timedelta(days=INVITE_DAYS_BEFORE) <= today <= review_on:
        message = ngettext(
            "The review is on %(day)s. Invite the %(count)d person who asked to be part of it, "
            "and ask those who raised a barrier whether it has gone.",
            "The review is on %(day)s. Invite the %(count)d people who asked to be part of it, "
            "and ask those who raised a barrier whether it has gone.",
            opted_in,
        )
        yield show("R99", message % {"day": date_format(review_on, "j F Y"), "count": opted_in})


@rule("R100", when=_("The review date has passed"), strength=Strength.SHOW)
def a_missed_review_is_shown(review_on: date | None, *, today: date) -> Iterator[Finding]:
    if review_on and review_on < today:
        message = _("Overdue: this should have been looked at again by %(day)s.")
        yield show("R100", message % {"day": date_format(review_on, "j F Y")}, subject="review_on")
