"""Planning a session, its door, its end."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import operations as round_operations
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.live import announce
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Session
from ..terms import SESSION


@operation
def plan_session(
    *,
    by: Any,
    project_id: UUID,
    round_id: UUID,
    title: str,
    is_anonymous: bool = False,
    heads: int | None = None,
    key: UUID | None = None,
) -> Session:
    """Give a round a room: a join code, and a console for whoever facilitates."""
    projects.visit(by, project_id, SESSION, Purpose.RUN)
    projects.take_turns(project_id)
    _visit, the_round = rounds.round_for(by, project_id, round_id, Purpose.RUN)
    settle([
        *rules.a_session_has_a_title(title),
        *rules.only_a_round_that_was_not_read_is_held(the_round.state, in_turns=the_round.in_turns),
        *rules.a_round_is_held_in_one_session_at_a_time(is_held=queries.is_held(round_id)),
    ])  # fmt: skip
    now = clock.now()
    session = Session(
        project_id=project_id, round=the_round, title=title, join_code=queries.new_code(),
        is_anonymous=is_anonymous, heads=heads, step_began_at=now, planned_by=by, planned_at=now,
    )  # fmt: skip
    session.save(force_insert=True)
    record(
        by=by, verb="live.plan_session", thing=session, project_id=project_id,
        after={"round": round_id, "title": title, "is_anonymous": is_anonymous, "heads": heads},
    )  # fmt: skip
    return session


@operation
def set_door(
    *, by: Any, project_id: UUID, session_id: UUID, is_open: bool, key: UUID | None = None
) -> Session:
    """Open or close the lobby: while it is closed, the code lets nobody in."""
    session = running(by, project_id, session_id)
    before, session.is_lobby_open = session.is_lobby_open, is_open
    moved(session, "is_lobby_open")
    record(
        by=by, verb="live.set_door", thing=session, project_id=project_id,
        before={"is_lobby_open": before}, after={"is_lobby_open": is_open},
    )  # fmt: skip
    return session


@operation
def count_heads(
    *, by: Any, project_id: UUID, session_id: UUID, heads: int | None, key: UUID | None = None
) -> Session:
    """How many people sit in the room, so that a place too many shows."""
    session = running(by, project_id, session_id)
    before, session.heads = session.heads, heads
    places = queries.places_of(session).count()
    kept = settle(rules.more_places_than_heads(places, heads))
    moved(session, "heads")
    record(
        by=by, verb="live.count_heads", thing=session, project_id=project_id, findings=kept,
        before={"heads": before}, after={"heads": heads},
    )  # fmt: skip
    return session


@operation
def end_session(
    *, by: Any, project_id: UUID, session_id: UUID, seen: str = "", key: UUID | None = None
) -> Session:
    """Empty the room: its code lets nobody in and its places change nothing more; what was said stays."""
    session = running(by, project_id, session_id, seen)
    settle(
        rules.a_session_ends_before_the_seal_or_after_the_close(
            session.round.state, in_turns=session.round.in_turns
        )
    )
    session.ended_at, session.is_lobby_open = clock.now(), False
    moved(session, "ended_at", "is_lobby_open")
    record(
        by=by,
        verb="live.end_session",
        thing=session,
        project_id=project_id,
        after={"ended_at": session.ended_at},
    )
    return session


def running(by: Any, project_id: UUID, session_id: UUID, seen: str = "") -> Session:
    """The session for as long as the transaction lasts: two facilitators at two consoles take turns.

    `seen` is where the room stood on the page with the button, when there was one (queries.point_of).
    """
    queries.session_for(by, project_id, session_id, Purpose.RUN)
    session = locked(session_id)
    settle(rules.the_session_is_running(has_ended=session.has_ended))
    must_be_as_seen(session, seen)
    return session


def must_be_as_seen(session: Session, seen: str) -> None:
    if seen:
        settle(rules.a_button_does_what_its_page_showed(seen, queries.point_of(session)))


def locked(session_id: UUID) -> Session:
    """The session, then its round, and both before the ledger: whoever answers holds the round first, too."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
    session.round = round_operations.locked(session.round_id)
    return session


def moved(session: Session, *fields: str) -> None:
    """Save, and tell the open pages that something is new."""
    session.seq += 1
    session.save(update_fields=["seq", *fields])
    announce(session.topic, session.seq)
