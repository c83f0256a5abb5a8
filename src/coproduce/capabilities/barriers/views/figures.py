"""What the register adds up to, and the themes it is sorted by."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.rounds.terms import Level
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused
from coproduce.ui.plots import Plot, bars, heat_map

from .. import operations, queries, rules
from ..forms import ThemeForm, people_choices, ratings_form, ratings_of
from ..queries import Figures, ThemeRow
from ..terms import THEME, ZONE_MEANINGS, ComB, Response, Zone

MOST_SHOWN = 100


@require_GET
def views(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    found = queries.figures(project_id)
    groups, rows = queries.theme_rows(project_id, found.barriers)
    seen = queries.Seen(visit, found.barriers)
    sealed = seen.sealed
    unanswered = [one for one in found.important_without_response if one.barrier.pk not in sealed]
    page: dict[str, Any] = {
        "sealed": len(sealed),
        "finding": list(rules.own_rating_comes_first(has_rated=not sealed, has_to_rate=True)),
    }
    page |= {"visit": visit, "section": "barriers", "figures": found, "groups": groups}
    if found.total:
        page |= {
            "heat": _heat(groups, rows),
            "responses": _responses(found),
            "com_b": _com_b(found) if found.by_com_b else None,
            "by_group": _by_group(groups, found),
            "by_level": _by_level(found) if found.by_level else None,
            "zones": [_zone(zone, found.zones[zone]) for zone in Zone if found.zones[zone]]
            if not sealed
            else [],
            "unanswered": unanswered[:MOST_SHOWN],
            "unanswered_count": len(unanswered),
            "one_group": queries.themes_of_one_group(rows),
            "silent": _silent(groups, rows),
            "no_leader": queries.themes_no_leader_raised(groups, rows),
        }
    rated = queries.has_rated(request.user, project_id)
    has_to = not rated and seen.has_to_rate
    page["closed"] = list(rules.own_rating_comes_first(has_rated=rated, has_to_rate=has_to))
    page["gaps"] = [] if page["closed"] else _gaps(groups, rows)
    return render(request, "barriers/views.html", page)


def _heat(groups: Sequence[Any], rows: Iterable[ThemeRow]) -> Plot:
    lines = [(_theme_words(row), [row.counts.get(group.pk, 0) for group in groups]) for row in rows]
    busiest = max(rows, key=lambda row: row.total)
    sentence = _("Most barriers, %(count)d, are about “%(theme)s”.") % {
        "count": busiest.total, "theme": busiest.theme.name if busiest.theme else _("no theme yet"),
    }  # fmt: skip
    columns = [group.code for group in groups] or [_("No group")]
    return heat_map(
        _("How many barriers each group raised on each theme"), sentence, columns,
        lines if groups else [(words, [row.total]) for (words, _cells), row in zip(lines, rows, strict=True)],
        corner=_("Theme"),
    )  # fmt: skip


def _zone(zone: Zone, barriers: Sequence[Any]) -> tuple[Any, ...]:
    """Plans differ by how hard the barrier is: ease 1 or 2, or in the middle."""
    hard = sum(barrier.ease <= 2 for barrier in barriers) if zone is Zone.PLAN else None
    middling = len(barriers) - hard if hard is not None else None
    return zone, ZONE_MEANINGS[zone], barriers[:MOST_SHOWN], len(barriers), hard, middling


def _by_group(groups: Sequence[Any], found: Figures) -> Plot:
    values = [(f"{group.code} {group.name}", found.by_group[group.code]) for group in groups]
    others = found.total - sum(count for _group, count in values)
    values += [(_("No group"), others)] if others or not groups else []
    most = max(values, key=lambda pair: pair[1])
    sentence = _("%(group)s raised most: %(count)d of %(total)d.") % {
        "group": most[0], "count": most[1], "total": found.total,
    }  # fmt: skip
    return bars(_("Who raised them"), sentence, values, head=(_("Group"), _("Barriers")))


def _by_level(found: Figures) -> Plot:
    values = [(level.label, found.by_level[level]) for level in Level]
    sentence = _("%(me)d are about the person, %(around)d about people around them, %(why)d about intentions.") % {
        "me": found.by_level[Level.ME], "around": found.by_level[Level.AROUND], "why": found.by_level[Level.INTENTION],
    }  # fmt: skip
    return bars(_("Who they are about"), sentence, values, head=(_("Level"), _("Barriers")))


def _responses(found: Figures) -> Plot:
    values = [(response.label, found.by_response[response]) for response in Response]
    sentence = _("%(answered)d of %(total)d barriers have a response.") % {
        "answered": found.total - found.by_response[Response.NONE_YET], "total": found.total,
    }  # fmt: skip
    return bars(_("What is done about them"), sentence, values, head=(_("Response"), _("Barriers")))


def _com_b(found: Figures) -> Plot:
    values = sorted(((kind.label, found.by_com_b[kind]) for kind in ComB), key=lambda pair: -pair[1])
    sentence = _("Most often the barrier is: %(kind)s.") % {"kind": str(values[0][0]).lower()}
    return bars(_("What stands in the way of doing it"), sentence, values, head=(_("What"), _("Barriers")))


def _silent(groups: Iterable[Any], rows: Sequence[ThemeRow]) -> list[tuple[Any, list[str]]]:
    """For each group, the themes that others raised and it did not."""
    found = [(group, queries.themes_not_raised_by(rows, group.pk)) for group in groups]
    return [(group, [row.theme.name for row in missing if row.theme]) for group, missing in found if missing]


def _gaps(groups: Sequence[Any], rows: Iterable[ThemeRow]) -> list[dict[str, Any]]:
    return [
        {
            "theme": row.theme,
            "medians": [row.medians.get(group.pk) for group in groups],
            "gap": row.spread.gap,
            "word": row.spread.word.label,
        }
        for row in rows
        if row.theme and row.spread
    ]


def _theme_words(row: ThemeRow) -> str:
    return str(row.theme) if row.theme else _("No theme yet")


@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_themes(request.user, project_id, Purpose.READ)
    runs = visit.may(THEME, Purpose.RUN)
    if request.method == "POST":
        queries.visit_themes(request.user, project_id, Purpose.RUN)
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_theme(by=request.user, project_id=project_id, key=form.key, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("barriers:themes", project_id)
    _groups, rows = queries.theme_rows(project_id)
    page = {"visit": visit, "section": "barriers", "rows": rows, "form": form if runs else None}
    return render(request, "barriers/themes.html", page)


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, project_id: UUID, theme_id: UUID) -> HttpResponse:
    visit = queries.visit_themes(request.user, project_id, Purpose.RUN)
    found = queries.theme_in(project_id, theme_id)
    form = ThemeForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            operations.rename_theme(
                by=request.user, project_id=project_id, theme_id=theme_id, key=form.key, **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("barriers:themes", project_id)
    return render(
        request, "barriers/theme.html", {"visit": visit, "section": "barriers", "theme": found, "form": form}
    )


@require_http_methods(["GET", "POST"])
def ratings(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """How much each theme matters: one's own, or another's from paper."""
    visit = queries.visit_themes(request.user, project_id, Purpose.CONTRIBUTE)
    runs = visit.may(THEME, Purpose.RUN)
    people = {str(person.pk): person for person in queries.people_who_rate(project_id)} if runs else {}
    form = _ratings_form(request, project_id, people)
    if request.method == "POST" and form.is_valid():
        try:
            operations.rate_themes(
                by=request.user, project_id=project_id, ratings=ratings_of(form), key=form.key,
                on_behalf_of=people.get(form.cleaned_data.get("person", "")),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            count = len(ratings_of(form))
            messages.success(
                request, ngettext("One rating is kept.", "%(n)d ratings are kept.", count) % {"n": count}
            )
            return redirect("barriers:ratings" if runs else "barriers:views", project_id)
    return render(request, "barriers/ratings.html", {"visit": visit, "section": "barriers", "form": form})


def _ratings_form(request: HttpRequest, project_id: UUID, people: dict[str, Any]) -> Any:
    themes = list(queries.themes_of(project_id))
    own = queries.own_ratings(request.user, project_id)
    initial = {f"theme_{theme.number}": str(own[theme.pk]) for theme in themes if theme.pk in own}
    form: Any = ratings_form(themes, for_others=bool(people))(request.POST or None, initial=initial)
    if people:
        form.fields["person"].choices = people_choices(people.values(), _("Choose a person"))
    return form
