"""What a picture of opinion may show: how many people stand near a place, never where one of them stands."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .results import Analysis

# The stretch for few votes throws some people far out; the picture is of the others, with these at its edge.
_INSIDE = (0.5, 99.5)


@dataclass(frozen=True)
class Spot:
    """People of one opinion group (or NOT_PLACED) near one place."""

    x: float
    y: float
    people: int
    group: int


def spots(analysis: Analysis, *, across: int = 18) -> tuple[Spot, ...]:
    """The people who were placed, counted in the squares of a coarse grid `across` squares wide.

    Where groups were found, only people in one; where none were, everybody with a place.
    """
    if across < 2:
        raise ValueError(f"across must be 2 or more; it is {across}.")
    here = np.isfinite(analysis.positions).all(axis=1) & (
        (analysis.group_of >= 0) if analysis.groups else (analysis.positions != 0).any(axis=1)
    )
    places = analysis.positions[here]
    if not len(places):
        return ()
    low, high = (np.percentile(places, end, axis=0) for end in _INSIDE)
    side = float((high - low).max()) / across or 1.0
    squares = _squares(places, low, high, side)
    counted = Counter(zip(map(tuple, squares.tolist()), analysis.group_of[here].tolist(), strict=True))
    middle = low + side / 2
    return tuple(
        Spot(float(middle[0] + side * square[0]), float(middle[1] + side * square[1]), people, group)
        for (square, group), people in sorted(counted.items())
    )


def _squares(
    places: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], side: float
) -> NDArray[np.int64]:
    # The far edge belongs to the last square.
    inside = np.clip(places, low, np.maximum(high - side * 1e-9, low))
    return np.floor((inside - low) / side).astype(np.int64)
