"""Where one person stands, from their own votes and the kept plane alone: nothing about them needs to be kept."""

from collections.abc import Mapping, Sequence
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from .exact import rounded
from .results import OpinionGroup


def position(
    components: NDArray[np.float64],
    means: NDArray[np.float64],
    own_votes: Mapping[int, int],
    statements_that_count: int,
) -> tuple[float, float]:
    """The same as in the analysis. `own_votes`: a vote for the place of each statement that counts."""
    if not own_votes:
        raise ValueError("Somebody who has not voted stands nowhere yet.")
    places, votes = np.array(list(own_votes)), np.array(list(own_votes.values()))
    if places.min() < 0 or places.max() >= len(means):
        raise ValueError(f"A vote is on a statement that is not there: places go from 0 to {len(means) - 1}.")
    if not np.isin(votes, (-1, 0, 1)).all():
        raise ValueError("A vote must be 1 (agree), -1 (disagree) or 0 (pass).")
    reach = sqrt(statements_that_count / len(own_votes))
    x, y = rounded(reach * (components[:, places] @ (votes - means[places]))).tolist()
    return x, y


def nearest(position: tuple[float, float], groups: Sequence[OpinionGroup]) -> OpinionGroup | None:
    """The group whose centre is nearest; None where there are no groups."""
    return min(groups, key=lambda group: _apart(position, group.centre), default=None)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
