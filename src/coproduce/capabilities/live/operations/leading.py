"""The facilitator's steps. Each is a step of the round, and tells the open pages that something is new."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds import queries as round_queries
from coproduce.capabilities.rounds.terms import State
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Finding, Override, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Place, Session
from ..terms import TIME_TO_WRITE
from .planning import locked, moved, running


@operation
def start_writing(
    *, by: Any, project_id: UUID, session_id: UUID, override: Override | None = None, key: UUID | None = None
) -> Session:
    """Everyone in the room may answer from now on. A round that is open for pre-work goes on as it is."""
    session = running(by, project_id, session_id)
    kept = settle(what_starting_finds(session), override)
    _step(session, by, "live.start_writing", kept, override)
    _make_time(by, session)
    if session.round.is_draft:
        rounds.open_round(by=by, project_id=project_id, round_id=session.round_id)
    return session


def _make_time(by: Any, session: Session) -> None:
    """In the room the facilitator's seal ends the writing: a planned hour that has come must make nobody late."""
    the_round, enough = session.round, clock.now() + TIME_TO_WRITE
    if the_round.seals_at >= enough:
        return
    where = {"by": by, "project_id": session.project_id, "round_id": session.round_id}
    if the_round.is_draft:
        rounds.edit_round(**where, changes={"seals_at": enough})
    else:
        rounds.give_more_time(**where, seals_at=enough)


def what_starting_finds(session: Session) -> list[Finding]:
    places = queries.places_of(session).count()
    return [
        *rules.someone_has_a_place(places),
        *rules.nobody_stands_out_without_a_name(places, anonymous=session.is_anonymous),
        *rules.more_places_than_heads(places, session.heads),
    ]


@operation
def seal(
    *, by: Any, project_id: UUID, session_id: UUID, override: Override | None = None, key: UUID | None = None
) -> Session:
    """All answers stay as they are from now on, and nobody has read one; the root goes on every screen."""
    session = running(by, project_id, session_id)
    _step(session, by, "live.seal", override=override)
    rounds.seal_round(
        by=by, project_id=project_id, round_id=session.round_id, in_turns=True, override=override
    )
    return session


@operation
def begin_reading(*, by: Any, project_id: UUID, session_id: UUID, key: UUID | None = None) -> Session:
    session = running(by, project_id, session_id)
    _step(session, by, "live.begin_reading")
    rounds.begin_reading(by=by, project_id=project_id, round_id=session.round_id)
    return session


@operation
def show_turn(
    *, by: Any, project_id: UUID, session_id: UUID, mark: str = "", key: UUID | None = None
) -> Session:
    """Open the words of whoever is called, on every screen."""
    session = running(by, project_id, session_id)
    settle(rules.the_turn_is_still_this_one(mark, queries.turn_now(session)))
    _step(session, by, "live.show_turn", same_step=True)
    rounds.show_turn(by=by, project_id=project_id, round_id=session.round_id)
    return session


@operation
def end_turn(
    *, by: Any, project_id: UUID, session_id: UUID, mark: str = "", key: UUID | None = None
) -> Session:
    session = running(by, project_id, session_id)
    settle(rules.the_turn_is_still_this_one(mark, queries.turn_now(session)))
    _step(session, by, "live.end_turn", same_step=True)
    rounds.end_turn(by=by, project_id=project_id, round_id=session.round_id)
    _begin_step_if_new(session, State.READING)
    return session


@operation
def pass_the_rest(
    *, by: Any, project_id: UUID, session_id: UUID, override: Override | None = None, key: UUID | None = None
) -> Session:
    session = running(by, project_id, session_id)
    _step(session, by, "live.pass_the_rest", override=override)
    rounds.pass_the_rest(by=by, project_id=project_id, round_id=session.round_id, override=override)
    return session


@operation
def open_second_answers(*, by: Any, project_id: UUID, session_id: UUID, key: UUID | None = None) -> Session:
    session = running(by, project_id, session_id)
    _step(session, by, "live.open_second_answers")
    rounds.open_second_answers(by=by, project_id=project_id, round_id=session.round_id)
    return session


@operation
def close(*, by: Any, project_id: UUID, session_id: UUID, key: UUID | None = None) -> Session:
    session = running(by, project_id, session_id)
    _step(session, by, "live.close")
    rounds.close_round(by=by, project_id=project_id, round_id=session.round_id)
    return session


@operation
def set_turn_seconds(
    *, by: Any, project_id: UUID, session_id: UUID, seconds: int, key: UUID | None = None
) -> Session:
    session = running(by, project_id, session_id)
    _step(session, by, "live.set_turn_seconds", same_step=True)
    rounds.set_turn_seconds(by=by, project_id=project_id, round_id=session.round_id, seconds=seconds)
    return session


# What the person whose turn it is may do themselves


@operation
def show_own_turn(*, by: Any, place: Place, mark: str = "", key: UUID | None = None) -> Session:
    session = _in_the_room(by, place)
    settle(rules.the_turn_is_still_this_one(mark, queries.turn_now(session)))
    _step(session, by, "live.show_turn", same_step=True)
    rounds.show_turn(by=by, project_id=session.project_id, round_id=session.round_id)
    return session


@operation
def end_own_turn(*, by: Any, place: Place, mark: str = "", key: UUID | None = None) -> Session:
    """Done, or passed when nothing was shown."""
    session = _in_the_room(by, place)
    settle(rules.the_turn_is_still_this_one(mark, queries.turn_now(session)))
    _step(session, by, "live.end_turn", same_step=True)
    rounds.end_turn(by=by, project_id=session.project_id, round_id=session.round_id)
    _begin_step_if_new(session, State.READING)
    return session


def _in_the_room(by: Any, place: Place) -> Session:
    session = locked(place.session_id)
    settle(rules.the_session_is_running(has_ended=session.has_ended))
    round_queries.round_for(by, session.project_id, session.round_id, Purpose.READ)
    return session


def _step(
    session: Session,
    by: Any,
    verb: str,
    findings: tuple[Finding, ...] = (),
    override: Override | None = None,
    *,
    same_step: bool = False,
) -> None:
    """First the session's own entry, so that a repeat of the request gives the session back."""
    if not same_step:
        session.step_began_at = clock.now()
    moved(session, "step_began_at")
    record(
        by=by, verb=verb, thing=session, project_id=session.project_id, findings=findings,
        after={"seq": session.seq}, override=override.reason if override else "",
    )  # fmt: skip


def _begin_step_if_new(session: Session, was: str) -> None:
    """The last turn ends the reading: the clock of the discussion begins."""
    session.round.refresh_from_db()
    if session.round.state != was:
        session.step_began_at = clock.now()
        session.save(update_fields=["step_began_at"])
