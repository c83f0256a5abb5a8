"""Who is in the room: for those who run it. Never whether someone has answered."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import operations as round_operations
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.forms import Form, key_of
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries
from ..forms import CommentForm, PlaceForm, RecogniseForm, WhyForm
from ..models import Place, Session
from ..terms import PLACES, Device
from .planning import page


def _door(request: HttpRequest, project_id: UUID, session_id: UUID) -> tuple[Visit, Session]:
    return queries.session_for(request.user, project_id, session_id, Purpose.RUN, PLACES)


def _at_place(
    request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID
) -> tuple[Visit, Session, Place]:
    visit, session = _door(request, project_id, session_id)
    return visit, session, queries.place_in(session, place_id)


@require_GET
def places(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    visit, session = _door(request, project_id, session_id)
    table = Table(
        rows=queries.places_of(session),
        columns=[
            Column("number", _("Seat"), sort="number", numeric=True),
            Column("name", _("Name"), value="person.shown_name", sort="person__name"),
            Column("group", _("Group"), value="invitation.group_name", sort="invitation__group_name"),
            Column("device", _("Takes part"), value="get_device_display"),
        ],
        filters=[
            Filter("device", _("Takes part"), Device.choices, lambda rows, value: rows.filter(device=value))
        ],
        search=lambda rows, words: rows.filter(person__name__icontains=words),
        caption=_("Who is in the room"),
        empty=_("Nobody has joined yet"),
        name="places",
        page_size=100,
    )
    context = page(visit, session=session, round=session.round, expected=queries.expected(session))
    return table.respond(request, "live/places.html", context)


@require_http_methods(["GET", "POST"])
def set_a_place(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    visit, session = _door(request, project_id, session_id)
    form = PlaceForm(
        request.POST or None, expected=queries.expected(session), groups=queries.groups_to_choose(session)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_a_place(
                by=request.user, project_id=project_id, session_id=session_id, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("live:places", project_id, session_id)
    return render(request, "live/set_a_place.html", page(visit, session=session, form=form))


@require_http_methods(["GET", "POST"])
def recognise(request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID) -> HttpResponse:
    visit, session, place = _at_place(request, project_id, session_id, place_id)
    form = RecogniseForm(request.POST or None, expected=queries.expected(session))

    def run(form: Any) -> None:
        operations.recognise(
            by=request.user, project_id=project_id, session_id=session_id, place_id=place_id,
            invitation_id=UUID(form.cleaned_data["invitation"]), key=form.key,
        )  # fmt: skip

    return _handled(request, form, run, "live/recognise.html", page(visit, session=session, place=place))


@require_http_methods(["GET", "POST"])
def show_out(request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID) -> HttpResponse:
    visit, session, place = _at_place(request, project_id, session_id, place_id)
    form = WhyForm(request.POST or None)

    def run(form: Any) -> None:
        operations.show_out(
            by=request.user, project_id=project_id, session_id=session_id, place_id=place_id,
            why=form.cleaned_data["why"], key=form.key,
        )  # fmt: skip

    return _handled(request, form, run, "live/show_out.html", page(visit, session=session, place=place))


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID) -> HttpResponse:
    """New words for someone whose phone died, to read out to them or show them; shown once, here."""
    visit, session, place = _at_place(request, project_id, session_id, place_id)
    form, phrase = Form(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        key = form.key or uuid4()
        phrase = queries.phrase_of(key)
        operations.hand_on(
            by=request.user,
            project_id=project_id,
            session_id=session_id,
            place_id=place_id,
            phrase=phrase,
            key=key,
        )
    back = request.build_absolute_uri(reverse("live:come_back", args=[session.pk]))
    context = page(visit, session=session, place=place, form=form, phrase=phrase, back_address=back)
    return render(request, "live/hand_on.html", context)


@require_POST
def double_time(request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID) -> HttpResponse:
    """Asked for in advance, privately: the list of places does not show it."""
    _visit, session, place = _at_place(request, project_id, session_id, place_id)
    round_operations.ask_for_double_time(
        by=request.user, project_id=project_id, round_id=session.round_id, invitation_id=place.invitation_id,
        wanted=request.POST.get("wanted") == "yes", key=key_of(request.POST),
    )  # fmt: skip
    messages.success(request, _("Noted. Only you and they know."))
    return redirect("live:places", project_id, session_id)


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, project_id: UUID, session_id: UUID, place_id: UUID) -> HttpResponse:
    """Write down what someone without a device says, once every turn is done (R29)."""
    visit, session, place = _at_place(request, project_id, session_id, place_id)
    form = CommentForm(request.POST or None)

    def run(form: Any) -> None:
        round_operations.comment(
            by=request.user, project_id=project_id, round_id=session.round_id, words=form.cleaned_data["words"],
            on_behalf_of=place.person, key=form.key,
        )  # fmt: skip

    return _handled(request, form, run, "live/enter_comment.html", page(visit, session=session, place=place))


def _handled(
    request: HttpRequest, form: Any, run: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            run(form)
        except Refused as refused:
            form.refuse(refused)
        else:
            session = context["session"]
            return redirect("live:places", session.project_id, session.pk)
    return render(request, template, {**context, "form": form})
