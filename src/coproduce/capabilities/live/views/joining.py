"""The lobby: a code, a name, a group, and a place in the room."""

from contextlib import suppress
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import key_of

from .. import operations, queries, rules
from ..forms import CodeForm, JoinForm, PhraseForm
from ..models import Place
from ..terms import MOST_TRIES_OF_ALL, TRIES, TRIES_SECONDS
from .doors import keep, of_room, phrase_in, place_of


@login_not_required
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = queries.spelled_code(form.cleaned_data["code"])
        if _tried_too_often(request):
            form.add_error("code", _("Too many wrong codes. Wait a minute, then try again."))
        elif _is_known(request, code):
            return redirect("live:join", code)
        else:
            form.add_error("code", _("No open room has this code. Look at the screen again."))
    return render(request, "live/enter_code.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code opens. A wrong code and a closed room look the same."""
    if _tried_too_often(request) or not _is_known(request, code):
        raise NotThere
    session = queries.session_with_code(code)
    mine = _already_here(request, session.pk)
    if mine:
        return redirect("live:room", session.pk)
    form = JoinForm(
        request.POST or None, groups=queries.groups_to_choose(session), anonymous=session.is_anonymous
    )
    if request.method == "POST" and form.is_valid():
        key = form.key or uuid4()
        phrase = queries.phrase_of(key)
        try:
            place = operations.join(code=code, phrase=phrase, key=key, **form.facts())
        except Refused as refused:
            form.refuse(refused)
        else:
            return _seated(place, phrase)
    return render(request, "live/join.html", {"form": form, "session": session})


@require_POST
def take_place(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    """For who is signed in: one press."""
    queries.session_for(request.user, project_id, session_id, Purpose.CONTRIBUTE)
    key = key_of(request.POST) or uuid4()
    phrase = queries.phrase_of(key)
    try:
        place = operations.take_place(
            by=request.user, project_id=project_id, session_id=session_id, phrase=phrase, key=key
        )
    except Refused as refused:
        return render(request, "live/no_place.html", {"findings": refused.findings}, status=409)
    return _seated(place, phrase)


@login_not_required
@require_GET
def welcome(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Shows the four words, to write down; for some minutes, and on this device only."""
    place = place_of(request, session_id)
    return render(request, "live/welcome.html", of_room(place, phrase=phrase_in(request)))


@login_not_required
@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """On another phone, with the four words."""
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _tried_too_often(request):
            form.add_error("phrase", _("Too many wrong tries. Wait a minute, then try again."))
            return _ask_for_words(request, session_id, form)
        next_words = queries.phrase_of(form.key or uuid4())
        place = _handed_back(session_id, form, next_words)
        if place:
            return _seated(place, next_words)
        _wrong_try(request)
        form.refuse(list(rules.words_open_a_place_once(fit=False)))
    return _ask_for_words(request, session_id, form)


def _ask_for_words(request: HttpRequest, session_id: UUID, form: PhraseForm) -> HttpResponse:
    return render(request, "live/come_back.html", {"form": form, "session_id": session_id})


def _handed_back(session_id: UUID, form: PhraseForm, next_words: str) -> Place | None:
    """The same form once more finds the place by the next words, which it has given to it already."""
    words = form.cleaned_data["phrase"]
    place = queries.place_with_phrase(session_id, words)
    if place is None:
        return queries.place_with_phrase(session_id, next_words)
    with suppress(Refused):
        return operations.come_back(
            by=place.person, place_id=place.pk, words=words, phrase=next_words, key=form.key
        )
    return None


def _seated(place: Place, phrase: str) -> HttpResponse:
    return keep(redirect("live:welcome", place.session_id), place, phrase)


def _already_here(request: HttpRequest, session_id: UUID) -> Place | None:
    try:
        return place_of(request, session_id)
    except NotThere:
        return None


def _is_known(request: HttpRequest, code: str) -> bool:
    try:
        session = queries.session_with_code(code)
    except NotThere:
        _wrong_try(request)
        return False
    return session.is_lobby_open


def _tried_too_often(request: HttpRequest) -> bool:
    """Only wrong codes count, so that a hall of sixty people behind one address can join."""
    return bool(
        cache.get(_of_address(request), 0) >= TRIES or cache.get("live-tries", 0) >= MOST_TRIES_OF_ALL
    )


def _wrong_try(request: HttpRequest) -> None:
    for name in (_of_address(request), "live-tries"):
        cache.add(name, 0, TRIES_SECONDS)
        # It may have run out between the two.
        with suppress(ValueError):
            cache.incr(name)


def _of_address(request: HttpRequest) -> str:
    return f"live-tries-{request.META.get('REMOTE_ADDR', '')}"
