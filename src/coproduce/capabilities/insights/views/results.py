"""The results of a vote as a citizen reads them, one group's part of them, and the reader's own place."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.voting import queries as voting
from coproduce.core.access import NotThere, Purpose
from coproduce.ui.documents import as_file, wanted_format
from coproduce.ui.tables import Column, Table

from .. import queries
from ..queries import Seen
from . import papers, plots, showing, words
from .common import Addresses, in_project, page_of, reading_of, with_link


@require_GET
def results(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Every vote of the project that has opened, with its result if there is one."""
    visit = queries.visit(request.user, project_id, Purpose.READ)
    final = queries.final_by_ballot(project_id)
    ballots = [one for one in voting.project_ballots(project_id) if not one.is_draft]
    table = Table(
        rows=ballots,
        columns=[
            Column("ref", _("Number"), sort="number"),
            Column("title", _("Vote"), sort="title", link=lambda one: Addresses(project_id, one).result),
            Column("state", _("State"), value="get_state_display"),
            Column("closed_at", _("Closed"), sort="closed_at"),
            Column("voters", _("People who voted"), numeric=True, value=lambda one: _of(final, one, "voters")),
            Column("votes", _("Votes"), numeric=True, value=lambda one: _of(final, one, "votes")),
        ],
        search=lambda rows, typed: [one for one in rows if typed.casefold() in one.title.casefold()],
        caption=_("Votes"), empty=_("Nothing has been voted on yet"), name="votes", order="-ref",
    )  # fmt: skip
    return table.respond(request, "insights/results.html", {"visit": visit, "section": "insights"})


def _of(final: Any, ballot: Any, name: str) -> Any:
    found = final.get(ballot.pk)
    return getattr(found, name) if found else None


@require_GET
def result(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    return _result(request, in_project(request, project_id, ballot_id))


@login_not_required
@require_GET
def public_result(request: HttpRequest, link: str) -> HttpResponse:
    return _result(request, with_link(request, link))


def _result(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Sealed, still being made, too few, or the whole of it."""
    if seen.sealed or seen.result is None:
        return render(request, "insights/waiting.html", page_of(seen))
    reading = reading_of(seen)
    if reading.figures.silence:
        page = page_of(seen, figures=reading.figures, silence=words.silence(reading.figures))
        return render(request, "insights/silent.html", page)
    if wanted := wanted_format(request):
        return as_file(papers.document(reading), "what-people-agree-on", wanted)
    rows, is_common = showing.chosen(reading)
    divided = showing.divided_lines(reading)
    page = page_of(
        seen, figures=reading.figures, voted=words.voted(reading.figures), several=reading.several,
        groups=_groups(reading), findings=showing.findings(reading),
        is_common=is_common, common=showing.common_lines(reading, rows),
        common_plot=plots.common_ground(
            reading.figures, rows, [reading.texts[one.statement] for one in rows]
        ),
        divided=divided, divided_plot=plots.divides(
            reading.figures, list(reading.figures.divided[: len(divided)]), [one.text for one in divided]
        ),
        sides=showing.sides(reading), steady=words.steady(reading.figures.steady),
        map=plots.opinions(reading.figures),
        no_map=words.no_map(reading.figures, plots.FEWEST_MARKS), limits=words.limits(reading.figures),
    )  # fmt: skip
    return render(request, "insights/result.html", page)


def _groups(reading: Any) -> list[Any]:
    return [
        (group, words.people(group.people), reading.addresses.group(place))
        for place, group in enumerate(reading.figures.groups)
    ]


@require_GET
def group(request: HttpRequest, project_id: UUID, ballot_id: UUID, place: int) -> HttpResponse:
    return _group(request, in_project(request, project_id, ballot_id), place)


@login_not_required
@require_GET
def public_group(request: HttpRequest, link: str, place: int) -> HttpResponse:
    return _group(request, with_link(request, link), place)


def _group(request: HttpRequest, seen: Seen, place: int) -> HttpResponse:
    """Where one stakeholder group stands, furthest from everybody first."""
    reading = reading_of(queries.readable(seen))
    if place >= len(reading.figures.groups):
        raise NotThere
    table = Table(
        rows=showing.standings(reading, place),
        columns=[
            Column("number", _("Number"), sort="number"),
            Column("text", _("Statement"), sort="text", link=lambda one: one.href),
            Column("own", _("This group agrees"), numeric=True, sort="own", value=lambda one: words.percent(one.own)),
            Column("everybody", _("Everybody agrees"), numeric=True, sort="everybody",
                   value=lambda one: words.percent(one.everybody)),
            Column("tally", _("Votes of this group"), value=lambda one: words.tally(one.tally)),
            Column("further", _("How far apart"), numeric=True, sort="further",
                   value=lambda one: words.percent(one.further)),
        ],
        search=lambda rows, typed: [one for one in rows if typed.casefold() in one.text.casefold()],
        caption=_("Statements"), empty=_("Too few people of this group voted on any statement"),
        name="where-a-group-stands", order="-further",
    )  # fmt: skip
    page = page_of(seen, figures=reading.figures, group=reading.figures.groups[place])
    return table.respond(request, "insights/group.html", page)


@require_GET
def where_am_i(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> HttpResponse:
    return _where_am_i(request, in_project(request, project_id, ballot_id))


@login_not_required
@require_GET
def public_where_am_i(request: HttpRequest, link: str) -> HttpResponse:
    return _where_am_i(request, with_link(request, link))


def _where_am_i(request: HttpRequest, seen: Seen) -> HttpResponse:
    """For this reader alone: nothing of it is kept, neither here nor on the way."""
    reading = reading_of(queries.readable(seen))
    place = queries.place_of(seen.voter, seen.result, reading.figures) if seen.voter and seen.result else None
    page = page_of(
        seen, figures=reading.figures, place=place, map=plots.opinions(reading.figures, place) if place else None,
        nearest=words.opinion_name(place.nearest) if place and place.nearest else "",
        sides=showing.sides(reading), own=_own(reading, place) if place else [],
    )  # fmt: skip
    answer = render(request, "insights/where_am_i.html", page)
    answer["Cache-Control"] = "no-store, private"
    return answer


def _own(reading: Any, place: queries.Place) -> list[Any]:
    """Their vote on what is common ground, and on what divides."""
    figures = reading.figures
    rows, _is_common = showing.chosen(reading)
    at = [one.statement for one in rows] + [one.statement for one in figures.divided[: len(rows)]]
    lines = []
    for where in dict.fromkeys(at):
        one = figures.statements[where]
        if one.number in place.votes and one.everybody:
            lines.append((reading.texts[where], place.votes[one.number], words.tally(one.everybody)))
    return lines
