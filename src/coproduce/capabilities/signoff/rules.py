"""Nobody signs what has no owner, no answer to a suggestion, or no day on which it is looked at again."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.capabilities.equality.terms import Conclusion
from coproduce.capabilities.plans.terms import months_after
from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, show, warn

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
}


class Maker(Protocol):
    """What R80 asks of someone who decides."""

    @property
    def statement(self) -> str: ...
    @property
    def stated_on(self) -> date | None: ...
    @property
    def person(self) -> Any: ...
    @property
    def person_id(self) -> UUID: ...


class Asked(Protocol):
    """What Gunning 1 to 3 ask of a consultation."""

    @property
    def title(self) -> str: ...
    @property
    def is_closed(self) -> bool: ...
    @property
    def gunning_open(self) -> str: ...
    @property
    def gunning_information(self) -> str: ...
    @property
    def gunning_time(self) -> str: ...


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


# R80. The consultation registers the rule: there it keeps a decision back, here a signature.


def each_says_how_they_considered(makers: Iterable[Maker], decided_on: date | None) -> Iterator[Finding]:
    """Gunning 4: each who decides says it in their own name, and before they decide."""
    named = list(makers)
    if not named:
        yield refuse("R80", _("Name each person who decides."))
    for maker in named:
        who = {"name": maker.person.shown_name}
        if not maker.statement.strip():
            message = _("%(name)s has not said how they took into account what people said.")
            yield refuse("R80", message % who, subject=str(maker.person_id))
        elif decided_on and maker.stated_on and maker.stated_on > decided_on:
            message = _("%(name)s wrote it on %(day)s, after the decision.")
            day = date_format(maker.stated_on, "j F Y")
            yield warn("R80", message % {**who, "day": day}, subject=str(maker.person_id))


def nobody_considers_what_still_comes_in(running: Iterable[str]) -> Iterator[Finding]:
    for title in running:
        message = _("“%(title)s” is not closed yet. Read all of it before you say how you considered it.")
        yield refuse("R80", message % {"title": title})


def a_statement_has_words(statement: str) -> Iterator[Finding]:
    if not statement.strip():
        yield refuse("R80", _("Write how you took into account what people said."), subject="statement")


def a_written_statement_stays(names: Iterable[str]) -> Iterator[Finding]:
    """Who has said how they considered it is not taken off the list by others."""
    for name in names:
        message = _("%(name)s has written a statement. It stays, and so does the name.")
        yield refuse("R80", message % {"name": name}, subject="makers")


def the_first_three_gunning_tests_have_evidence(consultations: Iterable[Asked]) -> Iterator[Finding]:
    asked = list(consultations)
    if not asked:
        yield warn("C16", _("No consultation was held. Gunning 1 to 3 have no evidence from one."))
    for one in asked:
        facts = {"title": one.title}
        if not one.is_closed:
            yield refuse("C16", _("“%(title)s” is still open. Close it before you sign.") % facts)
        missing = [
            number
            for number, words in enumerate((one.gunning_open, one.gunning_information, one.gunning_time), 1)
            if not words.strip()
        ]
        if missing:
            numbers = {"numbers": ", ".join(map(str, missing))}
            yield warn("C16", _("“%(title)s” has no evidence for Gunning %(numbers)s.") % (facts | numbers))


def the_text_can_be_had_in_each_format(
    needs: Iterable[str], formats: str, waiting: Iterable[str]
) -> Iterator[Finding]:
    """`waiting`: formats that somebody asked a consultation for, and that never became ready."""
    asked = list(dict.fromkeys(needs))
    if asked and not formats.strip():
        message = _("People need the text in other formats: %(needs)s. Say which are ready.")
        yield warn("C16", message % {"needs": ", ".join(asked)}, subject="formats")
    for name in waiting:
        yield warn("C16", _("%(name)s was asked for and is not ready.") % {"name": name}, subject="formats")


def the_assessment_does_not_say_stop(conclusion: str) -> Iterator[Finding]:
    if conclusion == Conclusion.STOP:
        message = _("The equality impact assessment says: stop, and think again.")
        yield warn("C19", message, subject="equality")


def people_are_named_as_they_chose(named: int, unnamed: int) -> Iterator[Finding]:
    """Nobody is asked again here: each said it when they took their seat, and may change it."""
    if not named + unnamed:
        yield warn("C20", _("Nobody has a seat, so nobody can be thanked by name."))
    else:
        message = _("%(named)d people are named as they chose; %(unnamed)d chose no name.")
        yield show("C20", message % {"named": named, "unnamed": unnamed})


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


def the_next_review_is_within_a_year(reviewed_on: date, review_on: date | None) -> Iterator[Finding]:
    """R97 again, counted from the day of the review."""
    if review_on is None:
        yield refuse("R97", _("Enter the date on which this is looked at again."), subject="next_review_on")
    elif review_on <= reviewed_on:
        message = _("The next review must come after this one.")
        yield refuse("R97", message, subject="next_review_on")
    elif review_on > months_after(reviewed_on, REVIEW_WITHIN_MONTHS):
        latest = date_format(months_after(reviewed_on, REVIEW_WITHIN_MONTHS), "j F Y")
        message = _("The next review is more than 12 months away. The latest date is %(latest)s.")
        yield refuse("R97", message % {"latest": latest}, subject="next_review_on")


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
