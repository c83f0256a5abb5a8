"""The reading in turns: whose turn it is, what has been read so far, what was said about it afterwards.

While a round is being read, the plain rows of answers whose turn has not come do not exist; this module shows the rest.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from coproduce.capabilities.people.terms import GroupKind
from coproduce.core.access import NotThere

from .. import rules
from ..models import Answer, Comment, Invitation, OpenedAnswer, Round, Turn
from ..rules import sealing
from ..terms import Part, TurnState

_CURRENT = (TurnState.CALLED, TurnState.SHOWN)


@dataclass(frozen=True)
class Drawn:
    """An answer before its place is drawn: its lot and whether a leader gave it, and nothing else."""

    answer: Answer

    @property
    def lot(self) -> str:
        return self.answer.commitment

    @property
    def is_leader(self) -> bool:
        return self.answer.invitation.group_kind == GroupKind.LEADERS


@dataclass(frozen=True)
class Progress:
    """Where the reading stands. `words` is what the current reader has opened, else nothing."""

    turns: list[Turn]
    opened: dict[UUID, OpenedAnswer]

    @property
    def current(self) -> Turn | None:
        return next((turn for turn in self.turns if turn.state in _CURRENT), None)

    @property
    def words(self) -> OpenedAnswer | None:
        current = self.current
        return self.opened.get(current.answer_id) if current else None

    @property
    def next(self) -> Turn | None:
        return rules.next_to_read(self.turns)

    @property
    def done(self) -> int:
        """Turns that are read, or passed for good."""
        return sum(turn.state == TurnState.READ or turn.passes > 1 for turn in self.turns)

    @property
    def left(self) -> int:
        return len(self.turns) - self.done

    @property
    def read(self) -> list[tuple[Turn, OpenedAnswer]]:
        """What has been read so far, in the order of the reading."""
        return [(turn, self.opened[turn.answer_id]) for turn in self.turns if turn.answer_id in self.opened]

    @property
    def ends_at(self) -> datetime | None:
        """When the clock of the current turn runs out."""
        current = self.current
        if current is None or current.called_at is None:
            return None
        length = rules.turn_length(
            current.round.turn_seconds, double_time=current.answer.invitation.double_time
        )
        return (current.shown_at or current.called_at) + length


def progress(the_round: Round) -> Progress:
    """The turns and the answers that they have opened; two queries."""
    turns = list(turns_of(the_round))
    for turn in turns:
        turn.round = the_round
    opened = (
        OpenedAnswer.objects.filter(answer__in=[turn.answer_id for turn in turns])
        .select_related("invitation__person", "answer", "answer__entered_by")
        .defer("answer__ciphertext")
    )
    return Progress(turns, {one.answer_id: one for one in opened} if the_round.reading_began_at else {})


def turns_of(the_round: Round) -> QuerySet[Turn]:
    turns = Turn.objects.filter(round=the_round).select_related("answer__invitation__person")
    return turns.defer("answer__ciphertext").order_by("place")


def turn_in(the_round: Round, turn_id: UUID) -> Turn:
    turn = turns_of(the_round).filter(pk=turn_id).first()
    if turn is None:
        raise NotThere
    return turn


def current_turn(the_round: Round) -> Turn:
    turn = turns_of(the_round).filter(state__in=_CURRENT).first()
    if turn is None:
        raise NotThere
    return turn


def drawn_order(the_round: Round) -> list[Answer]:
    """R28: the answers that were on time, in the order drawn by lot from the root; late ones are not read in turns."""
    firsts = Answer.objects.filter(round=the_round, part=Part.FIRST).select_related("invitation")
    last = {answer.invitation_id: answer for answer in firsts.order_by("revision")}
    seed = reading_seed(the_round)
    on_time = [Drawn(answer) for answer in last.values() if not answer.is_late]
    return [drawn.answer for drawn in rules.reading_order(seed, on_time)]


def reading_seed(the_round: Round) -> bytes:
    return sealing.order_seed(bytes.fromhex(the_round.root), str(the_round.pk))


def words_were_open(the_round: Round) -> bool:
    """Whether anybody's words were open, here or in the round before: this answer is not independent of them."""
    if the_round.follows_id:
        return True
    if the_round.is_being_read:
        return OpenedAnswer.objects.filter(round=the_round).exists()
    return the_round.is_all_open or (the_round.follows is not None and words_were_open(the_round.follows))


def second_count(the_round: Round) -> int:
    """How many people have given a second answer that is still sealed."""
    seconds = Answer.objects.filter(round=the_round, part=Part.SECOND)
    return seconds.values("invitation_id").distinct().count()


def comments_of(the_round: Round) -> QuerySet[Comment]:
    return Comment.objects.filter(round=the_round).select_related("person", "entered_by").order_by("pk")


def double_time_for(the_round: Round, person: Any) -> bool:
    return Invitation.objects.filter(round=the_round, person_id=person.pk, double_time=True).exists()
