"""How people voted on each statement, counted for any labels: groups found, groups given, halves."""

import numpy as np
from numpy.typing import NDArray

from .results import Side, Tally
from .votes import Votes

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]

DISAGREE, PASS, AGREE = 0, 1, 2


def counts_of(votes: Votes, label: NDArray[np.integer] | None = None, labels: int = 1) -> Counts:
    """labels × statements × 3 (disagree, pass, agree); a person with a label below 0 is not counted."""
    width = 3 * votes.statements
    counted = np.zeros(labels * width, dtype=np.int64)
    for begin, end in votes.slices():
        part = votes.between(begin, end)
        column = 3 * part.statement.astype(np.int64) + part.value + 1
        if label is not None:
            row = np.repeat(label[begin:end].astype(np.int64), part.own)
            column = (column + row * width)[row >= 0]
        counted += np.bincount(column, minlength=len(counted))
    return counted.reshape(labels, votes.statements, 3)


def means_of(counts: Counts) -> Numbers:
    """The mean vote on each statement (statements), from its counts (statements × 3); 0 where nobody voted."""
    return np.asarray((counts[:, AGREE] - counts[:, DISAGREE]) / np.maximum(counts.sum(axis=1), 1))


def on_side(counts: Counts, side: Side) -> Counts:
    return counts[..., AGREE if side is Side.AGREE else DISAGREE]


def tally(counts: Counts) -> Tally:
    """Of one statement (3)."""
    disagree, passed, agree = counts.tolist()
    return Tally(agree, disagree, passed)


def tallies(counts: Counts) -> tuple[Tally, ...]:
    return tuple(tally(row) for row in counts)
