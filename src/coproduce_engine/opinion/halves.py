"""Groups sought again in half of the statements, so that nobody is sorted by the votes that are tested.

Two halves of people would not do by themselves: whoever is put into a group by a vote differs in that vote from the
others, also when all votes are noise. So a statement is tested on people whose group was told without it: from a plane
made of the other half of the statements, and by centres that the other half of the people gave.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .components import Plane
from .groups import labels_of
from .lots import lots
from .positions import steps_summed, stretched, table_of_steps
from .results import NOT_PLACED
from .votes import Votes

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

HALF_OF_PEOPLE = 2


def half_of_statements(seen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Every other statement by how many saw it, so that both halves hold about as many votes (statements)."""
    order = np.argsort(-seen, kind="stable")
    first = np.zeros(len(seen), dtype=bool)
    first[order[::2]] = True
    return first


def half_of_people(first: int, end: int) -> NDArray[np.bool_]:
    return lots(first, end, purpose=HALF_OF_PEOPLE) < 0.5


def positions_by_half(
    votes: Votes, planes: Iterable[Plane], halves: Iterable[NDArray[np.bool_]]
) -> list[Numbers]:
    """Where people stand by the votes of each half of the statements alone: people × 2 each, NaN without a vote."""
    both = list(zip(planes, halves, strict=True))
    steps = [np.hstack([table_of_steps(plane.vectors, plane.means), np.ones((3 * len(half), 1))])
             * np.repeat(half, 3)[:, None] for plane, half in both]  # fmt: skip
    summed = steps_summed(votes, np.hstack(steps))
    return [
        stretched(part[:, :2], part[:, 2], int(half.sum()))
        for part, (_, half) in zip(np.split(summed, len(both), axis=1), both, strict=True)
    ]


def centres_by_half(positions: Numbers, label: Labels, first_half: NDArray[np.bool_], groups: int) -> Numbers:
    """Sums and numbers for the centre of each group in each half of the people (2 × groups × 3); they add up."""
    found = np.zeros((2, groups, 3))
    counted = (label >= 0) & ~np.isnan(positions[:, 0])
    for place, half in enumerate((first_half, ~first_half)):
        here = counted & half
        for column, values in enumerate((positions[here, 0], positions[here, 1], None)):
            found[place, :, column] = np.bincount(label[here], values, minlength=groups)
    return found


def labels_by_other_half(
    positions: Numbers, label: Labels, first_half: NDArray[np.bool_], sums: Numbers
) -> Labels:
    """The group of each placed person by the centres of the half they are not in; NOT_PLACED without any (people)."""
    found = np.full(len(positions), NOT_PLACED)
    counted = (label >= 0) & ~np.isnan(positions[:, 0])
    for half, other in ((first_half, sums[1]), (~first_half, sums[0])):
        there = other[:, 2] > 0
        if there.any():
            centres = other[there, :2] / other[there, 2:]
            here = counted & half
            found[here] = np.flatnonzero(there)[labels_of(positions[here], centres)]
    return found
