"""What two statements have in common, summed over the people who voted on both: whole numbers, so always exact.

G = X'X, H = X'W and K = W'W, where X holds the votes (0 where there is none) and W holds 1 for every vote. They add
up over people: a vote changes a few pairs, and taking a person out again takes their pairs out, to the last digit.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .votes import Votes

Numbers = NDArray[np.float64]
Pairs = NDArray[np.int32]

# All sums of a pair ride in one number, each in its own bits; so many people at a time keep each within them.
SPARSE_BITS, SPARSE_PEOPLE = 16, 2**14
DENSE_BITS, DENSE_PEOPLE = 13, 2**12 - 1
# Above this share of the pairs of a full table, a full product costs less than a sparse one (bench/opinion.py).
FULL_ENOUGH = 0.055
# The sums of (j, k) are those of (k, j): the statements are cut so often, and each cut meets only the ones after it.
CUTS = 4


@dataclass
class PairSums:
    """`g` = X'X, `h` = X'W, `k` = W'W, each statements × statements. `h[i, j]` sums votes on i of those who saw j."""

    g: Pairs
    h: Pairs
    k: Pairs

    @classmethod
    def empty(cls, statements: int) -> "PairSums":
        g, h, k = (np.zeros((statements, statements), dtype=np.int32) for _ in range(3))
        return cls(g, h, k)

    @classmethod
    def of(cls, votes: Votes) -> "PairSums":
        sums = cls.empty(votes.statements)
        full = _is_full(votes)
        step = DENSE_PEOPLE if full else SPARSE_PEOPLE
        for begin in range(0, votes.people, step):
            part = votes.between(begin, min(begin + step, votes.people))
            (sums._add_full if full else sums._add_sparse)(part)
        return sums

    @property
    def seen(self) -> NDArray[np.int64]:
        """How many people voted on each statement (statements)."""
        return np.diagonal(self.k).astype(np.int64)

    @property
    def total(self) -> NDArray[np.int64]:
        """The sum of the votes on each statement (statements)."""
        return np.diagonal(self.h).astype(np.int64)

    def means(self) -> Numbers:
        """The mean vote on each statement, 0 where there is none (statements)."""
        return self.total / np.maximum(self.seen, 1)

    def between(self, places: NDArray[np.int64]) -> "PairSums":
        """The sums of these statements with each other only."""
        here = np.ix_(places, places)
        return PairSums(self.g[here], self.h[here], self.k[here])

    def products(self, means: Numbers) -> Numbers:
        """For each pair the sum of (vote − mean) × (vote − mean) over those who voted on both."""
        crossed = self.h * means
        return self.g - crossed - crossed.T + self.k * np.outer(means, means)

    def _add_sparse(self, part: Votes) -> None:
        value = part.value.astype(np.int64)
        one = 1 << SPARSE_BITS
        left = part.matrix(value + one * one).T.tocsr()
        right = part.matrix(value + one)
        edges = _cuts(np.diff(left.indptr))
        for begin, end in pairwise(edges):
            packed = (left[begin:end] @ right).toarray()
            self._unpack(packed, SPARSE_BITS, begin, end)
            right = right[:, end - begin :]

    def _add_full(self, part: Votes) -> None:
        one = float(1 << DENSE_BITS)
        value = part.value.astype(np.float64)
        left, right = (part.matrix(value + weight).toarray() for weight in (one * one, one))
        self._unpack((left.T @ right).astype(np.int64), DENSE_BITS, 0, part.statements)

    def _unpack(self, packed: NDArray[np.int64], bits: int, begin: int, end: int) -> None:
        """The statements from `begin` to `end` against themselves and all after them.

        For votes x and y on the row's and the column's statement: xy + 2ᵇ x + 4ᵇ y + 8ᵇ, summed over people.
        """
        rows, on, after = slice(begin, end), slice(begin, None), slice(end, None)
        g = _lowest(packed, bits)
        packed = (packed - g) >> bits
        of_row = _lowest(packed, bits)
        packed = (packed - of_row) >> bits
        of_column = _lowest(packed, bits)
        k = ((packed - of_column) >> bits).astype(np.int32)
        for sums, found, turned in ((self.g, g, g), (self.h, of_row, of_column), (self.k, k, k)):
            sums[rows, on] += found
            sums[after, rows] += turned[:, end - begin :].T


def pairs_of(votes: Votes) -> int:
    """How many pairs of votes the sums are made of: each person's votes times themselves. Adds up over people."""
    return int((votes.own**2).sum())


def _is_full(votes: Votes) -> bool:
    return pairs_of(votes) > FULL_ENOUGH * votes.people * votes.statements**2


def _cuts(seen: NDArray[np.integer]) -> list[int]:
    """Edges between statements, so that each stretch holds about as many votes."""
    so_far = np.cumsum(seen)
    wanted = np.arange(1, CUTS) * (so_far[-1] / CUTS) if len(seen) else np.arange(0)
    edges = {0, *np.searchsorted(so_far, wanted).tolist(), len(seen)}
    return sorted(edges)


def _lowest(packed: NDArray[np.int64], bits: int) -> NDArray[np.int32]:
    """The signed number in the lowest bits."""
    half = 1 << (bits - 1)
    return (((packed + half) & (2 * half - 1)) - half).astype(np.int32)
