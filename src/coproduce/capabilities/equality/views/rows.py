"""One row: its four columns, its form, and what it leads to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused
from coproduce.ui.sending import posted, sent
from coproduce.ui.tables import searched_words

from .. import operations, queries
from ..forms import AddRowForm, LinksForm, RowForm
from ..models import Row
from ..terms import OF_SIDE, Linked, Side, profile_of
from .common import done, form_page, impact_tags, page_of

_TITLES = {
    Side.TOLD: gettext_lazy("What people tell us: barriers and suggestions"),
    Side.DO: gettext_lazy("What we can do: actions and commitments"),
}


@require_GET
def row(request: HttpRequest, project_id: UUID, row_id: UUID) -> HttpResponse:
    visit, found = queries.row_for(request.user, project_id, row_id, Purpose.READ)
    links = queries.linked_to(found)
    page = page_of(
        visit,
        row=found,
        told=links.get(Side.TOLD, ()),
        do=links.get(Side.DO, ()),
        tags=impact_tags(found.impacts),
    )
    return render(request, "equality/row.html", page)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, project_id: UUID, row_id: UUID) -> HttpResponse:
    """The second of two writers is told, sees what the row says now, and keeps what they typed."""
    visit, found = queries.row_for(request.user, project_id, row_id, Purpose.RUN)
    initial = {name: getattr(found, name) for name in operations.ROW}
    form = RowForm(posted(request), row=found, initial={**initial, "seen": found.revision})
    other = None
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, project_id, row_id, form)
        except Refused as refused:
            form.refuse(refused)
            if any(finding.subject == "seen" for finding in refused.findings):
                other = queries.row_for(request.user, project_id, row_id, Purpose.RUN)[1]
                form.shows_the_other(other)
        else:
            return done(request, _("The row is saved."), "row", project_id, row_id)
    page = page_of(
        visit, form=form, row=found, other=other, other_tags=impact_tags(other.impacts) if other else ()
    )
    return render(request, "equality/edit_row.html", page)


def _write(request: HttpRequest, project_id: UUID, row_id: UUID, form: RowForm) -> None:
    operations.write_row(
        by=request.user, project_id=project_id, row_id=row_id, changes=form.changes(),
        seen=form.cleaned_data["seen"], key=form.key,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, project_id: UUID, row_id: UUID, side: str) -> HttpResponse:
    """Choose from a search; what is linked already stays on the list, ticked."""
    visit, found = queries.row_for(request.user, project_id, row_id, Purpose.RUN)
    if side not in Side.values:
        raise NotThere
    words = searched_words(request.GET.get("q", ""))
    held = queries.linked_to(found, Side(side)).get(side, [])
    offered = _offered(project_id, Side(side), words, held, request.POST.getlist("linked"))
    form = LinksForm(posted(request), offered=offered, initial={"linked": [one.value for one in held]})
    if sent(request, form, lambda: operations.link_row(
        by=request.user, project_id=project_id, row_id=row_id, side=side, key=form.key,
        linked=[one for one in offered if one.value in form.cleaned_data["linked"]],
    )):  # fmt: skip
        return done(request, _("The links are saved."), "row", project_id, row_id)
    page = page_of(visit, form=form, row=found, words=words, title=_TITLES[Side(side)], offered=offered)
    return render(request, "equality/links.html", page)


def _offered(project_id: UUID, side: Side, words: str, held: list[Linked], chosen: list[str]) -> list[Linked]:
    found = [one for kind in OF_SIDE[side] for one in queries.found_by(project_id, kind, words)]
    every: dict[Any, Linked] = {}
    for one in [*held, *queries.linked_by_value(project_id, chosen), *found]:
        every.setdefault(one.id, one)
    return list(every.values())


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit, found = queries.assessment_for(request.user, project_id, Purpose.RUN)
    held: list[Row] = queries.rows_of(found)
    profile = profile_of(visit.project.jurisdiction)
    form = AddRowForm(posted(request), profile=profile, held=held)
    if sent(request, form, lambda: operations.add_row(
        by=request.user, project_id=project_id, key=form.key, **form.cleaned_data
    )):  # fmt: skip
        return done(request, _("The row is added."), "assessment", project_id)
    return form_page(request, visit, form, title=_("Add a row"), button=_("Add the row"))
