"""The plane of the picture: two directions in which the votes differ most.

Two ways. "polis": a missing vote counts as the statement's mean, so after centring it is exactly nought; the centred
matrix is as sparse as the votes, and its right singular vectors are the published components. "available-case": each
pair of statements is judged by those who voted on both, Sⱼₖ ÷ (Kⱼₖ + shrinkage), so that statements which few people
saw together are not taken for unrelated. Its two largest eigenvectors are the components.
"""

from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse.linalg import ArpackError, eigsh, svds

from .lots import SAMPLED, lots
from .sums import PairSums, pairs_of
from .votes import Votes

Numbers = NDArray[np.float64]

AVAILABLE_CASE, POLIS = "available-case", "polis"
METHODS = (AVAILABLE_CASE, POLIS)
# 12 bytes a pair of statements: 108 MB here, and 1 GB at the 9,030 of the widest conversation known.
MOST_STATEMENTS = 3_000
# Pairs of votes that are enough: bench/opinion.py shows what more of them would change.
MOST_PAIRS = 300_000_000
# As if so many more people had seen each pair, and nothing had come of it (docs/decisions/2026-11-26-opinion-engine.md)
SHRINKAGE = 20.0
# Below this a direction holds nothing but rounding.
_NOTHING = 1e-10
_SMALL = 64


@dataclass(frozen=True)
class Plane:
    """`vectors` 2 × statements, each of length 1 (or 0 where votes do not differ); `means` (statements).

    `explained`: the share of all variance along each. `sums` are those that the vectors came from, if they did, and
    `shrinkage` what was held back of them.
    """

    vectors: Numbers
    means: Numbers
    explained: tuple[float, float]
    method: str
    sums: PairSums | None
    shrinkage: float | None = None


def plane_of(
    votes: Votes, means: Numbers, *, method: str = AVAILABLE_CASE, shrinkage: float = SHRINKAGE
) -> Plane:
    """The plane of these votes; `means` are the mean votes on each statement (statements)."""
    if is_published(method, votes.statements):
        return published_plane(votes, means, method)
    share = share_sampled(pairs_of(votes))
    drawn = votes if share >= 1 else votes.of_people(lots(0, votes.people, purpose=SAMPLED) < share)
    return available_plane(PairSums.of(drawn), means, share, drawn.people, shrinkage)


def is_published(method: str, statements: int) -> bool:
    """Whether the plane is the published one: asked for, or the only one that so many statements allow."""
    return method == POLIS or statements > MOST_STATEMENTS


def published_plane(votes: Votes, means: Numbers, method: str) -> Plane:
    words = POLIS if method == POLIS else f"{POLIS}, as there are more than {MOST_STATEMENTS:,} statements"
    return _published(votes, means, words)


def available_plane(sums: PairSums, means: Numbers, share: float, drawn: int, shrinkage: float) -> Plane:
    """From the pair sums of the `drawn` people that are this share of all."""
    words = AVAILABLE_CASE if share >= 1 else f"{AVAILABLE_CASE}, from {drawn:,} people drawn by lot"
    # A sample has so many pairs fewer: the same part of them is held back.
    return plane_of_sums(sums, means, shrinkage=shrinkage * min(share, 1.0), words=words)


def share_sampled(pairs: int) -> float:
    """The share of people whose pairs are counted when everybody's are so many; 1 for all of them.

    It halves as votes come, so that a stream of them seldom has to let people go (streaming.py).
    """
    return 1.0 if pairs <= MOST_PAIRS else 2.0 ** -ceil(log2(pairs / MOST_PAIRS))


def plane_of_sums(
    sums: PairSums,
    means: Numbers,
    *,
    shrinkage: float | None = SHRINKAGE,
    words: str = AVAILABLE_CASE,
    only: NDArray[np.bool_] | None = None,
) -> Plane:
    """The available-case plane, of the statements marked in `only` (the others have no part in it).

    Without a `shrinkage` no pair is judged by those who voted on both: it is the published plane then.
    """
    places = np.arange(len(means)) if only is None else np.flatnonzero(only)
    part = sums if only is None else sums.between(places)
    covariance = part.products(means[places])
    if shrinkage is not None:
        shared = part.k + shrinkage
        covariance /= np.where(shared > 0, shared, 1.0)
    values, found = _largest(covariance)
    vectors = np.zeros((2, len(means)))
    vectors[:, places] = found
    return Plane(vectors, means, _shares(values, np.trace(covariance)), words, sums, shrinkage)


def _published(votes: Votes, means: Numbers, words: str) -> Plane:
    centred = (votes.value - means[votes.statement]).astype(np.float32 if votes.count > 5_000_000 else float)
    squares, vectors = _singular(votes, centred)
    return Plane(vectors, means, _shares(squares, float(np.square(centred).sum())), words, None)


def published_half(votes: Votes, means: Numbers, only: NDArray[np.bool_]) -> Plane:
    """The published plane of the statements marked in `only`."""
    return _published(votes.without_statements(np.flatnonzero(~only)), means, POLIS)


def _singular(votes: Votes, centred: NDArray[np.floating]) -> tuple[Numbers, Numbers]:
    matrix = votes.matrix(centred)
    least = min(matrix.shape)
    if least > _SMALL and np.abs(centred).max(initial=0) > _NOTHING:
        try:
            start = np.random.default_rng(0).normal(size=least).astype(centred.dtype)
            _, lengths, rows = svds(matrix, k=2, v0=start, return_singular_vectors="vh")
        except ArpackError:
            return _largest((matrix.T @ matrix).toarray().astype(float))
        order = np.argsort(-lengths)
        return _cleaned(lengths[order].astype(float) ** 2, rows[order].astype(float))
    return _largest((matrix.T @ matrix).toarray().astype(float))


def _largest(square: Numbers) -> tuple[Numbers, Numbers]:
    """The two largest eigenvalues of a symmetric table and their vectors, as rows."""
    size = len(square)
    if size > _SMALL and np.abs(square).max() > _NOTHING:
        try:
            start = np.random.default_rng(0).normal(size=size)
            values, columns = eigsh(square, k=2, which="LA", v0=start)
            return _cleaned(values[::-1], columns[:, ::-1].T)
        except ArpackError:
            pass
    values, columns = eigh(square) if size else (np.zeros(0), np.zeros((0, 0)))
    values, rows = values[::-1][:2], columns[:, ::-1].T[:2]
    short = 2 - len(values)
    return _cleaned(np.pad(values, (0, short)), np.pad(rows, ((0, short), (0, 0))))


def _cleaned(values: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    """A direction that holds nothing is nought; of the two signs, the one that makes the largest entry positive."""
    holds = values > _NOTHING * max(1.0, float(values.max(initial=0)))
    values, rows = np.where(holds, values, 0.0), np.where(holds[:, None], rows, 0.0)
    if not rows.size:
        return values, rows
    # Entries of the same size differ in their last digits from machine to machine.
    largest = np.argmax(np.round(np.abs(rows), 9), axis=1)
    signs = np.where(rows[[0, 1], largest] < 0, -1.0, 1.0)
    return values, rows * signs[:, None]


def _shares(values: Numbers, total: float) -> tuple[float, float]:
    first, second = (np.clip(values / total, 0, 1) if total > 0 else np.zeros(2)).tolist()
    return first, second
