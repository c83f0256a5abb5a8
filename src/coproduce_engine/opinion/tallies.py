"""How people voted on each statement, counted for any labels: groups found, groups given, halves."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .results import Side, Tally
from .votes import Votes

Counts = NDArray[np.int64]
Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

DISAGREE, PASS, AGREE = 0, 1, 2


def everybody_of(votes: Votes) -> Counts:
    """statements × 3 (disagree, pass, agree)."""
    (counts,) = counts_of(votes, [(np.zeros(votes.people, dtype=np.int64), 1)])
    return np.asarray(counts[0])


def counts_of(votes: Votes, labellings: Sequence[tuple[Labels, int]]) -> list[Counts]:
    """For each labelling (people) and its number of labels: labels × statements × 3, all in one pass over the votes.

    A person with a label below 0 is not counted.
    """
    edges = np.cumsum([0, *(labels for _, labels in labellings)])
    counted = np.zeros((3 * votes.statements, edges[-1]))
    for begin, end in votes.slices():
        part = votes.between(begin, end)
        belongs = np.zeros((part.people, edges[-1]))
        for (label, _), first in zip(labellings, edges[:-1], strict=True):
            here = np.flatnonzero(label[begin:end] >= 0)
            belongs[here, first + label[begin:end][here]] = 1
        counted += part.one_of_three().T @ belongs
    return [_by_label(counted[:, a:b], votes.statements) for a, b in pairwise(edges.tolist())]


def _by_label(counted: Numbers, statements: int) -> Counts:
    return counted.T.reshape(counted.shape[1], statements, 3).astype(np.int64)


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
    return tuple(Tally(agree, disagree, passed) for disagree, passed, agree in counts.tolist())
