"""6 March 2025: the reading session. Each answer is read in its turn, then people talk and answer again, sealed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from coproduce.capabilities.live import operations as live
from coproduce.capabilities.live.terms import Device
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import Channel

from ..story import rows
from .calendar import at, moment
from .cast import Cast

READING = moment(date(2025, 3, 6), 14)
A_TURN = timedelta(minutes=2)
DEVICES = {Channel.PAPER: Device.PAPER, Channel.PHONE: Device.CALL, Channel.EASY_READ: Device.SUPPORTED}
# Who passed when they were called, and let their words be read at the end.
PASSED_ONCE = "P11"
SAID = (
    ("P14", "I had no idea how many people go home on a Friday to nothing."),
    ("P01", "It helps to hear that the staff are afraid of it, too."),
    ("P18", "Beds are part of it. We should have said so ourselves."),
)


def hold_reading(cast: Cast, the_round: Any, *, when_open: Callable[[], None]) -> None:
    """`when_open` runs with the last turn, before the register gives the barriers numbers of its own."""
    session = _open_room(cast, the_round)
    about = {"project_id": cast.project_id, "session_id": session.pk}
    _read(cast, the_round, about, when_open)
    the_round.refresh_from_db()
    with at(the_round.reading_ended_at + timedelta(minutes=20)):
        for person, words in SAID:
            rounds.comment(by=cast[person], project_id=cast.project_id, round_id=the_round.pk, words=words)
        live.open_second_answers(by=cast.facilitator, **about)
        for told in cast.story.answers:
            _answer_again(cast, the_round, told)
    with at(the_round.reading_ended_at + timedelta(minutes=35)):
        live.close(by=cast.facilitator, **about)
        live.end_session(by=cast.facilitator, **about)


def _open_room(cast: Cast, the_round: Any) -> Any:
    with at(READING):
        session = live.plan_session(
            by=cast.facilitator, project_id=cast.project_id, round_id=the_round.pk,
            title="Reading what we wrote, at the library", heads=23,
        )  # fmt: skip
        invitations = {one.person_id: one.pk for one in round_queries.invitations_of(the_round)}
        for told in cast.story.answers:
            live.set_a_place(
                by=cast.facilitator, project_id=cast.project_id, session_id=session.pk,
                device=DEVICES.get(Channel(told.channel), Device.PHONE),
                invitation_id=invitations[cast[told.person].pk],
            )  # fmt: skip
    return session


def _read(cast: Cast, the_round: Any, about: dict[str, Any], when_open: Callable[[], None]) -> None:
    """A turn every two minutes, in the order that the lot gave."""
    now, passed = READING + timedelta(minutes=15), False
    with at(now):
        live.begin_reading(by=cast.facilitator, **about)
    while _is_being_read(the_round):
        reader = round_queries.current_turn(the_round).answer.invitation.person_id
        now += A_TURN
        if reader == cast[PASSED_ONCE].pk and not passed:
            passed = True
        else:
            with at(now):
                live.show_turn(by=cast.facilitator, **about)
        with at(now + A_TURN / 2):
            live.end_turn(by=cast.facilitator, **about)
            if not _is_being_read(the_round):
                when_open()


def _is_being_read(the_round: Any) -> bool:
    the_round.refresh_from_db()
    return bool(the_round.is_being_read)


def _answer_again(cast: Cast, the_round: Any, told: rows.Answer) -> None:
    if told.again is not None:
        rounds.seal_second_answer(
            by=cast[told.person], project_id=cast.project_id, round_id=the_round.pk, me_rating=told.again,
            around_rating=told.around, words=told.again_words,
        )  # fmt: skip
