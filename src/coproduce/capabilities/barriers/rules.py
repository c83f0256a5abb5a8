"""What may happen to a barrier, and what follows from it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, Strength, refuse, rule, show, warn

from .terms import BARRIER, ENABLING, THEME, CheckBack, Given, Response, Size, WhoActs, is_important

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    BARRIER,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {*_LEADING, Role.PARTICIPANT},
        Purpose.DECIDE: _LEADING,
        Purpose.RUN: {Role.FACILITATOR},
    },
)
grid(
    THEME,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {Role.PARTICIPANT, Role.FACILITATOR},
        Purpose.RUN: {Role.FACILITATOR},
    },
)


class Important(Protocol):
    """What R36 needs to know of a barrier, with what was merged into it."""

    @property
    def ref(self) -> str: ...
    @property
    def response(self) -> str: ...
    @property
    def importance(self) -> int | None: ...
    @property
    def owner_id(self) -> UUID | None: ...
    @property
    def due(self) -> date | None: ...


@dataclass(frozen=True)
class Raisers:
    """Who raised a barrier, with those whose barriers were merged into it."""

    people: frozenset[UUID]
    groups: frozenset[UUID]

    def include(self, person: UUID, groups: Iterable[UUID]) -> bool:
        return person in self.people or not self.groups.isdisjoint(groups)


@rule("R32", when=_("Someone's words are edited"), strength=Strength.REFUSE)
def words_stay_as_they_were(was: str, now: str) -> Iterator[Finding]:
    """Nobody edits a statement, not even to put it better."""
    if was != now:
        yield refuse(
            "R32",
            _("These are the words of the person who raised it. They stay as they are. Add a note instead."),
            subject="statement",
        )


@rule("R33", when=_("Barriers are merged"), strength=Strength.SHOW)
def merging_shows_all_raisers(raisers: Iterable[str]) -> Iterator[Finding]:
    names = list(raisers)
    if len(names) > 1:
        yield show("R33", _("Raised by %(names)s.") % {"names": ", ".join(names)})


def merging_is_possible(*, same: bool, already_merged: bool, into_is_merged: bool) -> Iterator[Finding]:
    """One step at a time, so that each merge can be undone by itself."""
    if same:
        yield refuse("R33", _("A barrier cannot be merged into itself."), subject="into")
    elif already_merged:
        yield refuse("R33", _("This barrier is merged already. Undo that first."), subject="into")
    elif into_is_merged:
        yield refuse(
            "R33", _("That barrier is itself merged into another. Choose the other one."), subject="into"
        )


@rule("R34", when=_("Ratings are asked for before a person's own rating"), strength=Strength.REFUSE)
def own_rating_comes_first(*, has_rated: bool, has_to_rate: bool) -> Iterator[Finding]:
    """Whoever has a rating to give gives it before seeing what others gave."""
    if has_to_rate and not has_rated:
        yield refuse("R34", _("Give your own ratings first. Then you see what the groups said."))


def what_was_left_out_stays_out(refs: Iterable[str]) -> Iterator[Finding]:
    """R34: who leaves barriers out sees what the groups said of them, so a later rating would follow others."""
    named = ", ".join(refs)
    if named:
        yield refuse(
            "R34",
            _("You left out %(refs)s, so you can see what others gave. A rating now would not be your own.")
            % {"refs": named},
        )


@rule("R35", when=_("“Gone” is set by anyone but the raiser or the raiser's group"), strength=Strength.REFUSE)
def only_raisers_say_gone(
    said: str, *, person: UUID, groups: Iterable[UUID], raisers: Raisers
) -> Iterator[Finding]:
    """The people who met the barrier know when it has gone; the project may only propose it."""
    if said == CheckBack.GONE and not raisers.include(person, groups):
        yield refuse(
            "R35",
            _("Only who raised this barrier, or their group, can say that it has gone. You can propose it."),
            subject="said",
        )


@rule("R36", when=_("Sign-off with important barriers that have no response"), strength=Strength.WARN)
def important_barriers_without_response(
    barriers: Iterable[Important], *, at_sign_off: bool = False
) -> Iterator[Finding]:
    """Each is a warning; at sign-off one that lacks a person or a date is refused, since each needs both."""
    for barrier in barriers:
        if not is_important(barrier.importance) or barrier.response != Response.NONE_YET:
            continue
        if barrier.owner_id and barrier.due:
            message = _("%(ref)s is important and has no response yet.") % {"ref": barrier.ref}
            yield warn("R36", message, subject=barrier.ref)
        else:
            yield _needs_person_and_date(barrier.ref, at_sign_off)


def _needs_person_and_date(ref: str, at_sign_off: bool) -> Finding:
    message = _("%(ref)s is important and has no response yet. It needs a named person and a date.") % {
        "ref": ref
    }
    return refuse("R36", message, subject=ref) if at_sign_off else warn("R36", message, subject=ref)


@rule("R37", when=_("A response puts the duty on the person affected only"), strength=Strength.WARN)
def a_response_enables_people(
    response: str, *, who_acts: str, lets_people: str, owner: UUID | None, raisers: Raisers
) -> Iterator[Finding]:
    """The ENABLE test: does it remove or lower a barrier, so that people can use what they do well?"""
    if response not in ENABLING:
        return
    if who_acts == WhoActs.PEOPLE_AFFECTED or (not who_acts and owner in raisers.people):
        yield warn(
            "R37",
            _("This leaves the work to the people whom the barrier holds back. What will the services do?"),
            subject="who_acts",
        )
    elif not lets_people.strip():
        yield warn(
            "R37", _("Say what this lets people do that they could not do before."), subject="lets_people"
        )


def a_response_is_explained(response: str, words: str) -> Iterator[Finding]:
    """C5: to accept a barrier without saying why is to ignore it."""
    if response != Response.NONE_YET and not words.strip():
        yield refuse("C5", _("Say what the response is."), subject="response_words")


def a_barrier_has_words(statement: str) -> Iterator[Finding]:
    if not statement.strip():
        yield refuse("C5", _("Say in your own words what gets in the way."), subject="statement")


def a_note_has_words(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("C5", _("Write the note."), subject="words")


def there_is_something_to_bring_in(count: int) -> Iterator[Finding]:
    if not count:
        yield refuse("C5", _("Every barrier of this round is here already."))


def a_theme_has_a_name(name: str) -> Iterator[Finding]:
    if not name.strip():
        yield refuse("C5", _("Give the theme a name."), subject="name")


def a_response_is_known(response: str) -> Iterator[Finding]:
    if response not in Response.values:
        yield refuse("C5", _("Choose one of the responses."), subject="response")


def a_check_back_is_known(said: str) -> Iterator[Finding]:
    if said not in CheckBack.values:
        yield refuse("C5", _("Say whether it is gone, smaller, the same or worse."), subject="said")


def a_premortem_is_known(*, likelihood: str, impact: str) -> Iterator[Finding]:
    for subject, said in (("likelihood", likelihood), ("impact", impact)):
        if said and said not in Size.values:
            yield refuse("C5", _("Choose low, medium or high."), subject=subject)


def evidence_can_be_kept(words: str, address: str, *, cited_is_known: bool) -> Iterator[Finding]:
    """Only addresses of the web: others could run something when somebody follows them."""
    if not words.strip():
        yield refuse("C5", _("Say what the evidence is."), subject="words")
    if address and not is_web_address(address):
        yield refuse("C5", _("A web address begins with https:// or http://"), subject="address")
    if not cited_is_known:
        yield refuse("C5", _("Choose one of the documents shown."), subject="cited")


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", address)
    except ValueError:
        return False


def barrier_ratings_can_be_counted(given: Iterable[Given], *, has_group: bool) -> Iterator[Finding]:
    """Only people with a group rate, because a rating counts in the median of a group."""
    ratings = list(given)
    if not has_group:
        yield refuse("C5", _("Only people who sit in a group rate the barriers."))
    if not any(not one.left_out for one in ratings):
        yield refuse("C5", _("Rate at least one barrier."))
    numbers = {number for one in ratings for number in (one.importance, one.ease) if number is not None}
    if numbers - set(range(1, 6)):
        yield refuse("C5", _("A rating is a whole number from 1 to 5."))


def there_is_something_to_leave_out(count: int, *, has_group: bool) -> Iterator[Finding]:
    if not has_group:
        yield refuse("C5", _("Only people who sit in a group rate the barriers."))
    elif not count:
        yield refuse("C5", _("Every barrier has an answer already."))


def somebody_has_barriers(count: int) -> Iterator[Finding]:
    if not count:
        yield refuse("C5", _("This person raised no barrier."))


def ratings_can_be_counted(ratings: Iterable[int], *, has_group: bool) -> Iterator[Finding]:
    """Only people with a group rate, because a rating counts in the median of a group."""
    given = list(ratings)
    if not has_group:
        yield refuse("C5", _("Only people who sit in a group rate the themes."))
    if not given:
        yield refuse("C5", _("Rate at least one theme."))
    if any(rating not in range(1, 6) for rating in given):
        yield refuse("C5", _("A rating is a whole number from 1 to 5."))
