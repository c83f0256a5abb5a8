"""Before a lab: it begins with writing, early enough, with both ends of the line invited and their needs met."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coproduce.capabilities.people.terms import GroupKind
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, warn

from ..terms import SESSION_IS_NEAR_DAYS, Met


class HasOpening(Protocol):
    @property
    def has_opening_write(self) -> bool: ...


class HasState(Protocol):
    @property
    def state(self) -> str: ...


@rule("R50", when=_("A lab has no opening write"), strength=Strength.WARN)
def a_lab_begins_with_writing(lab: HasOpening) -> Iterator[Finding]:
    """A round of its own, or some minutes in which everyone writes alone."""
    if not lab.has_opening_write:
        message = _(
            "Let everyone write alone before the talk begins, or the first voices pull the rest along."
        )
        yield warn("R50", message, subject="opening_write_done")


@rule("R52", when=_("No frontline worker or no leader listens"), strength=Strength.WARN)
def both_ends_of_the_line_are_there(kinds: Collection[str], *, held: bool) -> Iterator[Finding]:
    """`kinds` are those of the people who came, or before the lab of those who are invited."""
    if GroupKind.FRONTLINE not in kinds:
        yield warn("R52", _NO_FRONTLINE[held], subject="seats")
    if GroupKind.LEADERS not in kinds:
        yield warn("R52", _NO_LEADER[held], subject="seats")


_NO_FRONTLINE: dict[bool, Words] = {
    True: _("No frontline worker was there. What was agreed may not work on the day."),
    False: _("No frontline worker is invited."),
}
_NO_LEADER: dict[bool, Words] = {
    True: _("No leader was there to listen."),
    False: _("No leader is invited to listen."),
}


@rule("R53", when=_("The first lab comes after the draft is finished"), strength=Strength.WARN)
def the_first_lab_comes_before_the_draft_is_finished(
    day: date, *, is_first: bool, draft_finished_on: date | None
) -> Iterator[Finding]:
    """A draft counts as finished once a version of it went out for suggestions, or was signed."""
    if is_first and draft_finished_on is not None and day > draft_finished_on:
        message = _("The draft was finished before the first lab. To people this looks like tokenism.")
        yield warn("R53", message, subject="date")


@rule("R16", when=_("A session is 10 days away and an access need is not met"), strength=Strength.WARN)
def unmet_needs_warn_near_the_day(needs: Iterable[HasState], *, day: date, today: date) -> Iterator[Finding]:
    """It stays until the last need is arranged, so whoever opens the lab meets it every day."""
    unmet = sum(need.state == Met.NOT_YET for need in needs)
    if unmet and today <= day <= today + timedelta(days=SESSION_IS_NEAR_DAYS):
        yield warn("R16", _unmet(unmet, (day - today).days), subject="access")


def _unmet(count: int, days: int) -> Words:
    words = ngettext_lazy(
        "%(count)d access need is not met, and the lab is in %(days)d days.",
        "%(count)d access needs are not met, and the lab is in %(days)d days.",
        "count",
    )
    return words % {"count": count, "days": days}


def a_lab_can_be_found(question: str, minutes: int) -> Iterator[Finding]:
    if not question.strip():
        yield refuse("C10", _("Write the question that this lab works on."), subject="question")
    if not 1 <= minutes <= 24 * 60:
        yield refuse("C10", _("Say how many minutes it takes."), subject="minutes")


def the_agenda_fits(planned: int, minutes: int) -> Iterator[Finding]:
    if planned > minutes:
        message = _("The agenda takes %(planned)d minutes, and the lab has %(minutes)d.")
        yield warn("C10", message % {"planned": planned, "minutes": minutes})
