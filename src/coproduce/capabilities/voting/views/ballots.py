"""The list of ballots, the page of one, and opening and closing it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import Purpose
from coproduce.core.findings import Strength
from coproduce.ui.forms import Form
from coproduce.ui.onward import onward_from
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import BallotForm
from ..models import Ballot
from ..operations.ballots import FIELDS
from ..terms import BALLOT, BALLOT_FILES, Checking, Shown, State, Who
from .common import done, form_page, page_of, tag_of


@require_GET
def ballots(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_ballots(request.user, project_id, Purpose.READ)
    table = Table(
        rows=queries.ballots_of(visit),
        columns=[
            Column("number", _("Ballot"), value="ref", sort="number", link=_page_of),
            Column("title", _("What people vote about"), sort="title"),
            Column("state", _("State"), value=lambda one: tag_of(one.state, one.get_state_display())),
            Column("statements", _("Statements"), sort="statements", numeric=True),
            Column("closes_on", _("Last day"), sort="closes_on"),
            Column("people_at_close", _("People who voted"), sort="people_at_close", numeric=True),
        ],
        filters=[Filter("state", _("State"), State.choices, lambda rows, value: rows.filter(state=value))],
        search=lambda rows, words: rows.filter(title__icontains=words),
        caption=_("Ballots"),
        empty=_("No ballot yet"),
        name="ballots",
        order="number",
    )
    return table.respond(request, "voting/ballots.html", page_of(visit))


def _page_of(ballot: Ballot) -> str:
    return reverse("voting:ballot", args=[ballot.project_id, ballot.pk])


@require_http_methods(["GET", "POST"])
def new_ballot(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_ballots(request.user, project_id, Purpose.RUN)
    usual = {"who": Who.PROJECT, "shown": Shown.AFTER_CLOSE, "checking": Checking.FIRST}
    form = BallotForm(posted(request), initial=usual)
    made: list[Ballot] = []

    def make() -> None:
        facts = form.cleaned_data
        made.append(operations.make_ballot(by=request.user, project_id=project_id, key=form.key, **facts))

    if sent(request, form, make):
        return done(request, _("The draft is made. Now add statements."), "ballot", project_id, made[0].pk)
    return form_page(request, visit, form, title=_("Make a ballot"), button=_("Make the draft"))


@require_GET
def ballot(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, found = queries.ballot_for(request.user, project_id, ballot_id, Purpose.READ)
    runs = visit.may(BALLOT, Purpose.RUN)
    page = page_of(
        visit, found,
        tag=tag_of(found.state, found.get_state_display()),
        statements=list(queries.statements_shown(found)),
        replaced=queries.replaced_by(found),
        turnout=queries.turnout(found) if runs or found.is_closed else None,
        least=queries.smallest_group(),
        waiting=queries.waiting_count(found) if runs else 0,
        files=onward_from(BALLOT_FILES, project_id, found.pk) if runs and found.is_closed else [],
        may_vote=visit.may(BALLOT, Purpose.CONTRIBUTE),
        address=request.build_absolute_uri(reverse("voting:start", args=[found.link])),
        findings=[] if not runs or not found.is_draft else _before_opening(found),
    )  # fmt: skip
    return render(request, "voting/ballot.html", page)


def _before_opening(found: Ballot) -> list[Any]:
    return list(rules.a_ballot_has_statements(queries.statements_to_vote_on(found).count()))


@require_http_methods(["GET", "POST"])
def edit_ballot(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, found = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    form = BallotForm(posted(request), initial={name: getattr(found, name) for name in FIELDS})
    if sent(request, form, lambda: operations.change_ballot(
        by=request.user, project_id=project_id, ballot_id=ballot_id, changes=form.cleaned_data, key=form.key
    )):  # fmt: skip
        return done(request, _("The ballot is saved."), "ballot", project_id, ballot_id)
    lead = "" if found.is_draft else _("People are voting. Only the last day can move now.")
    return form_page(request, visit, form, title=_("Change the ballot"), ballot=found, lead=lead)


@require_http_methods(["GET", "POST"])
def open_ballot(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, found = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    form = Form(posted(request))
    if sent(request, form, lambda: operations.open_ballot(
        by=request.user, project_id=project_id, ballot_id=ballot_id, key=form.key
    )):  # fmt: skip
        return done(request, _("The ballot is open. People can vote now."), "ballot", project_id, ballot_id)
    warned = [one for one in _before_opening(found) if one.strength == Strength.WARN]
    lead = _(
        "From then on the settings stay as they are, and so do the words of each statement that has votes."
    )
    return form_page(
        request, visit, form, title=_("Open the ballot?"), button=_("Open it"), ballot=found, lead=lead,
        findings=warned,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_ballot(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    visit, found = queries.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    form = Form(posted(request))
    if sent(request, form, lambda: operations.close_ballot(
        by=request.user, project_id=project_id, ballot_id=ballot_id, key=form.key
    )):  # fmt: skip
        return done(request, _("The ballot is closed. All votes are counted and fixed."), "ballot", project_id,
                    ballot_id)  # fmt: skip
    lead = _("Nobody can vote or change a vote after that. A closed ballot stays closed.")
    return form_page(
        request, visit, form, title=_("Close the ballot?"), button=_("Close it"), ballot=found, lead=lead
    )
