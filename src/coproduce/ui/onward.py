"""What came of a thing higher up in the house: a capability above registers how to find it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from coproduce.core.findings import Words


@dataclass(frozen=True)
class Onward:
    """A link from a thing to what carries it on."""

    label: Words
    ref: str
    words: str
    href: str


Finder = Callable[[UUID, UUID], list[Onward]]
_finders: dict[str, list[Finder]] = defaultdict(list)


def add_onward(kind: str, finder: Finder) -> None:
    """`finder(project_id, thing_id)` for things of this kind ("drafting.suggestion"); one query each."""
    _finders[kind].append(finder)


def onward_from(kind: str, project_id: UUID, thing_id: UUID) -> list[Onward]:
    return [found for finder in _finders[kind] for found in finder(project_id, thing_id)]
