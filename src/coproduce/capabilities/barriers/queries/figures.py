"""What the register adds up to: coverage, zones, themes by group, gaps. Each barrier counts as it was raised.

Merging changes no count: a merged barrier keeps its group, level and ratings here, and has the response of the
barrier that it was merged into.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import mean
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import GroupKind
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.findings import Finding, Words

from .. import rules
from ..models import Barrier, Theme, ThemeRating
from ..terms import Coverage, Response, Spread, Zone, is_important, median_of, spread_of
from .register import themes_of


@dataclass(frozen=True)
class ThemeRow:
    """One theme: how many barriers each group raised on it, and how much it matters to each group."""

    theme: Theme | None
    counts: Mapping[UUID | None, int]
    medians: Mapping[UUID, float | None]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def groups(self) -> set[UUID]:
        return {group for group, count in self.counts.items() if group and count}

    @property
    def spread(self) -> Spread | None:
        return spread_of(self.medians.values())


@dataclass(frozen=True)
class Unanswered:
    """R36: an important barrier without a response, with what was merged into it."""

    barrier: Barrier
    importance: int

    @property
    def ref(self) -> str:
        return self.barrier.ref

    @property
    def response(self) -> str:
        return self.barrier.response

    @property
    def owner_id(self) -> UUID | None:
        return self.barrier.owner_id

    @property
    def owner(self) -> Any:
        return self.barrier.owner

    @property
    def due(self) -> date | None:
        return self.barrier.due


class Figures:
    """The figures of one project, from its barriers; one query."""

    def __init__(self, barriers: Iterable[Barrier]) -> None:
        self.barriers = list(barriers)
        self._by_id = {barrier.pk: barrier for barrier in self.barriers}

    def root(self, barrier: Barrier) -> Barrier:
        while barrier.merged_into_id:
            barrier = self._by_id[barrier.merged_into_id]
        return barrier

    def response(self, barrier: Barrier) -> Response:
        return Response(self.root(barrier).response)

    @property
    def total(self) -> int:
        return len(self.barriers)

    @cached_property
    def by_group(self) -> Counter[str]:
        return Counter(barrier.group.code for barrier in self.barriers if barrier.group)

    @cached_property
    def by_level(self) -> Counter[int]:
        return Counter(barrier.level for barrier in self.barriers if barrier.level)

    @cached_property
    def by_com_b(self) -> Counter[str]:
        return Counter(barrier.com_b for barrier in self.barriers if barrier.com_b)

    @cached_property
    def by_response(self) -> Counter[Response]:
        return Counter(self.response(barrier) for barrier in self.barriers)

    @cached_property
    def by_check_back(self) -> Counter[str]:
        return Counter(barrier.checked_back for barrier in self.barriers if barrier.checked_back)

    @cached_property
    def mean_importance(self) -> float | None:
        return _mean(barrier.importance for barrier in self.barriers)

    @cached_property
    def mean_ease(self) -> float | None:
        return _mean(barrier.ease for barrier in self.barriers)

    @cached_property
    def zones(self) -> dict[Zone, list[Barrier]]:
        found: dict[Zone, list[Barrier]] = {zone: [] for zone in Zone}
        for barrier in self.barriers:
            found[barrier.zone].append(barrier)
        return found

    @cached_property
    def coverage(self) -> Coverage:
        important = [barrier for barrier in self.barriers if is_important(barrier.importance)]
        answered = [barrier for barrier in important if self.response(barrier) != Response.NONE_YET]
        return Coverage(len(important), len(answered))

    @cached_property
    def important_without_response(self) -> list[Unanswered]:
        """Each once, under the barrier that others were merged into."""
        highest: dict[UUID, int] = {}
        for barrier in self.barriers:
            root = self.root(barrier)
            if is_important(barrier.importance) and root.response == Response.NONE_YET:
                highest[root.pk] = max(highest.get(root.pk, 0), barrier.importance or 0)
        found = [Unanswered(self._by_id[pk], importance) for pk, importance in highest.items()]
        return sorted(found, key=lambda one: one.barrier.number)


def figures(project_id: UUID) -> Figures:
    barriers = Barrier.objects.filter(project_id=project_id).select_related("group", "owner")
    return Figures(barriers.defer("response_words", "lets_people").order_by("number"))


def coverage(project_id: UUID) -> Coverage:
    return figures(project_id).coverage


def zones(project_id: UUID) -> dict[Zone, list[Barrier]]:
    return figures(project_id).zones


def important_without_response(project_id: UUID) -> list[Unanswered]:
    return figures(project_id).important_without_response


def findings_at_sign_off(project_id: UUID, left: Sequence[Unanswered] | None = None) -> list[Finding]:
    """R36, as sign-off asks it; `left` are those without a response, where they are at hand."""
    unanswered = important_without_response(project_id) if left is None else left
    return list(rules.important_barriers_without_response(unanswered, at_sign_off=True))


def theme_rows(
    project_id: UUID, barriers: Iterable[Barrier] | None = None
) -> tuple[list[Any], list[ThemeRow]]:
    """The groups by code, and a row for each theme; four queries, or three where the barriers are at hand."""
    groups = list(people.groups_of(project_id))
    counts: dict[UUID | None, Counter[UUID | None]] = defaultdict(Counter)
    for theme_id, group_id in _theme_and_group(project_id, barriers):
        counts[theme_id][group_id] += 1
    medians = _medians(project_id)
    rows = [
        ThemeRow(theme, counts[theme.pk], _of(groups, medians, theme.pk)) for theme in themes_of(project_id)
    ]
    if counts[None]:
        rows.append(ThemeRow(None, counts[None], {}))
    return groups, rows


def _theme_and_group(
    project_id: UUID, barriers: Iterable[Barrier] | None
) -> Iterable[tuple[UUID | None, UUID | None]]:
    if barriers is not None:
        return ((one.theme_id, one.group_id) for one in barriers)
    return Barrier.objects.filter(project_id=project_id).values_list("theme_id", "group_id")


def themes_of_one_group(rows: Iterable[ThemeRow]) -> list[ThemeRow]:
    """Themes that would be unknown if that group had not been asked."""
    return [row for row in rows if row.theme and len(row.groups) == 1]


def themes_not_raised_by(rows: Iterable[ThemeRow], group_id: UUID) -> list[ThemeRow]:
    return [row for row in rows if row.theme and row.total and not row.counts.get(group_id)]


def themes_no_leader_raised(groups: Iterable[Any], rows: Iterable[ThemeRow]) -> list[ThemeRow] | None:
    """Themes that those who lead did not name; nothing to say where no leaders sit at the table."""
    leaders = {group.pk for group in groups if group.kind == GroupKind.LEADERS}
    if not leaders:
        return None
    return [row for row in rows if row.theme and row.total and row.groups.isdisjoint(leaders)]


def has_rated(person: Any, project_id: UUID) -> bool:
    return ThemeRating.objects.filter(theme__project_id=project_id, person_id=person.pk).exists()


def own_ratings(person: Any, project_id: UUID) -> dict[UUID, int]:
    """What this person said, by the theme's id."""
    mine = ThemeRating.objects.filter(theme__project_id=project_id, person_id=person.pk)
    return dict(mine.values_list("theme_id", "importance"))


def summary(visit: Visit) -> Words:
    """One line for the overview; one query."""
    rows = Barrier.objects.filter(project_id=visit.project.pk)
    columns = rows.values_list("pk", "merged_into_id", "importance", "response")
    found: dict[UUID, list[Any]] = {pk: row for pk, *row in columns}
    if not found:
        return _("No barriers yet")
    important = [pk for pk, (_into, importance, _response) in found.items() if is_important(importance)]
    answered = [pk for pk in important if _root_response(found, pk) != Response.NONE_YET]
    words = {"total": len(found), "answered": len(answered), "important": len(important)}
    return _("%(total)d barriers; %(answered)d of the %(important)d important ones have a response") % words


def _root_response(rows: Mapping[UUID, Sequence[Any]], pk: UUID) -> str:
    """A merged barrier has the response of the one that it was merged into."""
    while rows[pk][0]:
        pk = rows[pk][0]
    return str(rows[pk][2])


def _medians(project_id: UUID) -> dict[tuple[UUID, UUID], float | None]:
    given: dict[tuple[UUID, UUID], list[int]] = defaultdict(list)
    ratings = ThemeRating.objects.filter(theme__project_id=project_id)
    for theme_id, group_id, importance in ratings.values_list("theme_id", "group_id", "importance"):
        given[theme_id, group_id].append(importance)
    return {place: median_of(numbers) for place, numbers in given.items()}


def _of(
    groups: Iterable[Any], medians: Mapping[tuple[UUID, UUID], float | None], theme_id: UUID
) -> dict[UUID, float | None]:
    return {group.pk: medians.get((theme_id, group.pk)) for group in groups}


def _mean(numbers: Iterable[int | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return round(mean(known), 2) if known else None
