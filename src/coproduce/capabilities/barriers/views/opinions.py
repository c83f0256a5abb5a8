"""Where groups stand apart, and the zones: what people rated, for those who gave their own (R34)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from coproduce.capabilities.rounds import rules as rounds
from coproduce.core.access import Purpose
from coproduce.ui.plots import Plot
from coproduce.ui.plots_scatter import Row, apart, scatter
from coproduce.ui.tables import Column, Filter, Table

from .. import queries, rules
from ..models import Barrier
from ..queries import Opinion, Seen, ThemeRow
from ..terms import BARRIER, ZONE_CUT, Gap, Middle, Zone, zone_of
from .common import page_of

RAISED, ALL = "", "all"
MOST_DRAWN = 15


@dataclass(frozen=True)
class Line:
    """A barrier with what the groups say of it."""

    barrier: Barrier
    opinion: Opinion

    @property
    def gap(self) -> float | None:
        return self.opinion.spread.gap if self.opinion.spread else None

    @property
    def word(self) -> Gap | None:
        return self.opinion.spread.word if self.opinion.spread else None

    def importance(self, group: Any) -> float | None:
        middle = self.opinion.by_group.get(group.pk)
        return middle.importance if middle else None

    def ease(self, group: Any) -> float | None:
        middle = self.opinion.by_group.get(group.pk)
        return middle.ease if middle else None


@require_GET
def gaps(request: HttpRequest, project_id: UUID) -> HttpResponse:
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    seen = queries.Seen(visit, queries.barriers_of(project_id))
    groups, themes = queries.theme_rows(project_id, seen.barriers)
    lines, sealed = _lines(seen), seen.sealed
    closed = _theme_ratings_closed(seen)
    page = page_of(
        visit,
        themes_closed=closed,
        themes=None if closed else _of_themes(groups, themes),
        sealed=len(sealed), finding=_r34(sealed),
        runs=visit.may(BARRIER, Purpose.RUN),
        contested=[line for line in lines if line.word == Gap.CONTESTED],
        plot=_of_barriers(groups, lines),
        small=_small_groups(groups, lines),
    )  # fmt: skip
    table = Table(
        rows=lines,
        columns=_columns(project_id, groups, whole=bool(request.GET.get("format"))),
        filters=_filters(groups, themes),
        search=_found,
        search_label=_("Search words and numbers"),
        caption=_("How much each barrier matters to each group"),
        empty=_("Nobody has rated a barrier that you may see yet"),
        name="barriers-by-group",
        order="-gap",
        page_size=20,
    )
    return table.respond(request, "barriers/gaps.html", page)


def _lines(seen: Seen) -> list[Line]:
    return [Line(one, seen.opinions[one.pk]) for one in seen.barriers if one.pk in seen.opinions]


def _r34(sealed: frozenset[UUID]) -> list[Any]:
    return list(rules.own_rating_comes_first(has_rated=not sealed, has_to_rate=True))


def _theme_ratings_closed(seen: Seen) -> list[Any]:
    rated = queries.has_rated(seen.visit.person, seen.visit.project.pk)
    has_to = not rated and seen.has_to_rate
    return list(rules.own_rating_comes_first(has_rated=rated, has_to_rate=has_to))


def _of_themes(groups: Sequence[Any], rows: Iterable[ThemeRow]) -> Plot | None:
    lines = [
        Row(
            str(row.theme), {group.code: row.medians.get(group.pk) for group in groups},
            (f"{row.spread.gap:g}", row.spread.word.label),
        )
        for row in rows if row.theme and row.spread
    ]  # fmt: skip
    if not lines:
        return None
    apart_most = sum(row.spread.word == Gap.CONTESTED for row in rows if row.theme and row.spread)
    sentence = _("Groups stand three or more apart on %(contested)d of %(total)d themes.") % {
        "contested": apart_most, "total": len(lines),
    }  # fmt: skip
    return apart(
        _("How much each theme matters, lowest group to highest"), sentence, lines, corner=_("Theme"),
        more=(_("Gap"), _("In a word")),
    )  # fmt: skip


def _of_barriers(groups: Sequence[Any], lines: Sequence[Line]) -> Plot | None:
    """The barriers on which groups stand furthest apart."""
    known = sorted((line for line in lines if line.gap), key=lambda line: -(line.gap or 0))[:MOST_DRAWN]
    if not known:
        return None
    rows = [
        Row(
            f"{line.barrier.ref} {line.barrier.statement}",
            {group.code: line.importance(group) for group in groups},
            (f"{line.gap:g}", line.word.label if line.word else ""),
        )
        for line in known
    ]
    counts = {word: sum(line.word == word for line in lines) for word in Gap}
    sentence = _("Contested: %(contested)d barriers. Differs: %(differs)d. Close: %(close)d.") % {
        "contested": counts[Gap.CONTESTED], "differs": counts[Gap.DIFFERS], "close": counts[Gap.CLOSE],
    }  # fmt: skip
    return apart(
        _("Barriers on which groups stand furthest apart"), sentence, rows, corner=_("Barrier"),
        more=(_("Gap"), _("In a word")),
    )  # fmt: skip


def _small_groups(groups: Sequence[Any], lines: Sequence[Line]) -> list[Any]:
    """R31: in a group of one or two, a median tells what somebody gave."""
    most = {
        group.name: max(
            (line.opinion.by_group[group.pk].people for line in lines if group.pk in line.opinion.by_group),
            default=0,
        )
        for group in groups
    }
    return list(rounds.small_groups_could_be_recognised(most))


def _columns(project_id: UUID, groups: Sequence[Any], *, whole: bool) -> list[Column]:
    columns = [
        Column(
            "ref", _("Barrier"), value="barrier.ref", sort="barrier.number",
            link=lambda line: reverse("barriers:barrier", args=[project_id, line.barrier.pk]),
        ),
        Column("statement", _("In their words"), value="barrier.statement"),
        Column("group", _("Raised by"), value="barrier.group.code", sort="barrier.group.code"),
        *(_of_group(group) for group in groups),
        Column("gap", _("Gap"), sort=lambda line: -1 if line.gap is None else line.gap, numeric=True),
        Column("word", _("In a word"), value=lambda line: line.word.label if line.word else None),
    ]  # fmt: skip
    if not whole:
        return columns
    theme = Column("theme", _("Theme"), value=lambda line: str(line.barrier.theme or ""))
    return [*columns, theme, *(_ease_of_group(group) for group in groups), *map(_people_of, groups)]


def _of_group(group: Any) -> Column:
    return Column(
        f"importance_{group.code}", group.code, value=lambda line: line.importance(group), numeric=True
    )


def _ease_of_group(group: Any) -> Column:
    heading = _("Easy to remove, %(group)s") % {"group": group.code}
    return Column(f"ease_{group.code}", heading, value=lambda line: line.ease(group), numeric=True)


def _people_of(group: Any) -> Column:
    heading = _("People, %(group)s") % {"group": group.code}

    def people(line: Line) -> int:
        middle = line.opinion.by_group.get(group.pk)
        return middle.people if middle else 0

    return Column(f"people_{group.code}", heading, value=people, numeric=True)


def _filters(groups: Sequence[Any], themes: Iterable[ThemeRow]) -> list[Filter]:
    named = [(str(row.theme.number), str(row.theme)) for row in themes if row.theme]
    return [
        Filter(
            "gap", _("Gap"), Gap.choices, lambda rows, value: [line for line in rows if line.word == value]
        ),
        Filter(
            "theme", _("Theme"), named,
            lambda rows, value: [r for r in rows if r.barrier.theme and str(r.barrier.theme.number) == value],
        ),
        Filter(
            "group", _("Raised by"), [(group.code, str(group)) for group in groups],
            lambda rows, value: [r for r in rows if r.barrier.group and r.barrier.group.code == value],
        ),
    ]  # fmt: skip


def _found(rows: list[Line], words: str) -> list[Line]:
    sought = words.casefold()
    return [line for line in rows if sought in f"{line.barrier.ref} {line.barrier.statement}".casefold()]


@require_GET
def zones(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """How much barriers matter by how easy they are to remove, as raisers or as groups see them."""
    visit = queries.visit_register(request.user, project_id, Purpose.READ)
    groups = queries.groups_of(project_id)
    seen = queries.Seen(visit, queries.barriers_of(project_id))
    views = {RAISED: _("Those who raised them"), ALL: _("The middle of all groups")}
    views |= {group.code: f"{group.code} {group.name}" for group in groups}
    asked = request.GET.get("seen_by", RAISED)
    asked = asked if asked in views else RAISED
    points = _points(seen, groups, asked)
    page = page_of(
        visit, sealed=len(seen.sealed), finding=_r34(seen.sealed), asked=asked,
        views=[{"value": value, "text": words, "selected": value == asked} for value, words in views.items()],
        plot=_plane(points, views[asked]) if points else None,
        zones=[(zone, _in(points, zone)) for zone in Zone if _in(points, zone)],
    )  # fmt: skip
    return render(request, "barriers/zones.html", page)


Placed = tuple[Barrier, float, float]  # importance and ease


def _points(seen: Seen, groups: Sequence[Any], asked: str) -> list[Placed]:
    if asked == RAISED:
        return [(one, one.importance, one.ease) for one in seen.open() if one.importance and one.ease]
    group_id = next((group.pk for group in groups if group.code == asked), None)
    found = ((line.barrier, _middle(line.opinion, group_id)) for line in _lines(seen))
    return [(one, at.importance, at.ease) for one, at in found if at and at.importance and at.ease]


def _middle(opinion: Opinion, group_id: UUID | None) -> Middle | None:
    """What one group says, or the middle of all of them."""
    return opinion.by_group.get(group_id) if group_id else opinion.overall


def _in(points: Iterable[Placed], zone: Zone) -> list[Barrier]:
    return [one for one, importance, ease in points if zone_of(importance, ease) is zone]


def _plane(points: Sequence[Placed], seen_by: str) -> Plot:
    counts = {zone: len(_in(points, zone)) for zone in Zone}
    sentence = _("Do now %(now)d, plan %(plan)d, tidy %(tidy)d, watch %(watch)d, as seen by: %(who)s.") % {
        "now": counts[Zone.DO_NOW], "plan": counts[Zone.PLAN], "tidy": counts[Zone.TIDY],
        "watch": counts[Zone.WATCH], "who": seen_by,
    }  # fmt: skip
    return scatter(
        _("How much they matter, by how easy they are to remove"), sentence,
        [(one.ref, ease, importance) for one, importance, ease in points],
        head=(_("Barrier"), _("Easy to remove"), _("Matters"), _("Zone")),
        corners=[zone.label for zone in (Zone.PLAN, Zone.DO_NOW, Zone.WATCH, Zone.TIDY)],
        cut=ZONE_CUT,
        table_rows=[
            (one.ref, f"{ease:g}", f"{importance:g}", zone_of(importance, ease).label)
            for one, importance, ease in points
        ],
    )  # fmt: skip
