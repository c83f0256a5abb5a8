"""The reading in turns, the discussion, the sealed second answers and the close (R28, R29).

An answer's words become plain rows when its turn is shown, not before: until then there is nothing to show.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Override, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import AnswersOpened
from ..models import Answer, Comment, Invitation, Round, SecondAnswer, Turn
from ..queries import sealed
from ..rules import sealing
from ..terms import ANSWERS, ROUND, Channel, Part, State, TurnState
from .answering import cleaned, close, keep, whose
from .running import checked, locked, write_opened


@operation
def begin_reading(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Round:
    """Open the key, check every answer against its commitment, draw the order by lot, call the first person."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    order = queries.drawn_order(the_round) if the_round.is_sealed else []
    kept = settle(rules.the_reading_follows_the_seal(the_round.state, in_turns=the_round.in_turns))
    _check_all(the_round)
    the_round.state, the_round.reading_began_at = State.READING, now
    the_round.save(update_fields=["state", "reading_began_at"])
    Turn.objects.bulk_create(
        Turn(round=the_round, answer=answer, place=place) for place, answer in enumerate(order, 1)
    )
    record(
        by=by, verb="rounds.begin_reading", thing=the_round, project_id=project_id, findings=kept,
        before={"state": State.SEALED},
        after={
            "state": State.READING, "key_opened": True, "seed": queries.reading_seed(the_round).hex(),
            "order": [answer.pk for answer in order],
        },
    )  # fmt: skip
    _call_next(by, the_round, now)
    return the_round


@operation
def show_turn(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Turn:
    """Open the words of the person whose turn it is, for all, from this moment."""
    the_round, turn = _turn_to_change(by, project_id, round_id)
    now = clock.now()
    settle(rules.only_a_called_answer_is_shown(turn.state))
    turn.state, turn.shown_at = TurnState.SHOWN, now
    turn.save(update_fields=["state", "shown_at"])
    write_opened(the_round, [turn.answer], now)
    record(
        by=by, verb="rounds.show_turn", thing=turn, project_id=project_id,
        before={"state": TurnState.CALLED},
        after={"round": round_id, "place": turn.place, "answer": turn.answer_id, "state": TurnState.SHOWN,
               "key_opened": True},
    )  # fmt: skip
    return turn


@operation
def end_turn(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Turn:
    """Go on to the next person. A turn that was shown is read; one that was not is passed."""
    the_round, turn = _turn_to_change(by, project_id, round_id)
    now, before = clock.now(), turn.state
    _end(turn, now)
    record(
        by=by, verb="rounds.end_turn", thing=turn, project_id=project_id, before={"state": before},
        after={"round": round_id, "place": turn.place, "state": turn.state, "passes": turn.passes},
    )  # fmt: skip
    _call_next(by, the_round, now)
    return turn


@operation
def pass_the_rest(
    *, by: Any, project_id: UUID, round_id: UUID, override: Override | None = None, key: UUID | None = None
) -> Round:
    """End the reading before everyone had their turn; a named person says why, and all answers open."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    if not the_round.is_being_read:
        raise NotThere
    left = [turn for turn in queries.turns_of(the_round) if turn.state != TurnState.READ]
    kept = settle(rules.the_rest_is_passed_with_a_reason(len(left)), override)
    for turn in left:
        turn.state = TurnState.READ if turn.state == TurnState.SHOWN else TurnState.PASSED
        turn.ended_at = now
        turn.save(update_fields=["state", "ended_at"])
    record(
        by=by, verb="rounds.pass_the_rest", thing=the_round, project_id=project_id, findings=kept,
        after={"passed": [turn.place for turn in left]}, override=override.reason if override else "",
    )  # fmt: skip
    _end_reading(by, the_round, now)
    return the_round


@operation
def set_turn_seconds(
    *, by: Any, project_id: UUID, round_id: UUID, seconds: int, key: UUID | None = None
) -> Round:
    """How long each person has for their turn: the same for all."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round = locked(round_id)
    if the_round.is_closed:
        raise NotThere
    settle(rules.turns_last_a_while(seconds))
    before, the_round.turn_seconds = the_round.turn_seconds, seconds
    the_round.save(update_fields=["turn_seconds"])
    record(
        by=by, verb="rounds.set_turn_seconds", thing=the_round, project_id=project_id,
        before={"turn_seconds": before}, after={"turn_seconds": seconds},
    )  # fmt: skip
    return the_round


@operation
def ask_for_double_time(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    wanted: bool = True,
    invitation_id: UUID | None = None,
    key: UUID | None = None,
) -> Invitation:
    """Someone's reading turn lasts twice as long; only they and the facilitator know."""
    invitation = whose(by, project_id, round_id, invitation_id)
    locked(round_id)
    invitation.double_time = wanted
    invitation.save(update_fields=["double_time"])
    record(
        by=by, verb="rounds.ask_for_double_time", thing=invitation, project_id=project_id,
        on_behalf_of=invitation.person if invitation.person_id != by.pk else None,
    )  # fmt: skip
    return invitation


@operation
def comment(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    words: str,
    about_id: UUID | None = None,
    on_behalf_of: Any = None,
    key: UUID | None = None,
) -> Comment:
    """Say something to an answer, or to all of them, once every turn is done or passed (R29)."""
    visit, _round = queries.round_for(by, project_id, round_id, Purpose.READ, ANSWERS)
    the_round = locked(round_id)
    settle([
        *rules.comments_wait_for_the_turns(the_round.state, in_turns=the_round.in_turns),
        *rules.a_comment_has_words(words),
    ])  # fmt: skip
    if on_behalf_of is not None and not visit.may(ROUND, Purpose.RUN):
        raise NotThere
    about = queries.opened_answers(the_round).filter(pk=about_id).first() if about_id else None
    if about_id and about is None:
        raise NotThere
    said = Comment(
        round=the_round, about=about, words=cleaned(words), person=on_behalf_of or by,
        entered_by=by if on_behalf_of else None, at=clock.now(),
    )  # fmt: skip
    said.save(force_insert=True)
    record(
        by=by, verb="rounds.comment", thing=said, project_id=project_id, on_behalf_of=on_behalf_of,
        after={"round": round_id, "about": about_id, "words": said.words},
    )  # fmt: skip
    return said


@operation
def open_second_answers(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Round:
    """Let everyone answer a second time, alone again; the second answers stay sealed until the close."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round = locked(round_id)
    settle(rules.second_answers_open_after_the_discussion(the_round.state))
    before, the_round.state = the_round.state, State.SECOND
    the_round.save(update_fields=["state"])
    record(
        by=by, verb="rounds.open_second_answers", thing=the_round, project_id=project_id,
        before={"state": before}, after={"state": the_round.state},
    )  # fmt: skip
    return the_round


@operation
def seal_second_answer(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    me_rating: int | None,
    around_rating: int | None = None,
    words: str = "",
    channel: str = Channel.ONLINE,
    invitation_id: UUID | None = None,
    read_back: bool = False,
    key: UUID | None = None,
) -> Answer:
    """One's view after the reading, sealed until the close; the last one counts."""
    invitation = whose(by, project_id, round_id, invitation_id)
    the_round, now = invitation.round, clock.now()
    (last, _scribe), for_someone = queries.last_place(invitation, Part.SECOND), invitation.person_id != by.pk
    kept = settle([
        *rules.second_answers_follow_the_reading(the_round.state, the_round.in_turns),
        *rules.a_second_answer_keeps_to_its_scale(me_rating, around_rating),
        *rules.what_is_entered_is_read_back(for_someone=for_someone, read_back=read_back),
    ])  # fmt: skip
    answer = Answer(
        round=the_round, invitation=invitation, part=Part.SECOND, revision=last + 1,
        submitted_at=now, channel=Channel(channel), entered_by=by if for_someone else None,
        read_back=for_someone and read_back, exposed=True,
    )  # fmt: skip
    close(answer, {"me": me_rating, "around": around_rating, "words": cleaned(words)})
    keep(answer, by)
    record(
        by=by, verb="rounds.seal_second_answer", thing=answer, project_id=project_id, findings=kept,
        on_behalf_of=invitation.person if for_someone else None,
        after={"round": round_id, "commitment": answer.commitment},
    )  # fmt: skip
    return answer


@operation
def close_round(*, by: Any, project_id: UUID, round_id: UUID, key: UUID | None = None) -> Round:
    """End the round: second answers open beside the first, all at once, and nothing changes any more."""
    queries.round_for(by, project_id, round_id, Purpose.RUN)
    the_round, now = locked(round_id), clock.now()
    settle(rules.only_read_rounds_are_closed(the_round.state))
    answers = sealed.last_revisions(the_round, Part.SECOND)
    before, the_round.state, the_round.closed_at = the_round.state, State.CLOSED, now
    the_round.second_root = sealing.root(bytes.fromhex(answer.commitment) for answer in answers).hex()
    the_round.save(update_fields=["state", "closed_at", "second_root"])
    bodies = sealed.with_bodies(the_round, answers)
    SecondAnswer.objects.bulk_create(_second(the_round, answer) for answer in bodies)
    record(
        by=by, verb="rounds.close_round", thing=the_round, project_id=project_id, before={"state": before},
        after={"state": State.CLOSED, "second_root": the_round.second_root, "second_answers": len(answers),
               "key_opened": True},
    )  # fmt: skip
    return the_round


def _turn_to_change(by: Any, project_id: UUID, round_id: UUID) -> tuple[Round, Turn]:
    """The current turn, for its reader or whoever runs the round."""
    visit, _round = queries.round_for(by, project_id, round_id, Purpose.READ)
    the_round = locked(round_id)
    if not the_round.is_being_read:
        raise NotThere
    turn = queries.current_turn(the_round)
    settle(
        rules.a_turn_is_ended_by_its_reader(
            is_reader=turn.answer.invitation.person_id == by.pk, may_run=visit.may(ROUND, Purpose.RUN)
        )
    )
    return the_round, turn


def _end(turn: Turn, now: datetime) -> None:
    if turn.state == TurnState.SHOWN:
        turn.state = TurnState.READ
    else:
        turn.state, turn.passes = TurnState.PASSED, turn.passes + 1
    turn.ended_at = now
    turn.save(update_fields=["state", "passes", "ended_at"])


def _call_next(by: Any, the_round: Round, now: datetime) -> None:
    turn = rules.next_to_read(queries.turns_of(the_round))
    if turn is None:
        _end_reading(by, the_round, now)
        return
    turn.state, turn.called_at, turn.ended_at = TurnState.CALLED, now, None
    turn.save(update_fields=["state", "called_at", "ended_at"])


def _end_reading(by: Any, the_round: Round, now: datetime) -> None:
    """All first answers are open: those that were passed, and the late ones, with the others."""
    the_round.state, the_round.reading_ended_at = State.DISCUSSION, now
    the_round.save(update_fields=["state", "reading_ended_at"])
    opened = write_opened(the_round, sealed.not_opened(the_round), now)
    record(
        by=by, verb="rounds.end_reading", thing=the_round, project_id=the_round.project_id,
        before={"state": State.READING},
        after={"state": State.DISCUSSION, "opened_at_the_end": [one.answer_id for one in opened],
               "key_opened": True},
    )  # fmt: skip
    post(AnswersOpened(the_round.project_id, the_round.pk, by.pk))


def _check_all(the_round: Round) -> None:
    """All or none: one answer that does not fit its commitment stops the reading before it begins."""
    key = sealed.data_key(the_round)
    for answer in sealed.with_bodies(the_round, sealed.last_revisions(the_round)):
        checked(the_round, answer, key)


def _second(the_round: Round, answer: Answer) -> SecondAnswer:
    content, nonce = checked(the_round, answer, sealed.data_key(the_round))
    return SecondAnswer(
        round=the_round, invitation_id=answer.invitation_id, revision=answer.revision, me_rating=content["me"],
        around_rating=content["around"], words=content["words"], nonce=nonce.hex(), given_at=answer.submitted_at,
        entered_by_id=answer.entered_by_id,
    )  # fmt: skip
