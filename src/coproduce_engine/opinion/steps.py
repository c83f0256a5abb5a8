"""The steps of an analysis, in order. Each asks every piece of the votes for sums, and goes on from their total."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from . import rounds
from .checked import Given, Parameters
from .common_ground import given_groups
from .components import (
    MOST_STATEMENTS,
    POLIS,
    Plane,
    available_plane,
    is_published,
    plane_of_sums,
    published_half,
    published_plane,
    share_sampled,
)
from .consensus import group_aware
from .grid import coarse_cells, edges_of, fine_cells
from .groups import Found, find_groups
from .halves import half_of_statements
from .held import Tests, held_by, joined, tests_of
from .lots import drawn_of
from .pieces import Crew, Held, InMemory
from .results import NOT_PLACED, Analysis, GivenGroups, OpinionGroup
from .routing import weights_of, with_floor
from .stability import stability_of
from .sums import PairSums
from .tallies import Counts, means_of, tallies
from .votes import Votes, mask_of

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class _Said:
    """What everybody said: `everybody` statements × 3, and by given group (people; groups × statements × 3)."""

    counted: NDArray[np.bool_]
    everybody: Counts
    pairs: int
    votes: int
    people: int
    by_group: Counts
    people_of_group: NDArray[np.int64]

    @property
    def statements(self) -> int:
        return int(self.counted.sum())


@dataclass(frozen=True)
class _Sorted:
    """Groups before anybody asked whether they are clear: who is in them, what each said, and its people."""

    found: Found | None
    placed: int
    held: Held
    counts: Counts
    people: NDArray[np.int64]
    tests: Tests


def analyse(
    votes: Votes,
    parameters: Parameters,
    given: Given | None,
    left_out: Iterable[int],
    sums: PairSums | None = None,
) -> Analysis:
    """`sums`: the pair sums of `votes`, when somebody has them already (streaming.py)."""
    crew = InMemory(votes, None if given is None else given.group_of)
    return analyse_pieces(crew, parameters, None if given is None else given.names, left_out, sums=sums)


def analyse_pieces(
    crew: Crew, parameters: Parameters, names: tuple[str, ...] | None, left_out: Iterable[int],
    *, sums: PairSums | None = None, with_people: bool = True,
) -> Analysis:  # fmt: skip
    """`with_people`: whether positions and groups of people come back, or nothing of the size of people."""
    gone = mask_of(left_out, crew.statements)
    pieces = crew.kept(partial(rounds.without, gone), crew.pieces()) if gone.any() else crew.pieces()
    said = _listen(crew, pieces, ~gone, len(names or ()))
    plane = _plane(crew, pieces, said, parameters, sums)
    into = _sort(crew, pieces, plane, said, parameters)
    stability = stability_of(into.found, parameters.resamples, tells_apart=into.tests.tells_apart())
    groups = _groups(into) if stability.is_clear else ()
    shared, seen_by_group = _given(said, parameters, names)
    weights = weights_of(said.everybody, plane.vectors, plane.means, said.counted, said.statements)
    positions, group_of = _people(crew, into, sorted=bool(groups)) if with_people else _NOBODY
    return Analysis(
        people=said.people,
        placed=into.placed,
        statements=crew.statements,
        votes=said.votes,
        left_out=tuple(np.flatnonzero(gone).tolist()),
        method=plane.method,
        components=plane.vectors,
        means=plane.means,
        explained=plane.explained,
        positions=positions,
        group_of=group_of,
        groups=groups,
        stability=stability,
        everybody=tallies(said.everybody),
        group_aware=group_aware(into.counts if groups else said.everybody[None]),
        routing=with_floor(weights, seen_by_group, parameters.least_to_show),
        given=shared,
    )


def _listen(crew: Crew, pieces: Held, counted: NDArray[np.bool_], groups: int) -> _Said:
    everybody, numbers, people, by_group = crew.summed(partial(rounds.said, groups), pieces)
    pairs, votes, voted = numbers.tolist()
    return _Said(counted, everybody[0], pairs, votes, voted, by_group, people)


def _plane(crew: Crew, pieces: Held, said: _Said, parameters: Parameters, sums: PairSums | None) -> Plane:
    means = means_of(said.everybody)
    if is_published(parameters.method, crew.statements):
        return _published(crew, pieces, means, parameters)
    share = share_sampled(said.pairs)
    if sums is None:
        *found, drawn = crew.summed(partial(rounds.pair_sums, share), pieces)
        return available_plane(PairSums(*found), means, share, int(drawn[0]), parameters.shrinkage)
    return available_plane(sums, means, share, drawn_of(crew.people, share), parameters.shrinkage)


def _published(crew: Crew, pieces: Held, means: Numbers, parameters: Parameters) -> Plane:
    piece = crew.only(pieces)
    if piece is not None:
        return published_plane(piece.votes, means, parameters.method)
    if crew.statements > MOST_STATEMENTS:
        raise ValueError(f"Past one machine there can be at most {MOST_STATEMENTS:,} statements.")
    *found, _everybody = crew.summed(partial(rounds.pair_sums, 1.0), pieces)
    return plane_of_sums(PairSums(*found), means, shrinkage=None, words=POLIS)


def _sort(crew: Crew, pieces: Held, plane: Plane, said: _Said, parameters: Parameters) -> _Sorted:
    standing = crew.kept(
        partial(rounds.stand, plane.vectors, plane.means, said.statements, parameters.least_votes), pieces
    )
    (moments,) = crew.summed(rounds.moments, standing)
    (histogram,) = crew.summed(partial(rounds.histogram, edges_of(moments)), standing)
    found = find_groups(
        coarse_cells(histogram), fine_cells(histogram), most=parameters.most_groups,
        smallest=parameters.smallest_group, resamples=parameters.resamples,
        chance=np.random.default_rng(parameters.random_state),
    )  # fmt: skip
    number = 0 if found is None else len(found.centres)
    centres = np.zeros((0, 2)) if found is None else found.centres
    held = crew.kept(partial(rounds.sort, centres), standing)
    placed = int(moments[0])
    if found is None:
        nobody, none = np.zeros((0, crew.statements, 3), np.int64), np.zeros(0, np.int64)
        return _Sorted(None, placed, held, nobody, none, Tests(np.zeros((2, 0, 0))))
    counts, people = crew.summed(partial(rounds.counts, number), held)
    by_half = _counts_by_half(crew, held, pieces, plane, said, number)
    return _Sorted(found, placed, held, counts, people, tests_of(by_half, parameters.least_to_show))


def _counts_by_half(crew: Crew, held: Held, pieces: Held, plane: Plane, said: _Said, groups: int) -> Counts:
    first = half_of_statements(said.everybody.sum(axis=1))
    halves = (first & said.counted, ~first & said.counted)
    planes = [_plane_of_half(crew, pieces, plane, half) for half in halves]
    by_half = crew.kept(partial(rounds.stand_by_half, planes, halves), held)
    centres = crew.summed(partial(rounds.centres, groups), by_half)
    return joined(crew.summed(partial(rounds.counts_by_half, centres, groups), by_half), halves)


def _plane_of_half(crew: Crew, pieces: Held, plane: Plane, half: NDArray[np.bool_]) -> Plane:
    if plane.sums is not None:
        found = plane_of_sums(plane.sums, plane.means, shrinkage=plane.shrinkage, only=half)
        # Pieces need no sums, which are the largest part.
        return replace(found, sums=None)
    piece = crew.only(pieces)
    assert piece is not None, "a plane without sums comes from votes that are all here"
    return published_half(piece.votes, plane.means, half)


def _groups(into: _Sorted) -> tuple[OpinionGroup, ...]:
    if into.found is None:
        return ()
    sizes = into.people.tolist()
    return tuple(
        OpinionGroup(number, sizes[number], (float(x), float(y)), held_by(number, into.counts, into.tests))
        for number, (x, y) in enumerate(into.found.centres)
    )


def _given(
    said: _Said, parameters: Parameters, names: tuple[str, ...] | None
) -> tuple[GivenGroups | None, Labels]:
    """What given groups share, and how many of each that may be shown saw each statement (groups × statements)."""
    if names is None:
        return None, np.zeros((0, len(said.everybody)), dtype=np.int64)
    people, least = said.people_of_group, parameters.least_to_show
    found = given_groups(names, people, said.by_group, said.everybody, least)
    return found, said.by_group[people >= least].sum(axis=2)


def _people(crew: Crew, into: _Sorted, *, sorted: bool) -> tuple[Numbers, Labels]:
    parts = crew.each(rounds.placed, into.held)
    positions, label = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    return positions, label if sorted else np.full(len(label), NOT_PLACED)


_NOBODY = (np.zeros((0, 2)), np.zeros(0, np.int64))
