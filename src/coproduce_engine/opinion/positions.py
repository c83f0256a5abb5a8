"""Where each person stands in the plane: √(statements ÷ own votes) × Σ over own votes of (vote − mean) × component.

The root stretches people who voted little, so that they do not all stand in the middle. It counts real votes and
statements that count only: a statement that was moderated out moves nobody.
"""

import numpy as np
from numpy.typing import NDArray

from .exact import rounded
from .votes import Votes

Numbers = NDArray[np.float64]


def table_of_steps(vectors: Numbers, means: Numbers) -> Numbers:
    """How far each vote moves a person: row 3 × statement + vote + 1 (3 · statements), one column a vector."""
    apart = np.array([-1.0, 0.0, 1.0])[None, :] - means[:, None]
    return (apart[:, :, None] * vectors.T[:, None, :]).reshape(3 * len(means), len(vectors))


def steps_summed(votes: Votes, steps: Numbers) -> Numbers:
    """Each person's steps added up (people × columns of `steps`)."""
    summed = np.empty((votes.people, steps.shape[1]))
    for begin, end in votes.slices():
        part = votes.between(begin, end)
        summed[begin:end] = part.one_of_three() @ steps
    return summed


def positions_of(votes: Votes, vectors: Numbers, means: Numbers, statements: int) -> Numbers:
    """people × 2, NaN for a person without a vote; `statements` is the number of those that count."""
    return stretched(steps_summed(votes, table_of_steps(vectors, means)), votes.own, statements)


def stretched(summed: Numbers, own: NDArray[np.integer] | Numbers, statements: int) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(own > 0, np.sqrt(statements / own), np.nan)
    return rounded(summed * reach[:, None])
