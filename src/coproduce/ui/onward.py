"""What came of a thing higher up in the house: a capability above registers how to find it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from coproduce.core.findings import Words


@dataclass(frozen=True)
class Onward:
    """A link from a thing to what carries it on; `state` says how that stands today."""

    label: Words
    ref: str
    words: str
    href: str
    state: Words = ""


Finder = Callable[[UUID, UUID], list[Onward]]
FinderOfMany = Callable[[UUID, Collection[UUID]], Mapping[UUID, list[Onward]]]
_finders: dict[str, list[Finder]] = defaultdict(list)
_finders_of_many: dict[str, list[FinderOfMany]] = defaultdict(list)


def add_onward(kind: str, finder: Finder) -> None:
    """`finder(project_id, thing_id)` for things of this kind ("drafting.suggestion"); one query each."""
    _finders[kind].append(finder)


def add_onward_of_many(kind: str, finder: FinderOfMany) -> None:
    """`finder(project_id, thing_ids)` gives the links by the thing's id, for lists; as many queries as for one."""
    _finders_of_many[kind].append(finder)


def onward_from(kind: str, project_id: UUID, thing_id: UUID) -> list[Onward]:
    single = [found for finder in _finders[kind] for found in finder(project_id, thing_id)]
    return single + onward_from_many(kind, project_id, [thing_id]).get(thing_id, [])


def onward_from_many(kind: str, project_id: UUID, ids: Collection[UUID]) -> dict[UUID, list[Onward]]:
    """The links of many things by their ids."""
    links: dict[UUID, list[Onward]] = defaultdict(list)
    for finder in _finders_of_many[kind]:
        for thing_id, found in finder(project_id, ids).items():
            links[thing_id] += found
    return dict(links)
