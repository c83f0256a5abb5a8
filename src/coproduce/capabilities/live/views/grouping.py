"""Putting what gets in the way into themes, together: a list to choose from, no dragging."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.capabilities.barriers import queries as barriers
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import MoveForm, StepForm, ThemeForm
from ..models import Place
from .console import at_the_step, console_context
from .doors import of_room, place_of, wants_part


@login_not_required
@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest, session_id: UUID) -> HttpResponse:
    place = place_of(request, session_id)
    if not place.session.round.is_all_open:
        raise NotThere
    known = list(barriers.themes_of(place.session.project_id))
    form = MoveForm(request.POST or None, themes=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.put_in_theme(by=place.person, place=place, key=form.key, **form.facts())
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(
                reverse("live:themes", args=[session_id]) + f"#barrier-{form.facts()['barrier_id']}"
            )
    template = "live/_themes_part.html" if wants_part(request) else "live/themes.html"
    return render(request, template, of_room(place, form=form, **_board(place, known)))


def _board(place: Place, known: list[Any]) -> dict[str, Any]:
    """Every barrier of the round, each with its own small form. Their order never changes, so that none jumps away."""
    found = list(barriers.barriers_of_round(place.session.project_id, place.session.round_id))
    left = sum(one.theme_id is None for one in found)
    return {"cards": [(one, _moving(one, known)) for one in found], "known": known, "left": left}


def _moving(barrier: Any, known: list[Any]) -> MoveForm:
    where = {"barrier": barrier.pk, "theme": str(barrier.theme_id or "")}
    return MoveForm(themes=known, ref=barrier.ref, initial=where, auto_id=f"%s-{barrier.pk}")


@require_POST
def add_theme(request: HttpRequest, project_id: UUID, session_id: UUID) -> HttpResponse:
    visit, session = queries.session_for(request.user, project_id, session_id, Purpose.RUN)
    form = ThemeForm(request.POST)
    if form.is_valid():
        try:
            operations.add_theme(
                by=request.user, project_id=project_id, session_id=session_id, key=form.key,
                name=form.cleaned_data["name"],
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(at_the_step(project_id, session_id))
    context = console_context(visit, session, form=StepForm()) | {"theme_form": form}
    return render(request, "live/console.html", context, status=422)
