"""Every statement with its tally, as a table and a file; and one statement with its groups and its evidence."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.core.access import Purpose
from coproduce.ui.tables import Column, Table

from .. import queries
from ..queries import OneStatement, Seen
from ..rules import Tally, share
from . import words
from .common import Reading, in_project, page_of, reading_of, with_link


@require_GET
def statements(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    return _statements(request, in_project(request, project_id, ballot_id))


@login_not_required
@require_GET
def public_statements(request: HttpRequest, link: str) -> HttpResponse:
    return _statements(request, with_link(request, link))


def _statements(request: HttpRequest, seen: Seen) -> HttpResponse:
    reading = reading_of(queries.readable(seen))
    table = Table(
        rows=_rows(reading), columns=_columns(reading, in_full="format" in request.GET),
        search=lambda rows, typed: [one for one in rows if typed.casefold() in one["text"].casefold()],
        caption=_("Every statement"), empty=_("There is no statement"), name="statements-of-a-vote",
        order="-least" if reading.several else "-agree",
    )  # fmt: skip
    return table.respond(request, "insights/statements.html", page_of(seen, figures=reading.figures))


def _rows(reading: Reading) -> list[dict[str, Any]]:
    least = {one.statement: one for one in reading.figures.common}
    return [_row(reading, place, least.get(place)) for place in range(len(reading.figures.statements))]


def _row(reading: Reading, place: int, common: Any) -> dict[str, Any]:
    one = reading.figures.statements[place]
    agree, disagree, passed = one.everybody or (None, None, None)
    groups = {f"group{at}": share(cell) for at, cell in enumerate(one.groups)}
    return {
        "number": one.number, "text": reading.texts[place], "href": reading.addresses.statement(one.id),
        "agree": agree, "disagree": disagree, "passed": passed, "seen": one.seen,
        "least": common.least if common else None,
        "agrees": bool(common and common.agree),
        "aware": one.group_aware, **groups,
    }  # fmt: skip


def _columns(reading: Reading, *, in_full: bool) -> list[Column]:
    """A file has all of them; on the page the shares of the groups stand on their own pages."""
    return [
        Column("number", _("Number"), sort="number"),
        Column("text", _("Statement"), sort="text", link=_href if reading.addresses.project_id else None),
        Column("agree", _("Agree"), numeric=True, sort=_number("agree")),
        Column("disagree", _("Disagree"), numeric=True, sort=_number("disagree")),
        Column("passed", _("Pass"), numeric=True, sort=_number("passed")),
        *(_columns_of_common(reading) if reading.several else ()),
        *(_columns_of_groups(reading) if reading.several and in_full else ()),
        Column("aware", _("Polis’s figure"), numeric=True, sort=_number("aware")),
    ]  # fmt: skip


def _columns_of_common(reading: Reading) -> list[Column]:
    return [
        Column("least", _("At least, in each group"), numeric=True, sort=_number("least"), value=_least),
    ]


def _least(row: Mapping[str, Any]) -> str | None:
    if row["least"] is None:
        return None
    said = _("%(least)s agree") if row["agrees"] else _("%(least)s disagree")
    return said % {"least": words.at_least(row["least"])}


def _columns_of_groups(reading: Reading) -> list[Column]:
    return [
        Column(
            f"group{at}",
            _("%(group)s agree") % {"group": group.name},
            numeric=True,
            value=_percent(f"group{at}"),
        )
        for at, group in enumerate(reading.figures.groups)
    ]


def _number(key: str) -> Any:
    """Where nothing is shown comes last when the highest come first."""
    return lambda row: -1 if row[key] is None else row[key]


def _href(row: Mapping[str, Any]) -> str:
    return str(row["href"])


def _percent(key: str) -> Any:
    return lambda row: None if row[key] is None else words.percent(row[key])


@require_GET
def statement(request: HttpRequest, project_id: UUID, ballot_id: UUID, statement_id: UUID) -> HttpResponse:
    """What each group said of one statement, and what the result is evidence for."""
    found = queries.statement_for(request.user, project_id, ballot_id, statement_id, Purpose.READ)
    common = next((one for one in found.all.common if one.statement == found.place), None)
    several = len(found.all.groups) > 1
    page = page_of(
        found.seen, statement=found.statement, figures=found.all, own=found.figures,
        says=words.common(common, several=several) if common else "",
        also=words.two_ways(common) if common and several else "",
        **_by_group(found),
        origin=queries.origin_of(project_id, found.statement),
        evidence=_evidence(project_id, found.statement),
    )  # fmt: skip
    return render(request, "insights/statement.html", page)


def _by_group(found: OneStatement) -> dict[str, Any]:
    """The headings, and for each group its name with heading and figure; no figures where they are hidden."""
    headings = (_("Agree"), _("Disagree"), _("Pass"), _("Share that agrees"))
    named = [(group.name, cell) for group, cell in zip(found.all.groups, found.figures.groups, strict=True)]
    named.append((_("Everybody"), found.figures.everybody))
    rows = [(name, list(zip(headings, _told(cell), strict=False))) for name, cell in named]
    return {"headings": headings, "groups": rows}


def _told(cell: Tally | None) -> Sequence[Any]:
    return () if cell is None else (*cell, words.percent(share(cell) or 0))


def _evidence(project_id: UUID, statement: Any) -> list[Any]:
    standing = queries.standing_evidence(statement.pk)
    things = queries.linked_by_value(project_id, [f"{one.linked_kind}:{one.linked_id}" for one in standing])
    known = {one.id: one for one in things}
    return [(one, known.get(one.linked_id), queries.said(one.figure)) for one in standing]
