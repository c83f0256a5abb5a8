"""From barrier to action: what is done about each, what carries it on, and what its raiser says."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.onward import Onward, onward_from_many
from coproduce.ui.tables import Column, Filter, Table

from .. import queries
from ..models import Barrier
from ..terms import BARRIER, CheckBack, Response
from .common import page_of

Links = Mapping[UUID, Sequence[Onward]]


@require_GET
def to_action(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    barriers = list(queries.barriers_of(project_id).filter(merged_into__isnull=True))
    links = onward_from_many(BARRIER, project_id, [one.pk for one in barriers])
    table = Table(
        rows=barriers,
        columns=_columns(project_id, links),
        filters=_filters(project_id, links),
        search=_found,
        search_label=_("Search words, names and numbers"),
        caption=_("From barrier to action"),
        empty=_("No barriers yet"),
        name="from-barrier-to-action",
        order="ref",
    )
    linked = sum(bool(links.get(one.pk)) for one in barriers)
    return table.respond(
        request, "barriers/to_action.html", page_of(visit, linked=linked, total=len(barriers))
    )


def _columns(project_id: UUID, links: Links) -> list[Column]:
    return [
        Column(
            "ref", _("Barrier"), sort="number",
            link=lambda row: reverse("barriers:barrier", args=[project_id, row.pk]),
        ),
        Column("statement", _("In their words")),
        Column("response", _("Response"), value="get_response_display", sort="response"),
        Column("response_words", _("What will be done")),
        Column("owner", _("Who sees to it"), value="owner.shown_name", sort="owner.shown_name"),
        Column("due", _("By when"), sort="due"),
        Column("links", _("What carries it on"), value=lambda row: _links(links.get(row.pk, ()))),
        Column("check_back", _("Check-back"), value="get_checked_back_display", sort="checked_back"),
    ]  # fmt: skip


def _links(links: Sequence[Onward]) -> Any:
    lines = (
        format_html('<a class="govuk-link" href="{}">{} {}</a>{}', one.href, one.label, one.ref, _state(one))
        for one in links
    )
    return format_html_join(", ", "{}", ((line,) for line in lines)) or None


def _state(link: Onward) -> str:
    return f" ({link.state})" if link.state else ""


def _filters(project_id: UUID, links: Links) -> list[Filter]:
    themes = [(str(theme.number), str(theme)) for theme in queries.themes_of(project_id)]
    both = [("yes", _("Something carries it on")), ("no", _("Nothing carries it on yet"))]
    return [
        Filter("response", _("Response"), Response.choices, lambda rows, value: _with(rows, "response", value)),
        Filter(
            "check_back", _("Check-back"), CheckBack.choices,
            lambda rows, value: _with(rows, "checked_back", value),
        ),
        Filter(
            "theme", _("Theme"), themes,
            lambda rows, value: [one for one in rows if one.theme and str(one.theme.number) == value],
        ),
        Filter(
            "linked", _("Carried on"), both,
            lambda rows, value: [one for one in rows if bool(links.get(one.pk)) == (value == "yes")],
        ),
    ]  # fmt: skip


def _with(rows: list[Barrier], name: str, value: str) -> list[Barrier]:
    return [one for one in rows if getattr(one, name) == value]


def _found(rows: list[Barrier], words: str) -> list[Barrier]:
    sought = words.casefold()
    return [one for one in rows if sought in " ".join(_texts(one)).casefold()]


def _texts(one: Barrier) -> Sequence[str]:
    owner = one.owner.shown_name if one.owner else ""
    return one.ref, one.statement, one.response_words, one.lets_people, owner
