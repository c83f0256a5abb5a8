"""Answering: for oneself, and on behalf of someone on paper or the phone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Refused

from .. import operations, queries, rules
from ..forms import AnswerForm, ScribeForm, initial_of
from ..models import Invitation, Round
from ..queries import Guest
from ..terms import FIRST_LANGUAGE, ROUND, Channel, Wording, in_language
from .identity import frame, own_page
from .running import page


@own_page
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, project_id: UUID, round_id: UUID, who: Guest) -> HttpResponse:
    """One's own answer. Until the seal it can be read and changed here, by its author alone."""
    form = None
    if request.method == "POST":
        form = AnswerForm(request.POST, the_round=queries.shape_of(project_id, round_id))
        if form.is_valid() and _is_sealed(form, project_id, round_id, who):
            return redirect("rounds:receipt", project_id, round_id)
    visit, the_round, invitation = queries.own_invitation(who.person, project_id, round_id)
    before = queries.own_answer(the_round, invitation, who.person)
    if before and not rules.is_on_time(the_round, clock.now()):
        return redirect("rounds:receipt", project_id, round_id)
    form = form or AnswerForm(initial=_initial(request, the_round, before), the_round=the_round)
    own = {"who": who, "frame": frame(request, who), "invitation": invitation, "form": form, "before": before}
    more = {"languages": languages(the_round), "first_round": queries.before(the_round, who.person)}
    return render(
        request, "rounds/answer.html", page(visit, the_round, **own, **more, late=lateness(the_round))
    )


def _initial(request: HttpRequest, the_round: Round, before: Any) -> dict[str, Any]:
    """What was answered before, in the language that was chosen on the page."""
    asked = the_round.asked
    initial = (
        initial_of(before.written, before.answer.channel, asked) if before else {"channel": Channel.ONLINE}
    )
    chosen = request.GET.get("lang")
    return initial if chosen is None else initial | {"language": chosen}


def languages(the_round: Round) -> list[Wording]:
    """What people can choose from; nothing where there is one language only."""
    tags = the_round.languages
    return [in_language(the_round, tag) for tag in (FIRST_LANGUAGE, *tags)] if tags else []


def _is_sealed(form: AnswerForm, project_id: UUID, round_id: UUID, who: Guest) -> bool:
    """The operation asks the door itself, so an answer that is in order is not asked for twice."""
    try:
        operations.answer_round(
            by=who.person, project_id=project_id, round_id=round_id, written=form.written(),
            channel=form.cleaned_data["channel"], key=form.key,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def lateness(the_round: Round) -> list[Finding]:
    return list(rules.late_answers_are_marked(the_round, clock.now()))


@own_page
@require_GET
def receipt(request: HttpRequest, project_id: UUID, round_id: UUID, who: Guest) -> HttpResponse:
    visit, the_round, invitation = queries.own_invitation(who.person, project_id, round_id)
    mine = queries.last_revision(invitation)
    if mine is None:
        return redirect("rounds:answer", project_id, round_id)
    on_time = rules.is_on_time(the_round, clock.now())
    own = {"who": who, "frame": frame(request, who), "invitation": invitation, "mine": mine}
    return render(request, "rounds/receipt.html", page(visit, the_round, **own, may_change=on_time))


@require_GET
def on_behalf(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    """Choose the person. The list is the same whoever has answered, until the seal."""
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    if the_round.is_draft:
        raise NotThere
    opened = queries.opened_answers(the_round) if the_round.is_all_open else ()
    came = {one.invitation_id for one in opened}
    people = [(one, one.pk in came) for one in queries.invitations_of(the_round)]
    return render(request, "rounds/on_behalf.html", page(visit, the_round, people=people))


@require_http_methods(["GET", "POST"])
def enter_answer(request: HttpRequest, project_id: UUID, round_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Always an empty form: the scribe does not read what was entered before."""
    visit, the_round, invitation = for_someone(request, project_id, round_id, invitation_id)
    form = ScribeForm(request.POST or None, the_round=the_round)
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_round(
                by=request.user, project_id=project_id, round_id=round_id, written=form.written(),
                channel=form.cleaned_data["channel"], invitation_id=invitation_id,
                read_back=form.cleaned_data["read_back"], key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("rounds:entered", project_id, round_id, invitation_id)
    context = page(visit, the_round, form=form, invitation=invitation, late=lateness(the_round))
    context["may_run"] = visit.may(ROUND, Purpose.RUN)
    return render(request, "rounds/enter_answer.html", context)


@require_GET
def entered(request: HttpRequest, project_id: UUID, round_id: UUID, invitation_id: UUID) -> HttpResponse:
    """The receipt, to hand on to the person; only for the scribe who entered it."""
    visit, the_round, invitation = for_someone(request, project_id, round_id, invitation_id)
    last = queries.last_revision(invitation)
    if last is None or last.entered_by_id != visit.person.pk:
        raise NotThere
    return render(
        request,
        "rounds/entered.html",
        page(visit, the_round, invitation=invitation, mine=last, may_run=visit.may(ROUND, Purpose.RUN)),
    )


def for_someone(
    request: HttpRequest, project_id: UUID, round_id: UUID, invitation_id: UUID
) -> tuple[Any, Round, Invitation]:
    visit, the_round, invitation = queries.for_someone(request.user, project_id, round_id, invitation_id)
    if the_round.is_draft:
        raise NotThere
    return visit, the_round, invitation
