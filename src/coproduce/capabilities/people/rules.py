"""Who has to be at the table before the work may be called co-production, and what each person agreed to."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, Words, refuse, rule, show, warn

from .terms import CITIZEN_KINDS, GROUP, SEAT, Acknowledgement, GroupKind, Label, Mix

grid(GROUP, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: {Role.FACILITATOR}})
# Each person owns their own seat besides: queries.seat_to_change keeps that.
grid(SEAT, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: {Role.FACILITATOR}})

LEAST_CITIZEN_SHARE = 1 / 3
NEED_IS_FRESH_FOR = timedelta(days=365)
_THE_WORD = re.compile(r"\bco[\s‐-―-]?produc", re.IGNORECASE)  # noqa: RUF001


class HasQuoteConsent(Protocol):
    quotes_agreed_on: date | None
    quotes_withdrawn_on: date | None


class HasNeed(Protocol):
    need: str
    share_with_venue: bool
    recorded_on: date


class HasCredit(Protocol):
    organisation: str
    acknowledgement: str


def table_findings(mix: Mix) -> Iterator[Finding]:
    """Everything that is to be said of who is at the table."""
    yield from no_citizens_is_collaboration(mix)
    yield from no_professionals_is_community_led(mix)
    yield from a_lone_voice_is_warned_of(mix)
    yield from missing_sides_are_named(mix)
    yield from citizens_under_a_third_are_warned_of(mix)


@rule("R11", when=_("Fewer than two citizens are at the table"), strength=Strength.WARN)
def a_lone_voice_is_warned_of(mix: Mix) -> Iterator[Finding]:
    """With nobody at all R12 says it more plainly."""
    if mix.citizens == 1:
        yield warn("R11", _("Only one citizen is at the table. One voice cannot speak for all."))


@rule("R12", when=_("No citizens are at the table"), strength=Strength.SHOW)
def no_citizens_is_collaboration(mix: Mix) -> Iterator[Finding]:
    if mix.citizens or not mix.people:
        return
    if mix.total:
        yield show("R12", _("This is collaboration, not co-production yet: no citizens are at the table."))
    else:
        yield show("R12", _("This is not co-production yet: no citizens are at the table."))


def no_professionals_is_community_led(mix: Mix) -> Iterator[Finding]:
    """The other side of R12: citizens by themselves."""
    if mix.label is Label.COMMUNITY_LED:
        yield show("R12", _("No professionals are at the table. We call this community-led action."))


def the_word_needs_both_sides(label: Label, *texts: str, subject: str = "") -> Iterator[Finding]:
    """R12 for outputs: their words may not say "co-production" when it is something else."""
    if label is not Label.CO_PRODUCTION and any(_THE_WORD.search(text) for text in texts):
        yield refuse(
            "R12",
            _("Take out the word “co-production”: citizens and professionals are not both at the table."),
            subject=subject,
        )


@rule("R13", when=_("Leaders, frontline workers or citizens are missing"), strength=Strength.WARN)
def missing_sides_are_named(mix: Mix) -> Iterator[Finding]:
    if not mix.people:
        return
    for kinds, message in _SIDES:
        if mix.present.isdisjoint(kinds):
            yield warn("R13", message)


_SIDES: tuple[tuple[frozenset[GroupKind], Words], ...] = (
    (frozenset({GroupKind.LEADERS}), _("No leaders are at the table.")),
    (frozenset({GroupKind.FRONTLINE}), _("No frontline workers are at the table.")),
    (CITIZEN_KINDS, _("No citizens are at the table.")),
)


@rule("R14", when=_("Citizens are under one third of the people"), strength=Strength.WARN)
def citizens_under_a_third_are_warned_of(mix: Mix) -> Iterator[Finding]:
    if mix.citizens and mix.citizen_share < LEAST_CITIZEN_SHARE:
        yield warn("R14", _("Fewer than one in three people at the table are citizens."))


@rule("R15", when=_("Access needs are shared with a venue"), strength=Strength.SHOW)
def unshared_needs_are_counted(needs: Iterable[HasNeed]) -> Iterator[Finding]:
    """The list for a venue has the need and nothing else, and only where the person agreed."""
    unshared = sum(not need.share_with_venue for need in needs)
    if unshared:
        yield show("R15", _left_out(unshared))


def _left_out(count: int) -> Words:
    words = ngettext_lazy(
        "%(count)d need is left out of this list: the person has not agreed to share it.",
        "%(count)d needs are left out of this list: the people have not agreed to share them.",
        "count",
    )
    return words % {"count": count}


def for_a_venue(needs: Iterable[HasNeed]) -> list[str]:
    """R15: what a venue may know."""
    return sorted((need.need for need in needs if need.share_with_venue), key=str.casefold)


@rule("R17", when=_("An access need was recorded more than 12 months ago"), strength=Strength.WARN)
def old_needs_are_asked_again(needs: Iterable[HasNeed], today: date) -> Iterator[Finding]:
    old = [need.need for need in needs if today - need.recorded_on > NEED_IS_FRESH_FOR]
    if old:
        message = _("Recorded more than 12 months ago: %(needs)s. Ask if that is still right.")
        yield warn("R17", message % {"needs": ", ".join(old)})


def may_quote(seat: HasQuoteConsent) -> bool:
    return seat.quotes_agreed_on is not None and seat.quotes_withdrawn_on is None


@rule("R20", when=_("Consent to be quoted is withdrawn"), strength=Strength.SHOW)
def withdrawn_words_are_shown_nowhere(seat: HasQuoteConsent) -> Iterator[Finding]:
    """The words go from every public page at that moment; the counts stay."""
    if seat.quotes_withdrawn_on is not None:
        yield show("R20", _("Consent to quotes is withdrawn. The words are on no public page; counts stay."))


def credit_needs_its_organisation(seat: HasCredit) -> Iterator[Finding]:
    """C3: who wants to be credited through an organisation says which one."""
    if seat.acknowledgement == Acknowledgement.ORGANISATION and not seat.organisation:
        yield refuse("C3", _("Name the organisation to be credited by it"), subject="organisation")


def one_seat_each(*, taken: bool) -> Iterator[Finding]:
    """C3: someone with more than one hat has other groups, and is counted once."""
    if taken:
        yield refuse("C3", _("This person already has a seat in the project. Change the seat instead."))
