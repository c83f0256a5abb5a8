"""What may be answered, by whom, and what it counts as."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects.terms import Intent
from coproduce.core.findings import Finding, Strength, refuse, rule, show, warn

from ..terms import (
    HIGHEST_RATING,
    LOWEST_RATING,
    MOST_BARRIERS,
    MOST_INTENTS,
    Basis,
    BuiltOn,
    Level,
    RaisedBarrier,
    State,
    Written,
)  # fmt: skip

_RATINGS = range(LOWEST_RATING, HIGHEST_RATING + 1)
_ONE_TO_FIVE = range(1, 6)


class Closes(Protocol):
    state: str
    seals_at: datetime


def is_on_time(closes: Closes, now: datetime) -> bool:
    """On time means before the sealing time and before the seal, whichever comes first."""
    return closes.state == State.OPEN and now <= closes.seals_at


def a_round_takes_answers(closes: Closes) -> Iterator[Finding]:
    if closes.state == State.DRAFT:
        yield refuse("round", _("The round is not open yet."))


@rule("R27", when=_("An answer comes after the seal"), strength=Strength.SHOW)
def late_answers_are_marked(closes: Closes, now: datetime) -> Iterator[Finding]:
    if closes.state != State.DRAFT and not is_on_time(closes, now):
        yield show(
            "R27", _("This answer is late. It is kept and marked, and left out of the independence figures.")
        )


class IsGiven(Protocol):
    is_late: bool
    exposed: bool


def is_independent(given: IsGiven) -> bool:
    """Sealed on time, and before words of others were open: not copied out late, not after an earlier reading."""
    return not given.is_late and not given.exposed


@rule("R30", when=_("A first answer is to be changed after the seal"), strength=Strength.REFUSE)
def first_answers_stay(closes: Closes, now: datetime, *, answered: bool) -> Iterator[Finding]:
    if answered and not is_on_time(closes, now):
        yield refuse(
            "R30", _("The first answer cannot change after the seal. You can give a second answer beside it.")
        )


@rule("R109", when=_("An answer is entered for someone without reading it back"), strength=Strength.WARN)
def what_is_entered_is_read_back(*, for_someone: bool, read_back: bool) -> Iterator[Finding]:
    if for_someone and not read_back:
        yield warn("R109", _("The answer was not read back to the person."), subject="read_back")


def own_answers_are_not_replaced_by_others(
    *, for_someone: bool, answered_themselves: bool
) -> Iterator[Finding]:
    if for_someone and answered_themselves:
        yield refuse("answer", _("This person has answered themselves. Only they can change their answer."))


def a_comment_has_words(words: str) -> Iterator[Finding]:
    if not words.strip():
        yield refuse("comment", _("Write what you want to say."), subject="words")


def an_answer_keeps_to_its_scales(written: Written) -> Iterator[Finding]:
    for name, rated in (("me", written.me), ("around", written.around)):
        if rated.rating is not None and rated.rating not in _RATINGS:
            yield refuse("answer", _("Choose a number from −3 to +3."), subject=f"{name}_rating")
    if written.confidence is not None and written.confidence not in _ONE_TO_FIVE:
        yield refuse("answer", _("Choose how sure you are, from 1 to 5."), subject="confidence")
    if not set(written.basis) <= set(Basis):
        yield refuse("answer", _("Choose from the list what makes you say this."), subject="basis")


def an_intention_is_picked_from_the_list(written: Written) -> Iterator[Finding]:
    picked = written.intention.picked
    if len(picked) > MOST_INTENTS:
        yield refuse("answer", _("Choose no more than two."), subject="intents")
    if written.intention.dont_know and picked:
        yield refuse("answer", _("Choose up to two, or “I do not know”, but not both."), subject="intents")
    if len(set(picked)) < len(picked) or not set(picked) <= set(Intent):
        yield refuse("answer", _("Choose from the list what matters most to them."), subject="intents")


def barriers_keep_to_their_scales(written: Written) -> Iterator[Finding]:
    if len(written.barriers) > MOST_BARRIERS:
        yield refuse("answer", _("Write down no more than 30 barriers."))
    for barrier in written.barriers:
        yield from _one_barrier(barrier)


def _one_barrier(barrier: RaisedBarrier) -> Iterator[Finding]:
    if not barrier.words.strip():
        yield refuse("answer", _("Say in words what the barrier is."))
    if barrier.level not in set(Level):
        yield refuse("answer", _("Say whom the barrier is about: level 1, 2 or 3."))
    given = {barrier.importance, barrier.ease} - {None}
    if not given <= set(_ONE_TO_FIVE):
        yield refuse("answer", _("Rate each barrier from 1 to 5."))
    if barrier.built_on and barrier.built_on not in set(BuiltOn):
        yield refuse("answer", _("Choose from the list what the barrier is built on."))


def is_transcribed_late(*, is_late: bool, entered_for_someone: bool) -> bool:
    """Written on paper in time, perhaps; but typed in when others could be read, so never counted as on time."""
    return is_late and entered_for_someone


def a_supporter_is_not_the_person(*, is_same: bool) -> Iterator[Finding]:
    if is_same:
        yield refuse(
            "supporter", _("People do not support themselves. Choose somebody else."), subject="person"
        )


def an_answer_is_in_order(written: Written) -> Iterator[Finding]:
    yield from an_answer_keeps_to_its_scales(written)
    yield from an_intention_is_picked_from_the_list(written)
    yield from barriers_keep_to_their_scales(written)


def second_answers_follow_the_reading(state: str, in_turns: bool) -> Iterator[Finding]:
    if in_turns and state != State.SECOND:
        yield refuse("answer", _("Second answers come after the reading, when the facilitator opens them."))
    elif not in_turns and state != State.SEALED:
        yield refuse("answer", _("Second answers come after the seal, when everyone has read the first."))


def a_second_answer_keeps_to_its_scale(me: int | None, around: int | None) -> Iterator[Finding]:
    for name, rating in (("me_rating", me), ("around_rating", around)):
        if rating is not None and rating not in _RATINGS:
            yield refuse("answer", _("Choose a number from −3 to +3."), subject=name)
