"""The plane as a grid: how many people stand in each cell, and where on average.

It adds up over people, so shards can send it, and what follows costs the same for a thousand people as for millions.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .exact import rounded

Numbers = NDArray[np.float64]

FINE, COARSE = 120, 24
# So many standard deviations each way; who stands farther out counts in the outermost cells, where they truly stand.
REACH = 3.5


@dataclass(frozen=True)
class Cells:
    """Cells with somebody in them: `weight` people (cells) at `point` on average (cells × 2)."""

    point: Numbers
    weight: Numbers

    @property
    def people(self) -> float:
        return float(self.weight.sum())


def moments_of(positions: Numbers) -> Numbers:
    """Number of people, sums and sums of squares of the two coordinates (5): these add up over shards."""
    squares = rounded(np.square(positions))
    return np.concatenate([[len(positions)], positions.sum(axis=0), squares.sum(axis=0)])


def edges_of(moments: Numbers) -> Numbers:
    """The lower corner and the width of a fine cell (2 × 2)."""
    people, sums, squares = moments[0], moments[1:3], moments[3:5]
    middle = sums / max(people, 1)
    apart = np.sqrt(np.maximum(squares / max(people, 1) - middle**2, 0))
    reach = np.maximum(REACH * apart, 1e-9)
    return np.stack([middle - reach, 2 * reach / FINE])


def histogram_of(positions: Numbers, edges: Numbers) -> Numbers:
    """FINE² × 3: people, and the sums of their two coordinates. It adds up over shards."""
    cell = np.clip((positions - edges[0]) / edges[1], 0, FINE - 1).astype(np.int64)
    flat = cell[:, 0] * FINE + cell[:, 1]
    columns = (None, positions[:, 0], positions[:, 1])
    return np.stack([np.bincount(flat, column, minlength=FINE**2) for column in columns], axis=1)


def fine_cells(histogram: Numbers) -> Cells:
    return _cells(histogram)


def coarse_cells(histogram: Numbers) -> Cells:
    """Cells of 5 × 5 fine ones."""
    side = FINE // COARSE
    return _cells(histogram.reshape(COARSE, side, COARSE, side, 3).sum(axis=(1, 3)).reshape(-1, 3))


def _cells(histogram: Numbers) -> Cells:
    held = histogram[histogram[:, 0] > 0]
    return Cells(held[:, 1:] / held[:, :1], held[:, 0].astype(float))
