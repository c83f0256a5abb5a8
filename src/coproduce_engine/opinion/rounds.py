"""What each piece of the votes says in each round of an analysis: pure functions of the piece and of what is known.

Their results add up over people. They can be sent to where the votes are (crew.py), or called on all votes at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .components import Plane
from .grid import histogram_of, moments_of
from .groups import labels_of
from .halves import centres_by_half, half_of_people, labels_by_other_half, positions_by_half
from .lots import SAMPLED, lots
from .pieces import Piece, Sums
from .positions import positions_of
from .results import NOT_PLACED
from .sums import PairSums, pairs_of
from .tallies import Counts, counts_of

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """Where the people of a piece stand (people × 2), and who voted enough to be placed in a group (people)."""

    piece: Piece
    positions: Numbers
    placed: NDArray[np.bool_]


@dataclass(frozen=True)
class Sorted:
    """The group of each, or NOT_PLACED (people)."""

    standing: Standing
    label: Labels


@dataclass(frozen=True)
class ByHalf:
    """Where people stand by each half of the statements alone."""

    sorted: Sorted
    positions: Sequence[Numbers]


def without(gone: NDArray[np.bool_], piece: Piece) -> Piece:
    """The piece without the votes on statements that count not (statements)."""
    return Piece(piece.first, piece.votes.without_statements(np.flatnonzero(gone)), piece.groups)


def said(groups: int, piece: Piece) -> Sums:
    """Counts (1 × statements × 3); pairs, votes and people who voted; the same by given group, and people of each."""
    votes, named = piece.votes, piece.groups
    voted = votes.own > 0
    people = np.bincount(named[voted & (named >= 0)], minlength=groups)
    by_group = counts_of(votes, named, groups) if groups else np.zeros((0, votes.statements, 3), np.int64)
    return counts_of(votes), np.array([pairs_of(votes), votes.count, voted.sum()]), people, by_group


def pair_sums(share: float, piece: Piece) -> Sums:
    """G, H and K of the share of people who were drawn, and how many they are (1)."""
    votes = piece.votes
    if share < 1:
        votes = votes.of_people(lots(piece.first, piece.first + votes.people, purpose=SAMPLED) < share)
    sums = PairSums.of(votes)
    return sums.g, sums.h, sums.k, np.array([votes.people])


def stand(vectors: Numbers, means: Numbers, statements: int, least: int, piece: Piece) -> Standing:
    positions = positions_of(piece.votes, vectors, means, statements)
    return Standing(piece, positions, piece.votes.own >= max(1, min(least, statements)))


def moments(standing: Standing) -> Sums:
    return (moments_of(standing.positions[standing.placed]),)


def histogram(edges: Numbers, standing: Standing) -> Sums:
    return (histogram_of(standing.positions[standing.placed], edges),)


def sort(centres: Numbers, standing: Standing) -> Sorted:
    label = np.full(len(standing.placed), NOT_PLACED)
    if len(centres):
        label[standing.placed] = labels_of(standing.positions[standing.placed], centres)
    return Sorted(standing, label)


def counts(groups: int, sorted: Sorted) -> Sums:
    """Counts of each group (groups × statements × 3) and its people (groups)."""
    people = np.bincount(sorted.label[sorted.label >= 0], minlength=groups)
    return counts_of(sorted.standing.piece.votes, sorted.label, groups), people


def stand_by_half(planes: Sequence[Plane], halves: Sequence[NDArray[np.bool_]], sorted: Sorted) -> ByHalf:
    return ByHalf(sorted, positions_by_half(sorted.standing.piece.votes, planes, halves))


def centres(groups: int, by_half: ByHalf) -> Sums:
    """For each half of the statements, sums for the centre of each group in each half of the people (2 × groups × 3)."""
    people = _first_half(by_half)
    return tuple(centres_by_half(one, by_half.sorted.label, people, groups) for one in by_half.positions)


def counts_by_half(sums: Sequence[Numbers], groups: int, by_half: ByHalf) -> Sums:
    """For each half of the statements, counts of the groups that it tells (groups × statements × 3)."""
    people, label = _first_half(by_half), by_half.sorted.label
    return tuple(
        _counts(by_half, labels_by_other_half(one, label, people, its), groups)
        for one, its in zip(by_half.positions, sums, strict=True)
    )


def placed(sorted: Sorted) -> tuple[Numbers, Labels]:
    return sorted.standing.positions, sorted.label


def _counts(by_half: ByHalf, label: Labels, groups: int) -> Counts:
    return counts_of(by_half.sorted.standing.piece.votes, label, groups)


def _first_half(by_half: ByHalf) -> NDArray[np.bool_]:
    piece = by_half.sorted.standing.piece
    return half_of_people(piece.first, piece.first + piece.votes.people)
