"""What hangs on the wall: the room screen for the projector, and the poster by the door."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.rounds.terms import BEFORE_THE_SEAL
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.qr import qr_code

from .. import queries
from ..models import Session
from ..terms import step_of
from .doors import state_of, stream_of, wants_part
from .planning import page
from .showing import news, shown_in

# What the room has said last: nobody scrolls a wall.
NEWEST = 4


@require_GET
def screen(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    """Large, and with nothing on it that a seat may not see."""
    visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    shown = shown_in(session)
    context = page(
        visit, session=session, round=session.round, step=step_of(session.round.state), stream=stream_of(session),
        state_url=state_of(session, "live:console_state", project_id, session_id), say=news(session, shown),
        now=clock.now(), newest=shown.get("comments", [])[-NEWEST:], **shown,
        is_joinable=session.is_lobby_open and session.round.state in BEFORE_THE_SEAL, **_join(request, session),
    )  # fmt: skip
    template = "live/_screen_part.html" if wants_part(request) else "live/screen.html"
    return render(request, template, context)


@require_GET
def poster(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    """To print: how to join, with the QR code."""
    visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    return render(request, "live/poster.html", page(visit, session=session, **_join(request, session)))


def _join(request: HttpRequest, session: Session) -> dict[str, object]:
    address = request.build_absolute_uri(reverse("live:join", args=[session.join_code]))
    typed = request.build_absolute_uri(reverse("live:enter_code"))
    return {"join_address": typed.partition("//")[2], "qr": qr_code(address, _("QR code to join"))}
