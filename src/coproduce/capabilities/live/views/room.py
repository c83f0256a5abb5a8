"""Someone's own pages in the room, on their phone. Each works by refreshing the page, without JavaScript."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.rounds.terms import Part, State
from coproduce.core.access import NotThere
from coproduce.core.findings import Finding, Refused
from coproduce.ui.forms import key_of

from .. import operations, queries
from ..forms import CommentForm
from ..models import Place
from ..terms import UNSEEN
from .doors import of_room, place_of, wants_part
from .showing import news, shown_in

_OWN_TURN: dict[str, Any] = {
    "show": operations.show_own_turn, "done": operations.end_own_turn, "pass": operations.end_own_turn,
}  # fmt: skip


@login_not_required
@require_GET
def room(request: HttpRequest, session_id: UUID) -> HttpResponse:
    place = place_of(request, session_id)
    return show_room(request, place)


def show_room(request: HttpRequest, place: Place, *, status: int = 200, **more: Any) -> HttpResponse:
    """The room, whole or its changing part alone, from the same template."""
    shown = shown_in(place.session)
    context = of_room(place, **shown, **_mine(place, shown), say=news(place.session, shown), **more)
    template = "live/_room_part.html" if wants_part(request) else "live/room.html"
    return render(request, template, context, status=status)


def _mine(place: Place, shown: dict[str, Any]) -> dict[str, Any]:
    """What only this person sees of their own."""
    the_round, invitation = place.session.round, place.invitation
    assert invitation is not None
    mine = rounds.last_revision(invitation)
    found: dict[str, Any] = {"mine": mine}
    match the_round.state:
        case State.READING:
            current = shown["progress"].current
            found["is_my_turn"] = current is not None and current.answer.invitation_id == invitation.pk
            found["seen"] = queries.point(the_round, current)
        case State.DISCUSSION:
            found["comment_form"] = CommentForm()
        case State.SECOND:
            found["given"] = rounds.last_revision(invitation, Part.SECOND)
    return found


@login_not_required
@require_GET
def state(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """For pages without a stream: one small question."""
    return JsonResponse({"seq": place_of(request, session_id).session.seq})


@login_not_required
@require_POST
def turn(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One's own turn: show my words, pass, or done."""
    place = place_of(request, session_id)
    verb = _OWN_TURN.get(request.POST.get("action", ""))
    if verb is None:
        raise NotThere
    seen = request.POST.get("seen") or UNSEEN
    try:
        verb(by=place.person, place=place, seen=seen, key=key_of(request.POST))
    except Refused as refused:
        now = place_of(request, session_id)
        return show_room(request, now, status=409, findings=refused.findings)
    return redirect("live:room", session_id)


@login_not_required
@require_POST
def double_time(request: HttpRequest, session_id: UUID) -> HttpResponse:
    place = place_of(request, session_id)
    wanted = request.POST.get("wanted") == "yes"
    try:
        operations.ask_for_double_time(by=place.person, place=place, wanted=wanted, key=key_of(request.POST))
    except Refused as refused:
        return show_room(request, place, status=409, findings=refused.findings)
    return redirect("live:room", session_id)


@login_not_required
@require_POST
def comment(request: HttpRequest, session_id: UUID) -> HttpResponse:
    place = place_of(request, session_id)
    form = CommentForm(request.POST)
    findings: tuple[Finding, ...] = ()
    if form.is_valid():
        try:
            operations.say(by=place.person, place=place, words=form.cleaned_data["words"], key=form.key)
        except Refused as refused:
            form.refuse(refused)
            findings = refused.findings if not _takes_comments(place) else ()
        else:
            return redirect("live:room", session_id)
    return show_room(
        request, place_of(request, session_id), status=422, refused_comment=form, findings=findings
    )


def _takes_comments(place: Place) -> bool:
    """Whether the form stands on the page, to say beside it what is wrong."""
    return place.session.round.state == State.DISCUSSION and not place.session.has_ended
