"""Who may do what in a live session, and what stands in the way."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.capabilities.rounds.terms import State
from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid
from coproduce.core.findings import Finding, refuse, refuse_unless_named, warn

from .terms import LEAST_ANONYMOUS, MOST_PLACES, PLACES, SESSION

grid(
    SESSION,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        Purpose.CONTRIBUTE: {Role.PARTICIPANT, Role.MANAGER},
        Purpose.RUN: {Role.FACILITATOR},
    },
)
# Who came in, and from which device: for those who run the room.
grid(PLACES, {Purpose.RUN: {Role.FACILITATOR}})


def a_session_has_a_title(title: str) -> Iterator[Finding]:
    if not title.strip():
        yield refuse("live", _("Write what the session is about."), subject="title")


def a_round_is_held_in_one_session_at_a_time(*, is_held: bool) -> Iterator[Finding]:
    if is_held:
        yield refuse("live", _("This round is held in another session already. End that one first."), "round")


def only_a_round_that_is_not_sealed_begins(state: str) -> Iterator[Finding]:
    if state not in {State.DRAFT, State.OPEN}:
        yield refuse("live", _("This round is sealed already. Choose one that is not."), subject="round")


def the_lobby_is_open(*, is_open: bool) -> Iterator[Finding]:
    if not is_open:
        yield refuse("live", _("Nobody can join at the moment. Ask your facilitator to open the door."))


def there_is_room(places: int) -> Iterator[Finding]:
    if places >= MOST_PLACES:
        yield refuse("live", _("The room is full. Ask your facilitator."))


def a_name_is_given(name: str, *, anonymous: bool) -> Iterator[Finding]:
    if not anonymous and not name.strip():
        yield refuse("live", _("Say what we should call you. A first name is fine."), subject="name")


def someone_has_a_place(places: int) -> Iterator[Finding]:
    if not places:
        yield refuse("live", _("Nobody has joined yet."))


def nobody_stands_out_without_a_name(places: int, *, anonymous: bool) -> Iterator[Finding]:
    """In a room of three the words alone tell whose they are (listening.md §4.7)."""
    if anonymous and 0 < places < LEAST_ANONYMOUS:
        words = ngettext(
            "Only %(count)s person has joined. Without names that is too few to stay unknown.",
            "Only %(count)s people have joined. Without names that is too few to stay unknown.",
            places,
        )
        yield refuse_unless_named("live", words % {"count": places})


def more_places_than_heads(places: int, heads: int | None) -> Iterator[Finding]:
    """Two places for one person would count twice."""
    if heads is not None and places > heads:
        words = _("%(places)s places for %(heads)s people in the room. Has someone joined twice?")
        yield warn("live", words % {"places": places, "heads": heads})


def only_an_expected_person_is_recognised(*, has_place: bool) -> Iterator[Finding]:
    if has_place:
        yield refuse("live", _("That person has a place already."), subject="invitation")


def the_turn_is_still_this_one(asked: str, now: str) -> Iterator[Finding]:
    """Two people press at once, the reader and the facilitator: the second press must not pass over the next person."""
    if asked and asked != now:
        yield refuse("live", _("Somebody was quicker: that turn has ended. Look who is called now."))


def the_session_is_running(*, has_ended: bool) -> Iterator[Finding]:
    if has_ended:
        yield refuse("live", _("This session has ended."))
