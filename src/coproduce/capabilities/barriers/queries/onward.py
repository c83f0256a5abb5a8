"""What came of a barrier higher up in the house: a capability above registers how to find it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from ..models import Barrier


@dataclass(frozen=True)
class Onward:
    """A link from a barrier to what carries it on."""

    kind: str
    ref: str
    words: str
    href: str


_finders: list[Callable[[UUID, UUID], list[Onward]]] = []


def add_onward(finder: Callable[[UUID, UUID], list[Onward]]) -> None:
    """`finder(project_id, barrier_id)`; one query each."""
    _finders.append(finder)


def onward_from(barrier: Barrier) -> list[Onward]:
    return [found for finder in _finders for found in finder(barrier.project_id, barrier.pk)]
