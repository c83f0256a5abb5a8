"""Which statement somebody should see next: the more likely, the more a vote on it would tell.

Weight = [(1 − p)(E + 1) a (1 + 8 · 2^(−S/5))]² with p = (P + 1)/(S + 2) the share that passes, a = (A + 1)/(S + 2) the
share that agrees, S who saw it, and E how far one vote of agreement moves a person in the plane. New statements, and
statements that tell people apart, come first. No group of people is left without its say: what too few of a group saw
weighs as much for its people as the heaviest.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from .tallies import AGREE, PASS, Counts

Numbers = NDArray[np.float64]

NEW, FADES = 8.0, 5.0


def weights_of(
    counts: Counts, vectors: Numbers, means: Numbers, counted: NDArray[np.bool_], statements: int
) -> Numbers:
    """Per statement, from its counts (statements × 3); 0 where it does not count."""
    seen = counts.sum(axis=1)
    passes, agrees = ((counts[:, column] + 1) / (seen + 2) for column in (PASS, AGREE))
    moves = np.sqrt(statements) * np.abs(1 - means) * np.linalg.norm(vectors, axis=0)
    novelty = 1 + NEW * 2.0 ** (-seen / FADES)
    return np.where(counted, np.square((1 - passes) * (moves + 1) * agrees * novelty), 0.0)


def for_group(weights: Numbers, seen: NDArray[np.integer], least: int) -> Numbers:
    """The weights for people of a group of which `seen` (statements) people saw each statement."""
    wanting = (seen < least) & (weights > 0)
    return np.where(wanting, weights.max(initial=0.0), weights)


def with_floor(weights: Numbers, seen: NDArray[np.integer], least: int) -> Numbers:
    """The weights for anybody: what too few of any group (groups × statements) saw weighs as the heaviest."""
    return for_group(weights, seen.min(axis=0), least) if len(seen) else weights


def next_statement(weights: Numbers, own: Collection[int], chance: np.random.Generator) -> int | None:
    """A statement drawn by weight from those not voted on yet; None when there is none left."""
    left = weights.copy()
    left[list(own)] = 0
    so_far = left.cumsum()
    if not len(so_far) or so_far[-1] <= 0:
        return None
    drawn = int(np.searchsorted(so_far, chance.random() * so_far[-1], side="right"))
    return min(drawn, int(np.flatnonzero(left)[-1]))
