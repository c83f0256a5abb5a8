"""Access needs: of one person, and the checklist of a whole project without names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.ui.forms import key_of
from coproduce.ui.tables import Column, Filter, Table

from .. import operations, queries, rules
from ..forms import NeedForm
from ..models import AccessNeed
from ..terms import SEAT, NeedKind


@require_GET
def checklist(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """R15: the needs only, for whoever prepares a session."""
    visit = projects.visit(request.user, project_id, SEAT, Purpose.RUN)
    needs = list(queries.needs_of(project_id))
    page = {
        "visit": visit,
        "section": "people",
        "for_a_venue": rules.for_a_venue(needs),
        "findings": [
            *rules.unshared_needs_are_counted(needs),
            *rules.old_needs_are_asked_again(needs, clock.today()),
        ],
    }
    return _table(needs).respond(request, "people/access_needs.html", page)


@require_http_methods(["GET", "POST"])
def add_need(request: HttpRequest, project_id: UUID, seat_id: UUID) -> HttpResponse:
    visit, seat = queries.seat_to_change(request.user, project_id, seat_id)
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.add_need(
            by=request.user, project_id=project_id, seat_id=seat_id, key=form.key, **form.cleaned_data
        )
        messages.success(request, _("The access need is recorded."))
        return redirect("people:seat", project_id, seat_id)
    page = {"visit": visit, "section": "people", "form": form, "seat": seat}
    return render(request, "people/add_need.html", page)


@require_POST
def share_need(request: HttpRequest, project_id: UUID, seat_id: UUID, need_id: UUID) -> HttpResponse:
    operations.share_need(
        by=request.user, project_id=project_id, seat_id=seat_id, need_id=need_id,
        share_with_venue=request.POST.get("share") == "yes", key=key_of(request.POST),
    )  # fmt: skip
    return redirect("people:seat", project_id, seat_id)


@require_POST
def remove_need(request: HttpRequest, project_id: UUID, seat_id: UUID, need_id: UUID) -> HttpResponse:
    operations.remove_need(
        by=request.user, project_id=project_id, seat_id=seat_id, need_id=need_id, key=key_of(request.POST)
    )
    messages.success(request, _("The access need is gone."))
    return redirect("people:seat", project_id, seat_id)


def _table(needs: list[AccessNeed]) -> Table:
    return Table(
        rows=needs,
        columns=[
            Column("need", _("Need"), sort="need"),
            Column("kind", _("Kind"), value=lambda need: str(NeedKind(need.kind).label), sort="kind"),
            Column("share_with_venue", _("May be shared with a venue")),
        ],
        filters=[Filter("kind", _("Kind"), NeedKind.choices, _of_kind)],
        search=_search, caption=_("Access needs"), empty=_("No access needs are recorded"),
        name="access-needs", order="need",
    )  # fmt: skip


def _of_kind(needs: list[AccessNeed], kind: str) -> list[AccessNeed]:
    return [need for need in needs if need.kind == kind]


def _search(needs: list[AccessNeed], words: str) -> list[AccessNeed]:
    return [need for need in needs if words.casefold() in need.need.casefold()]
