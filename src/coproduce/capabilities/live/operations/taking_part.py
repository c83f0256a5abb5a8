"""What people in the room say: comments, and barriers put into themes together."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import operations as rounds
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import rules
from ..models import Place, Session
from .planning import locked, moved, running


@operation
def say(
    *, by: Any, place: Place, words: str, about_id: UUID | None = None, key: UUID | None = None
) -> Session:
    """A comment, once every turn is done or passed (R29)."""
    session = _room(place)
    record(
        by=by, verb="live.say", thing=session, project_id=session.project_id, after={"number": place.number},
    )  # fmt: skip
    rounds.comment(
        by=by, project_id=session.project_id, round_id=session.round_id, words=words, about_id=about_id
    )
    moved(session)
    return session


@operation
def put_in_theme(
    *, by: Any, place: Place, barrier_id: UUID, theme_id: UUID | None, key: UUID | None = None
) -> Session:
    """Put a barrier into a theme, or take it out. Its words stay as they are; the last one who moved it counts."""
    session = _room(place)
    projects.take_turns(session.project_id)
    record(
        by=by, verb="live.put_in_theme", thing=session, project_id=session.project_id,
        after={"number": place.number},
    )  # fmt: skip
    barriers.put_in_theme(
        by=by, project_id=session.project_id, barrier_id=barrier_id, theme_id=theme_id,
        round_id=session.round_id,
    )  # fmt: skip
    moved(session)
    return session


@operation
def add_theme(*, by: Any, project_id: UUID, session_id: UUID, name: str, key: UUID | None = None) -> Session:
    """The facilitator writes down a theme that the room has found."""
    session = running(by, project_id, session_id)
    projects.take_turns(project_id)
    record(by=by, verb="live.add_theme", thing=session, project_id=project_id, after={"name": name})
    barriers.add_theme(by=by, project_id=project_id, name=name)
    moved(session)
    return session


@operation
def ask_for_double_time(*, by: Any, place: Place, wanted: bool, key: UUID | None = None) -> Session:
    """Privately, in the lobby already: the room is told nothing."""
    session, invitation = _room(place), place.invitation
    assert invitation is not None
    record(by=by, verb="live.ask_for_double_time", thing=session, project_id=session.project_id)
    rounds.give_double_time(
        by=by, project_id=session.project_id, round_id=session.round_id, invitation=invitation,
        wanted=wanted,
    )  # fmt: skip
    return session


def _room(place: Place) -> Session:
    session = locked(place.session_id)
    settle(rules.the_session_is_running(has_ended=session.has_ended))
    return session
