"""The order in which answers are read: drawn by lot from the seal, never by rank."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, show

from ..terms import LONGEST_TURN, SHORTEST_TURN, State, TurnState, words_are_open

FIRST_PLACES = 2


class IsRead(Protocol):
    @property
    def lot(self) -> str: ...
    @property
    def is_leader(self) -> bool: ...


R = TypeVar("R", bound=IsRead)


def reading_order(seed: bytes, readers: Iterable[R]) -> list[R]:
    """Sorted by SHA-256 of seed and lot; then the first two who are not leaders come first."""
    drawn = sorted(readers, key=lambda reader: sha256(seed + b"\x00" + reader.lot.encode()).digest())
    first = [reader for reader in drawn if not reader.is_leader][:FIRST_PLACES]
    return first + [reader for reader in drawn if reader not in first]


@rule("R28", when=gettext_lazy("Answers are put in an order for reading"), strength=Strength.SHOW)
def the_order_is_random(seed: bytes, order: Sequence[IsRead]) -> Iterator[Finding]:
    leads = any(reader.is_leader for reader in order[:FIRST_PLACES])
    if leads:
        yield show("R28", _("Only leaders answered, so a leader comes among the first two."), subject="order")
    else:
        yield show("R28", _("The order is random and no leader is in the first two places."), subject="order")
    yield show("R28", _("The seed is %(seed)s.") % {"seed": seed.hex()}, subject="seed")


class IsTurn(Protocol):
    @property
    def place(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def passes(self) -> int: ...


T = TypeVar("T", bound=IsTurn)


def next_to_read(turns: Iterable[T]) -> T | None:
    """In their order; who passed once is asked again when all others are done."""
    in_order = sorted(turns, key=lambda turn: turn.place)
    waiting = [turn for turn in in_order if turn.state == TurnState.WAITING]
    passed_once = [turn for turn in in_order if turn.state == TurnState.PASSED and turn.passes == 1]
    return next(iter(waiting or passed_once), None)


def turn_length(seconds: int, *, double_time: bool) -> timedelta:
    return timedelta(seconds=seconds * 2 if double_time else seconds)


def turns_last_a_while(seconds: int) -> Iterator[Finding]:
    if seconds not in range(SHORTEST_TURN, LONGEST_TURN + 1):
        yield refuse(
            "round", gettext_lazy("Give each person between 15 seconds and 10 minutes."), "turn_seconds"
        )


def the_reading_follows_the_seal(state: str, *, in_turns: bool) -> Iterator[Finding]:
    if state != State.SEALED or not in_turns:
        yield refuse(
            "reading",
            gettext_lazy("The reading begins once, after a seal that keeps answers for their turns."),
        )


def only_a_called_answer_is_shown(state: str) -> Iterator[Finding]:
    if state != TurnState.CALLED:
        yield refuse("reading", gettext_lazy("This answer is not waiting to be shown."))


def a_turn_is_ended_by_its_reader(*, is_reader: bool, may_run: bool) -> Iterator[Finding]:
    if not (is_reader or may_run):
        yield refuse("reading", gettext_lazy("Only the reader and the facilitator can do this."))


def the_rest_is_passed_with_a_reason(left: int) -> Iterator[Finding]:
    if left:
        words = gettext_lazy("Not everyone has had their turn. Say why the reading ends here.")
        yield refuse_unless_named("reading", words)


@rule(
    "R29",
    when=gettext_lazy("Someone comments before all turns are done or passed"),
    strength=Strength.REFUSE,
)
def comments_wait_for_the_turns(state: str, *, in_turns: bool) -> Iterator[Finding]:
    if not words_are_open(state, in_turns):
        yield refuse("R29", gettext_lazy("Listen first. You can comment when every turn is done or passed."))


def second_answers_open_after_the_discussion(state: str) -> Iterator[Finding]:
    if state != State.DISCUSSION:
        yield refuse("round", gettext_lazy("Second answers open once, after the reading and the discussion."))


def only_read_rounds_are_closed(state: str) -> Iterator[Finding]:
    if state not in {State.DISCUSSION, State.SECOND}:
        yield refuse("round", gettext_lazy("Only a round that has been read can be closed."))
