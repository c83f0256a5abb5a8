"""Lots drawn by place: the same person always draws the same lot, on any machine and whoever else is there.

So a half or a sample of people does not change when somebody is erased, and shards choose the same people.
"""

import numpy as np
from numpy.typing import NDArray

# The finaliser of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, "Fast splittable pseudorandom number generators").
# What lots are drawn for.
SAMPLED = 1
_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def drawn_of(people: int, share: float) -> int:
    """How many of so many people are drawn into a sample of that share."""
    return people if share >= 1 else int((lots(0, people, purpose=SAMPLED) < share).sum())


def lots(first: int, end: int, *, purpose: int) -> NDArray[np.float64]:
    """A number from 0 to 1 for each place from `first` to `end` (not included); another `purpose`, other lots."""
    x = np.arange(first, end, dtype=np.uint64) + np.uint64(1) + (np.uint64(purpose) << np.uint64(40))
    x *= _STEP
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return (x ^ (x >> np.uint64(31))).astype(np.float64) / 2.0**64
