"""What people and groups say of each barrier, and from whom that is still sealed (R34)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit

from ..models import Barrier, BarrierRating
from ..terms import Given, Middle, Spread, median_of, middle_of, spread_of
from .register import barriers_in_short, barriers_of, has_to_rate


@dataclass(frozen=True)
class Opinion:
    """What the groups say of one barrier."""

    by_group: Mapping[UUID, Middle]

    @property
    def spread(self) -> Spread | None:
        """How far the groups stand apart on how much it matters."""
        return spread_of(middle.importance for middle in self.by_group.values())

    @property
    def overall(self) -> Middle:
        """The middle of the groups, so that a large group does not outvote a small one."""
        middles = self.by_group.values()
        return Middle(
            median_of(one.importance for one in middles if one.importance is not None),
            median_of(one.ease for one in middles if one.ease is not None),
            sum(one.people for one in middles),
        )


@dataclass(frozen=True)
class Progress:
    """How far somebody is with rating the barriers."""

    rated: int
    left_out: int
    total: int

    @property
    def waiting(self) -> int:
        return self.total - self.rated - self.left_out


@dataclass(frozen=True)
class Rater:
    """Somebody who sits at the table, and how far they are."""

    seat: Any
    progress: Progress


NO_OPINION = Opinion({})


def barriers_to_rate(project_id: UUID) -> dict[UUID, Barrier]:
    """The barriers that people rate, by id and in order: those that were not merged into another."""
    rows = barriers_of(project_id).filter(merged_into__isnull=True)
    return {barrier.pk: barrier for barrier in rows}


def ratings_by(person: Any, project_id: UUID) -> dict[UUID, BarrierRating]:
    """What this person gave here, by the barrier's id, without what they said when they raised it."""
    mine = BarrierRating.objects.filter(barrier__project_id=project_id, person_id=person.pk)
    return {row.barrier_id: row for row in mine.select_related("entered_by")}


def not_rated_by(person: Any, project_id: UUID) -> list[Barrier]:
    """The barriers on which this person has yet to say something; two queries."""
    mine = ratings_by(person, project_id)
    waiting = barriers_to_rate(project_id).values()
    return [one for one in waiting if one.pk not in mine and not _raised_with_ratings(one, person.pk)]


def given_by(
    person: Any, barriers: Iterable[Barrier], mine: Mapping[UUID, BarrierRating]
) -> dict[UUID, Given]:
    """What a person says of these barriers, as raiser or since."""
    found = {pk: row.given for pk, row in mine.items()}
    for barrier in barriers:
        if barrier.pk not in found and _raised_with_ratings(barrier, person.pk):
            found[barrier.pk] = Given(barrier.importance, barrier.ease)
    return found


def progress_of(
    person: Any, barriers: Mapping[UUID, Barrier], mine: Mapping[UUID, BarrierRating]
) -> Progress:
    said = {pk: one for pk, one in given_by(person, barriers.values(), mine).items() if pk in barriers}
    left_out = sum(one.left_out for one in said.values())
    return Progress(len(said) - left_out, left_out, len(barriers))


def progress_by_person(project_id: UUID) -> list[Rater]:
    """Everyone with a seat, with counts and no figure; four queries."""
    barriers = barriers_to_rate(project_id)
    rows: dict[UUID, dict[UUID, BarrierRating]] = defaultdict(dict)
    for row in BarrierRating.objects.filter(barrier__project_id=project_id):
        rows[row.person_id][row.barrier_id] = row
    seats = people.seats_of(project_id)
    return [Rater(seat, progress_of(seat.person, barriers, rows[seat.person_id])) for seat in seats]


Row = tuple[UUID, UUID, UUID, int | None, int | None]  # barrier, person, group, importance and ease


class Seen:
    """What groups say of the barriers of a project, as far as one person may see it (R34).

    Sealed is what waits for this person's own rating. Until somebody rates, nothing is: what stands in the register
    then is what raisers said in a round that was opened. One query, and one more for who sits in a group.
    """

    def __init__(self, visit: Visit, barriers: Iterable[Barrier]) -> None:
        self.visit, self.barriers = visit, list(barriers)
        rows = list(_given(visit.project.pk))
        self.sealed = self._sealed(rows)
        self.opinions = opinions_of(self.barriers, rows, self.sealed)

    @cached_property
    def has_to_rate(self) -> bool:
        return has_to_rate(self.visit)

    def open(self) -> list[Barrier]:
        return [one for one in self.barriers if one.pk not in self.sealed]

    def _sealed(self, rows: Sequence[Row]) -> frozenset[UUID]:
        me = self.visit.person.pk
        mine = {barrier_id for barrier_id, person_id, *_more in rows if person_id == me}
        waiting = frozenset(
            one.pk
            for one in self.barriers
            if one.pk not in mine and not one.merged_into_id and not _raised_with_ratings(one, me)
        )
        return waiting if rows and waiting and self.has_to_rate else frozenset()


def opinions_of(
    barriers: Iterable[Barrier], rows: Iterable[Row], sealed: frozenset[UUID] = frozenset()
) -> dict[UUID, Opinion]:
    """What the groups say of each barrier that is not sealed, by its id; the raiser's own counts among them."""
    given: dict[UUID, dict[UUID, dict[UUID, Given]]] = defaultdict(lambda: defaultdict(dict))
    for one in barriers:
        if one.raised_by_id and one.group_id and _raised_with_ratings(one, one.raised_by_id):
            given[one.pk][one.raised_by_id][one.group_id] = Given(one.importance, one.ease)
    for barrier_id, person_id, group_id, importance, ease in rows:
        given[barrier_id][person_id] = {group_id: Given(importance, ease)}
    return {pk: Opinion(_middles(people.values())) for pk, people in given.items() if pk not in sealed}


def opinions(project_id: UUID) -> dict[UUID, Opinion]:
    """What the groups say of each barrier, for the record, whoever reads it; two queries."""
    return opinions_of(barriers_in_short(project_id), _given(project_id))


@dataclass(frozen=True)
class SeenOne:
    """What groups say of one barrier, as far as one person may see it."""

    sealed: bool
    by_group: Sequence[tuple[Any, Middle]]


def seen_one(visit: Visit, barrier: Barrier) -> SeenOne:
    """As `Seen`, for the page of one barrier; one query to three."""
    rows = list(BarrierRating.objects.filter(barrier=barrier).select_related("group"))
    me, project_id = visit.person.pk, visit.project.pk
    mine = any(row.person_id == me for row in rows) or _raised_with_ratings(barrier, me)
    begun = bool(rows) or (not mine and bool(_given(project_id)[:1]))
    if begun and not mine and not barrier.merged_into_id and has_to_rate(visit):
        return SeenOne(True, ())
    plain = [(barrier.pk, row.person_id, row.group_id, row.importance, row.ease) for row in rows]
    opinion = opinions_of([barrier], plain).get(barrier.pk, NO_OPINION)
    groups: dict[UUID, Any] = {row.group_id: row.group for row in rows}
    if barrier.group_id:
        groups[barrier.group_id] = barrier.group
    named = sorted(groups.items(), key=lambda pair: (len(pair[1].code), pair[1].code))
    return SeenOne(False, [(group, opinion.by_group[pk]) for pk, group in named if pk in opinion.by_group])


def _middles(people: Iterable[Mapping[UUID, Given]]) -> dict[UUID, Middle]:
    groups: dict[UUID, list[Given]] = defaultdict(list)
    for said in people:
        for group_id, given in said.items():
            groups[group_id].append(given)
    middles = {group_id: middle_of(given) for group_id, given in groups.items()}
    return {group_id: middle for group_id, middle in middles.items() if middle.people}


def _given(project_id: UUID) -> Any:
    columns = ("barrier_id", "person_id", "group_id", "importance", "ease")
    return BarrierRating.objects.filter(barrier__project_id=project_id).values_list(*columns)


def _raised_with_ratings(barrier: Barrier, person_id: UUID) -> bool:
    return barrier.raised_by_id == person_id and not Given(barrier.importance, barrier.ease).left_out
