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
from .tallies import counts_of, everybody_of

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
    """Everybody's counts (statements × 3); pairs, votes, voters (3); voters of each given group."""
    votes, named = piece.votes, piece.groups
    voted = votes.own > 0
    people = np.bincount(named[voted & (named >= 0)], minlength=groups)
    return everybody_of(votes), np.array([pairs_of(votes), votes.count, voted.sum()]), people


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


def stand_by_half(planes: Sequence[Plane], halves: Sequence[NDArray[np.bool_]], sorted: Sorted) -> ByHalf:
    if not planes:
        return ByHalf(sorted, ())
    return ByHalf(sorted, positions_by_half(sorted.standing.piece.votes, planes, halves))


def centres(groups: int, by_half: ByHalf) -> Sums:
    """For each half of the statements, the sums of `centres_by_half` (2 × groups × 3)."""
    people = _first_half(by_half)
    return tuple(centres_by_half(one, by_half.sorted.label, people, groups) for one in by_half.positions)


def counts(sums: Sequence[Numbers], groups: int, given: int, by_half: ByHalf) -> Sums:
    """All that is counted by group, in one pass over the votes (groups × statements × 3 each), and the groups' people.

    Given groups; groups found; and these as each half of the statements tells them.
    """
    piece, label = by_half.sorted.standing.piece, by_half.sorted.label
    people = _first_half(by_half)
    alone = [
        labels_by_other_half(at, label, people, its) for at, its in zip(by_half.positions, sums, strict=True)
    ]
    labellings = [(piece.groups.astype(np.int64), given), *((one, groups) for one in (label, *alone))]
    return np.bincount(label[label >= 0], minlength=groups), *counts_of(piece.votes, labellings)


def placed(sorted: Sorted) -> tuple[Numbers, Labels]:
    """Where people stand and their groups, as they come back (people × 2; people)."""
    return sorted.standing.positions, sorted.label


def _first_half(by_half: ByHalf) -> NDArray[np.bool_]:
    piece = by_half.sorted.standing.piece
    return half_of_people(piece.first, piece.first + piece.votes.people)
