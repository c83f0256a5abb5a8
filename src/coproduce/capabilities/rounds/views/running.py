"""The pages of whoever runs a round."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused, Strength
from coproduce.ui.forms import Form
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import InviteForm, MoreTimeForm, RoundForm, SealForm, facts_of, first_facts
from ..models import Round
from ..terms import ANSWERS, COUNTS, ROUND, Kind, State, in_language


def page(visit: Visit, the_round: Round | None = None, **more: Any) -> dict[str, Any]:
    """What every template of this capability gets."""
    return {"visit": visit, "section": "rounds", "round": the_round, **more}


@require_GET
def rounds(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, ROUND, Purpose.READ)
    may_run = visit.may(ROUND, Purpose.RUN)
    table = Table(
        rows=queries.rounds_with_counts(visit),
        columns=[
            Column("code", _("Number")),
            Column("title", _("Question"), sort="title", link=_link(project_id)),
            Column("kind", _("Kind"), value="get_kind_display"),
            Column("state", _("State"), value="get_state_display"),
            Column("opened_at", _("Opened"), sort="opened_at"),
            Column("seals_at", _("Sealing time"), sort="seals_at"),
            Column("answered", _("Answered"), value=_answered),
        ],
        filters=[
            Filter("state", _("State"), State.choices, _in_state),
            Filter("kind", _("Kind"), Kind.choices, _of_kind),
        ],
        search=lambda rows, words: rows.filter(title__icontains=words),
        caption=_("Rounds"),
        empty=_("No round yet"),
        name="rounds",
    )
    return table.respond(request, "rounds/rounds.html", page(visit, may_run=may_run))


def _link(project_id: UUID) -> Any:
    return lambda the_round: reverse("rounds:round", args=[project_id, the_round.pk])


def _answered(the_round: Any) -> str:
    return _("%(answered)s of %(invited)s") % {"answered": the_round.answered, "invited": the_round.invited}


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(state=value)


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(kind=value)


@require_GET
def one_round(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.READ)
    invitation = queries.invitation_of(the_round, request.user)
    mine = queries.last_revision(invitation) if invitation else None
    context = page(
        visit, the_round,
        counts=queries.counts(the_round),
        may_run=visit.may(ROUND, Purpose.RUN),
        may_see_counts=visit.may(COUNTS, Purpose.READ),
        may_read_answers=the_round.is_all_open and visit.may(ANSWERS, Purpose.READ),
        may_answer=invitation is not None and visit.may(ROUND, Purpose.CONTRIBUTE) and not the_round.is_draft,
        mine=mine,
        on_time=rules.is_on_time(the_round, clock.now()),
        findings=list(rules.only_counts_before_the_seal(the_round.state)),
        helps=queries.supported_by(request.user, the_round) if not the_round.is_draft else [],
        wordings=[in_language(the_round, tag) for tag in the_round.languages],
    )  # fmt: skip
    return render(request, "rounds/round.html", context)


@require_http_methods(["GET", "POST"])
def new_round(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, ROUND, Purpose.RUN)
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(Kind) else Kind.FOCUS_GROUP
    form = RoundForm(request.POST or None, initial=first_facts(kind), opened=queries.open_rounds(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.draft_round(
                by=request.user, project_id=project_id, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("rounds:invite", project_id, made.pk)
    return render(request, "rounds/round_form.html", page(visit, form=form, kinds=Kind))


@require_http_methods(["GET", "POST"])
def edit_round(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    form = RoundForm(
        request.POST or None, initial=facts_of(the_round), opened=queries.open_rounds(project_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_round(
                by=request.user, project_id=project_id, round_id=round_id, changes=form.facts(), key=form.key
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The round is saved."))
            return redirect("rounds:round", project_id, round_id)
    return render(request, "rounds/round_form.html", page(visit, the_round, form=form))


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    invited = list(queries.invitations_of(the_round))
    form = InviteForm(
        request.POST or None,
        seats=queries.seats_to_choose(project_id),
        invited=[one.seat_id for one in invited],
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.invite(
                by=request.user,
                project_id=project_id,
                round_id=round_id,
                seat_ids=form.seat_ids(),
                key=form.key,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The invitations are saved."))
            return redirect("rounds:round", project_id, round_id)
    findings = (
        rules.leaders_answer_too(invited, leaders_seated=queries.leaders_seated(project_id))
        if invited
        else ()
    )
    return render(request, "rounds/invite.html", page(visit, the_round, form=form, findings=list(findings)))


@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.open_round(by=request.user, project_id=project_id, round_id=round_id, key=form.key)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The round is open."))
            return redirect("rounds:round", project_id, round_id)
    found = operations.what_opening_finds(the_round, clock.now())
    context = page(visit, the_round, form=form, findings=found, counts=queries.counts(the_round))
    return render(request, "rounds/open_round.html", context)


@require_http_methods(["GET", "POST"])
def more_time(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    if not the_round.is_open:
        raise NotThere
    form = MoreTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.give_more_time(
                by=request.user,
                project_id=project_id,
                round_id=round_id,
                seals_at=form.seals_at(),
                key=form.key,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The sealing time is moved."))
            return redirect("rounds:round", project_id, round_id)
    return render(request, "rounds/more_time.html", page(visit, the_round, form=form))


@require_http_methods(["GET", "POST"])
def seal_round(request: HttpRequest, project_id: UUID, round_id: UUID) -> HttpResponse:
    visit, the_round = queries.round_for(request.user, project_id, round_id, Purpose.RUN)
    found = operations.what_sealing_finds(the_round, clock.now()) if request.method == "GET" else []
    form = SealForm(
        request.POST or None, needs_reason=any(one.strength is Strength.REFUSE_UNLESS_NAMED for one in found)
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.seal_round(
                by=request.user,
                project_id=project_id,
                round_id=round_id,
                override=form.override,
                key=form.key,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The round is sealed. Everyone can now read the answers."))
            return redirect("rounds:round", project_id, round_id)
    elif the_round.is_sealed:
        return redirect("rounds:round", project_id, round_id)
    context = page(visit, the_round, form=form, findings=found, counts=queries.counts(the_round))
    return render(request, "rounds/seal_round.html", context)
