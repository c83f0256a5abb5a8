"""What may happen to a round: drafting, inviting, opening, sealing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.capabilities.people.terms import GroupKind
from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, warn

from ..terms import BEFORE_THE_SEAL, State


class HasTimes(Protocol):
    opens_at: datetime
    seals_at: datetime


class HasWording(Protocol):
    wording: Mapping[str, str]


class HasGroupKind(Protocol):
    group_kind: str


def a_round_has_its_question(title: str) -> Iterator[Finding]:
    if not title.strip():
        yield refuse("round", _("Write the question that the round is about."), subject="title")


def a_round_seals_after_it_opens(times: HasTimes) -> Iterator[Finding]:
    if times.seals_at <= times.opens_at:
        yield refuse("round", _("The sealing time must be later than the opening time."), subject="seals_on")


@rule("R25", when=_("A level is missing from the form and the round is to open"), strength=Strength.REFUSE)
def all_levels_are_asked(asks: HasWording) -> Iterator[Finding]:
    missing = {
        "level_1": _("Level 1 has no question. All three levels must be asked."),
        "level_2": _("Level 2 has no question. All three levels must be asked."),
        "level_3": _("Level 3 has no question. All three levels must be asked."),
        "barriers": _("There is no question about barriers. They are always asked with the three levels."),
    }
    for question, words in missing.items():
        if not asks.wording.get(question, "").strip():
            yield refuse("R25", words, subject=question)


@rule("R26", when=_("Leaders are not invited to answer"), strength=Strength.WARN)
def leaders_answer_too(invited: Collection[HasGroupKind], *, leaders_seated: int) -> Iterator[Finding]:
    leaders = sum(one.group_kind == GroupKind.LEADERS for one in invited)
    if not leaders:
        yield warn("R26", _("No leader is invited. Leaders answer like everyone else."), subject="seats")
    elif leaders < leaders_seated:
        words = _("%(invited)s of %(seated)s leaders are invited. Leaders answer like everyone else.")
        yield warn("R26", words % {"invited": leaders, "seated": leaders_seated}, subject="seats")


def someone_is_invited(invited: Collection[HasGroupKind]) -> Iterator[Finding]:
    if not invited:
        yield refuse("round", _("Invite at least one person before the round opens."), subject="seats")


def facilitators_stay_neutral(*, facilitators_chosen: int) -> Iterator[Finding]:
    if facilitators_chosen:
        yield refuse("round", _("A facilitator runs the round and does not answer in it."), subject="seats")


def only_a_draft_is_changed(state: str) -> Iterator[Finding]:
    if state != State.DRAFT:
        yield refuse("round", _("The round is open or sealed: its questions stay as people saw them."))


def invitations_only_grow_while_open(state: str, *, taken_back: int) -> Iterator[Finding]:
    if state not in BEFORE_THE_SEAL:
        yield refuse("round", _("The round is sealed. Nobody more can be invited."), subject="seats")
    elif state == State.OPEN and taken_back:
        yield refuse("round", _("The round is open. Nobody's invitation can be taken back."), subject="seats")


def latecomers_join_until_the_close(state: str) -> Iterator[Finding]:
    if state == State.CLOSED:
        yield refuse("round", _("The round is closed. Nobody more can join it."))


def only_an_unused_invitation_is_taken_back(*, has_answered: bool) -> Iterator[Finding]:
    if has_answered:
        yield refuse("round", _("This person has answered. Their invitation stays."), subject="seats")


def only_a_draft_opens(state: str) -> Iterator[Finding]:
    if state != State.DRAFT:
        yield refuse("round", _("The round has been opened already."))


def the_sealing_time_is_ahead(seals_at: datetime, now: datetime) -> Iterator[Finding]:
    if seals_at <= now:
        yield refuse("round", _("The sealing time is in the past. Choose a later time."), subject="seals_on")


def only_an_open_round_is_sealed(state: str) -> Iterator[Finding]:
    if state != State.OPEN:
        yield refuse("round", _("Only an open round can be sealed."))


def a_round_in_a_room_is_sealed_there(*, is_held: bool, in_turns: bool) -> Iterator[Finding]:
    """On every phone it says that nobody has read an answer; opening them all from elsewhere would make it untrue."""
    if is_held and not in_turns:
        yield refuse(
            "seal", _("This round is held in a live session. Seal it from the console of the session.")
        )


def a_seal_waits_for_its_time(*, now: datetime, seals_at: datetime, missing: int) -> Iterator[Finding]:
    """Earlier only when everyone has answered, or when a named person says why."""
    if now < seals_at and missing:
        words = ngettext(
            "%(count)s person has not answered and the sealing time has not come.",
            "%(count)s people have not answered and the sealing time has not come.",
            missing,
        ) % {"count": missing}
        yield refuse_unless_named("seal", words)


def only_an_open_round_is_extended(state: str) -> Iterator[Finding]:
    if state != State.OPEN:
        yield refuse("round", _("Only an open round can be given more time."))


def more_time_is_later(old: datetime, new: datetime) -> Iterator[Finding]:
    if new <= old:
        yield refuse("round", _("Choose a time later than the sealing time so far."), subject="seals_on")
