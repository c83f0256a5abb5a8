"""The second answer: beside the first at once, or sealed until the close where the round was read in turns."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from coproduce.core.access import NotThere
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import ScribeSecondForm, SecondAnswerForm, initial_of_second
from ..models import Invitation, Round
from ..queries import Guest
from .answering import for_someone
from .identity import frame, own_page
from .running import page


@own_page
@require_http_methods(["GET", "POST"])
def second_answer(request: HttpRequest, project_id: UUID, round_id: UUID, who: Guest) -> HttpResponse:
    visit, the_round, invitation = queries.own_invitation(who.person, project_id, round_id)
    own = {"by": who.person, "invitation_id": None}
    context = page(visit, the_round, who=who, frame=frame(request, who), invitation=invitation)
    return _second(request, the_round, invitation, own, context)


@require_http_methods(["GET", "POST"])
def enter_second(request: HttpRequest, project_id: UUID, round_id: UUID, invitation_id: UUID) -> HttpResponse:
    visit, the_round, invitation = for_someone(request, project_id, round_id, invitation_id)
    scribe = {"by": request.user, "invitation_id": invitation_id}
    context = page(visit, the_round, frame="projects/page.html", invitation=invitation, for_someone=True)
    return _second(request, the_round, invitation, scribe, context)


def _second(
    request: HttpRequest,
    the_round: Round,
    invitation: Invitation,
    acting: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:
    if not the_round.takes_second_answers:
        raise NotThere
    is_scribe = acting["invitation_id"] is not None and the_round.in_turns
    kind = ScribeSecondForm if is_scribe else SecondAnswerForm
    form = kind(request.POST or None, initial=_initial(the_round, invitation, acting))
    if request.method == "POST" and form.is_valid():
        verb = operations.seal_second_answer if the_round.in_turns else operations.give_second_answer
        try:
            verb(
                **acting, project_id=the_round.project_id, round_id=the_round.pk, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(_after(the_round, context))
    first = queries.own_opened(invitation)
    return render(request, "rounds/second_answer.html", {**context, "form": form, "first": first})


def _initial(the_round: Round, invitation: Invitation, acting: dict[str, Any]) -> dict[str, Any] | None:
    """What was given before, for its author; a scribe does not read what is sealed."""
    if not the_round.in_turns:
        given = queries.second_answer_of(invitation)
        return initial_of_second(given) if given else None
    if acting["invitation_id"] is not None:
        return None
    given_sealed = queries.own_second_answer(the_round, invitation, acting["by"])
    return initial_of_second(given_sealed) if given_sealed else None


def _after(the_round: Round, context: dict[str, Any]) -> str:
    if the_round.in_turns and "who" in context:
        return str(context["who"].back)
    name = "rounds:round" if the_round.in_turns else "rounds:answers"
    return reverse(name, args=[the_round.project_id, the_round.pk])
