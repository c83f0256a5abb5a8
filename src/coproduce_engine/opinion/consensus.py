"""Group-aware consensus, the published figure: the product over groups of (agree + 1) ÷ (seen + 2).

It shrinks with every group more, so it compares statements within one analysis and nothing across analyses; the
lowest lower bound (common_ground.py) does both.
"""

import numpy as np
from numpy.typing import NDArray

from .tallies import AGREE, Counts


def group_aware(counts: Counts) -> NDArray[np.float64]:
    """Per statement, from groups × statements × 3."""
    return np.asarray(np.prod((counts[:, :, AGREE] + 1) / (counts.sum(axis=2) + 2), axis=0))
