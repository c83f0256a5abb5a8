"""The cookie that holds a place, and what every page of the room gets."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from coproduce.capabilities.rounds.queries import Guest
from coproduce.core import clock
from coproduce.core.live import stream_token

from .. import queries
from ..models import Place, Session
from ..terms import step_of

_HOURS = 12
PART = "live"
_PHRASE, _PHRASE_SECONDS = "place-words", 600


def cookie_name() -> str:
    return "__Host-place" if settings.SESSION_COOKIE_SECURE else "place"


def place_of(request: HttpRequest, session_id: UUID) -> Place:
    """The door of every page of the room."""
    return queries.place_held_by(request.COOKIES.get(cookie_name(), ""), session_id)


def keep(response: HttpResponse, place: Place, phrase: str) -> HttpResponse:
    """One open place a browser: a new one takes the cookie over. The words stay some minutes, to write down."""
    kept: dict[str, Any] = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(cookie_name(), queries.token_of(place), max_age=_HOURS * 3600, path="/", **kept)
    # Not in the address: the words open a place.
    response.set_signed_cookie(_PHRASE, phrase, max_age=_PHRASE_SECONDS, path="/live/", **kept)
    return response


def phrase_in(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(_PHRASE, default="", max_age=_PHRASE_SECONDS))


def guest_in_the_room(request: HttpRequest, round_id: UUID) -> Guest | None:
    """For the pages of `rounds`: who holds a place in a running session of this round answers as themselves."""
    held = queries.place_held_in(request.COOKIES.get(cookie_name(), ""), round_id)
    return Guest(held.person, reverse("live:room", args=[held.session_id])) if held else None


def wants_part(request: HttpRequest) -> bool:
    """The page asks for its changing part alone."""
    return request.headers.get("X-Part") == PART


def of_room(place: Place, **more: Any) -> dict[str, Any]:
    """What the templates of someone's own pages get."""
    session = place.session
    return {
        "place": place, "session": session, "round": session.round, "step": step_of(session.round.state),
        "now": clock.now(), "stream": stream_of(session),
        "state_url": state_of(session, "live:state", session.pk), **more,
    }  # fmt: skip


def stream_of(session: Session) -> str:
    """Where the page hears that something is new; nothing once the session has ended."""
    return "" if session.has_ended else f"/live/stream/?t={stream_token(session.topic)}"


def state_of(session: Session, name: str, *about: UUID) -> str:
    """Where the page asks when it hears nothing; nothing once the session has ended."""
    return "" if session.has_ended else reverse(name, args=about)
