"""What raisers say has become of their barriers, who was asked, and who has yet to answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people

from ..models import Asking, Barrier, Said
from ..terms import Response
from .register import barriers_of


@dataclass(frozen=True)
class Raised:
    """A barrier of a raiser, and the one whose response counts for it: itself, or what it was merged into."""

    barrier: Barrier
    root: Barrier

    @property
    def can_be_checked(self) -> bool:
        """Something was done about it, so there is something to ask."""
        return self.root.response != Response.NONE_YET


@dataclass(frozen=True)
class Raiser:
    """Somebody who raised barriers: how many have a response, and of how many of those they said what became."""

    person: Any
    group: Any
    to_check: int
    answered: int
    asked_on: date | None

    @property
    def waiting(self) -> int:
        return self.to_check - self.answered


def raised_by(person: Any, project_id: UUID) -> list[Raised]:
    """The barriers of one person by number, each root once; two queries."""
    return [one for one in _with_roots(project_id) if one.barrier.raised_by_id == person.pk]


def raised_by_each(project_id: UUID) -> dict[UUID, list[Raised]]:
    """The barriers of everyone who raised some, by the person's id; one query."""
    found: dict[UUID, list[Raised]] = {}
    for one in _with_roots(project_id):
        if one.barrier.raised_by_id:
            found.setdefault(one.barrier.raised_by_id, []).append(one)
    return found


def raisers_to_ask(project_id: UUID) -> list[Raiser]:
    """Everyone who raised a barrier, by name; five queries."""
    raised = raised_by_each(project_id)
    groups = people.groups_by_person(project_id)
    said = answered_pairs(project_id)
    asked = dict(Asking.objects.filter(project_id=project_id).order_by("on").values_list("person_id", "on"))
    found = [_raiser(mine, groups.get(pk), said, asked.get(pk)) for pk, mine in raised.items()]
    return sorted(found, key=lambda raiser: raiser.person.shown_name.casefold())


def _raiser(mine: Sequence[Raised], group: Any, said: set[tuple[UUID, UUID]], asked: date | None) -> Raiser:
    person: Any = mine[0].barrier.raised_by
    roots = {one.root.pk for one in mine if one.can_be_checked}
    return Raiser(person, group, len(roots), sum((pk, person.pk) in said for pk in roots), asked)


def answered_pairs(project_id: UUID) -> set[tuple[UUID, UUID]]:
    """Who has checked back on what."""
    rows = Said.objects.filter(barrier__project_id=project_id)
    return set(rows.values_list("barrier_id", "person_id"))


def last_said_by(person: Any, ids: Iterable[UUID]) -> dict[UUID, Said]:
    """What a person said last of each of these barriers."""
    rows = Said.objects.filter(barrier_id__in=list(ids), person_id=person.pk).order_by("at", "pk")
    return {row.barrier_id: row for row in rows}


def answers_by_group(project_id: UUID) -> tuple[list[Any], dict[UUID, Counter[str]]]:
    """The groups by code, and how often each answer stands for barriers that the group raised; two queries."""
    counts: dict[UUID, Counter[str]] = {}
    rows = Barrier.objects.filter(project_id=project_id, group__isnull=False).exclude(checked_back="")
    for group_id, said in rows.values_list("group_id", "checked_back"):
        counts.setdefault(group_id, Counter())[said] += 1
    return list(people.groups_of(project_id)), counts


def _with_roots(project_id: UUID) -> list[Raised]:
    barriers = list(barriers_of(project_id))
    by_id = {barrier.pk: barrier for barrier in barriers}
    return [Raised(barrier, _root(barrier, by_id)) for barrier in barriers]


def _root(barrier: Barrier, by_id: dict[UUID, Barrier]) -> Barrier:
    while barrier.merged_into_id:
        barrier = by_id[barrier.merged_into_id]
    return barrier
