"""Numbers whose sums are exact, so that nothing depends on the order of adding."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Positions are multiples of 2⁻²⁴. Their sums are then exact up to 500 million, which is that many people one unit from
# the middle, and so the same in whichever order they are added: in one piece, or shard by shard.
FINEST = 2.0**24


def rounded(numbers: Numbers) -> Numbers:
    """To the nearest multiple of 1 ÷ FINEST; NaN stays."""
    return np.asarray(np.rint(numbers * FINEST) / FINEST)
