"""The sessions of a project, and planning one."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.tables import Column, Table

from .. import operations, queries
from ..forms import SessionForm
from ..terms import SESSION


def page(visit: Visit, **more: Any) -> dict[str, Any]:
    """What every template within the project gets."""
    return {"visit": visit, "section": "live", **more}


@require_GET
def sessions(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, SESSION, Purpose.READ)
    may_run = visit.may(SESSION, Purpose.RUN)
    table = Table(
        rows=queries.sessions_of(visit),
        columns=[
            Column("title", _("Session"), sort="title", link=_console(project_id) if may_run else None),
            Column("round", _("Round"), value="round.code", sort="round__code"),
            Column("state", _("Step"), value=_state),
            Column("places", _("Places taken"), sort="places", numeric=True),
            Column("planned_at", _("Planned"), sort="planned_at"),
        ],
        search=lambda rows, words: rows.filter(title__icontains=words),
        caption=_("Live sessions"),
        empty=_("No live session yet"),
        name="live-sessions",
    )
    may_sit = visit.may(SESSION, Purpose.CONTRIBUTE)
    context = page(visit, may_run=may_run, running=queries.running_in(visit) if may_sit else ())
    return table.respond(request, "live/sessions.html", context)


def _console(project_id: UUID) -> Any:
    return lambda session: reverse("live:console", args=[project_id, session.pk])


def _state(session: Any) -> str:
    return _("Ended") if session.has_ended else str(session.round.get_state_display())


@require_http_methods(["GET", "POST"])
def new_session(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = projects.visit(request.user, project_id, SESSION, Purpose.RUN)
    rounds = queries.rounds_to_hold(visit)
    initial = {"round": str(rounds[0].pk)} if len(rounds) == 1 else {}
    form = SessionForm(request.POST or None, rounds=rounds, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.plan_session(
                by=request.user, project_id=project_id, key=form.key, **form.facts()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("live:console", project_id, made.pk)
    return render(request, "live/session_form.html", page(visit, form=form, rounds=rounds))
