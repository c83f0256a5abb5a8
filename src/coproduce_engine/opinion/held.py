"""What a group holds more than the others do, on a side that the group itself holds.

Each statement is tested on people whose group was told without it (halves.py), and the tests of all statements, groups
and sides are corrected together. A statement goes to the side that more than half of the group took: never to another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from .many_tests import corrected, larger_share
from .results import Held, Side
from .tallies import Counts, on_side, tally

Numbers = NDArray[np.float64]

LEVEL = 0.05
# The strongest of a group; a page with all of them says less.
MOST_HELD = 12
SIDES = (Side.AGREE, Side.DISAGREE)


@dataclass(frozen=True)
class Tests:
    """p, corrected for all tests (sides × groups × statements)."""

    p: Numbers

    def tells_apart(self) -> bool:
        """Whether every group differs from the rest on some statement at least."""
        return bool(self.p.size and (self.p <= LEVEL).any(axis=(0, 2)).all())


def joined(by_half: Sequence[Counts], halves: Sequence[NDArray[np.bool_]]) -> Counts:
    """Counts of groups (groups × statements × 3), each statement as counted by the half it is not in."""
    first, second = by_half
    return np.where(halves[0][None, :, None], second, first)


def tests_of(counts: Counts, least: int) -> Tests:
    """Every group against the rest, on each side of each statement that `least` people or more of both saw."""
    rest = counts.sum(axis=0) - counts
    seen, seen_by_rest = counts.sum(axis=2), rest.sum(axis=2)
    p = np.stack(
        [larger_share(on_side(counts, side), seen, on_side(rest, side), seen_by_rest) for side in SIDES]
    )
    testable = np.broadcast_to((seen >= least) & (seen_by_rest >= least), p.shape)
    found = np.ones_like(p)
    found[testable] = corrected(p[testable])
    return Tests(found)


def held_by(group: int, counts: Counts, tests: Tests) -> tuple[Held, ...]:
    """Strongest first: the evidence, and among the same, how far the group stands from the rest."""
    inside, outside = counts[group], counts.sum(axis=0) - counts[group]
    found: list[tuple[float, float, int, Side]] = []
    for place, side in enumerate(SIDES):
        share, other = _share(inside, side), _share(outside, side)
        holds = np.flatnonzero((tests.p[place, group] <= LEVEL) & (share > 0.5) & (share > other))
        p, apart = tests.p[place, group, holds].tolist(), (other - share)[holds].tolist()
        found += zip(p, apart, holds.tolist(), repeat(side), strict=False)
    strongest = sorted(found, key=lambda each: each[:3])[:MOST_HELD]
    return tuple(
        Held(which, side, tally(inside[which]), tally(outside[which]), p) for p, _, which, side in strongest
    )


def _share(counts: Counts, side: Side) -> Numbers:
    return np.asarray(on_side(counts, side) / np.maximum(counts.sum(axis=1), 1))
