"""Votes in one piece or in many, and who works on them. An analysis is a row of rounds: what each piece says, added up.

What pieces say are whole numbers, or positions rounded so that their sums are exact (positions.py). So it makes no
difference into how many pieces the people were cut, nor in which order the pieces answer: not to the last digit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from .votes import Votes

T = TypeVar("T")
Sums = tuple[NDArray[Any], ...]
# One thing for each piece, wherever the piece is; only the crew that made it can open it.
Held = Any


@dataclass(frozen=True)
class Piece:
    """The people from place `first` on: their votes (their places begin at 0 again) and given groups (-1 for none)."""

    first: int
    votes: Votes
    groups: NDArray[np.integer]


class Crew(Protocol):
    """Does the same work on every piece. The work is a pure function, so it can be done again anywhere."""

    @property
    def people(self) -> int: ...

    @property
    def statements(self) -> int: ...

    def pieces(self) -> Held:
        """Every piece."""

    def kept(self, work: Callable[[Any], Any], held: Held) -> Held:
        """What the work makes of each, left where the piece is."""

    def each(self, work: Callable[[Any], T], held: Held) -> list[T]:
        """What the work makes of each, in the order of people."""

    def summed(self, work: Callable[[Any], Sums], held: Held) -> Sums:
        """What the work makes of each, added up."""

    def only(self, held: Held) -> Any | None:
        """The one piece that holds everybody and is here, or None."""


class InMemory:
    """All votes here, in one piece."""

    def __init__(self, votes: Votes, groups: NDArray[np.integer] | None = None) -> None:
        named = np.full(votes.people, -1) if groups is None else groups
        self._piece = Piece(0, votes, named)
        self.people, self.statements = votes.people, votes.statements

    def pieces(self) -> Held:
        return self._piece

    def kept(self, work: Callable[[Any], Any], held: Held) -> Held:
        return work(held)

    def each(self, work: Callable[[Any], T], held: Held) -> list[T]:
        return [work(held)]

    def summed(self, work: Callable[[Any], Sums], held: Held) -> Sums:
        return work(held)

    def only(self, held: Held) -> Any | None:
        return held


def added(results: Sequence[Sums]) -> Sums:
    """Row by row; what was given is not changed."""
    first, *others = results
    total = tuple(row.copy() for row in first)
    for other in others:
        for row, more in zip(total, other, strict=True):
            row += more
    return total
