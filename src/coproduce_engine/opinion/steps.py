"""The steps of an analysis, in order. Each asks every piece of the votes for sums, and goes on from their total."""

from collections.abc import Callable, Iterable
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
PeopleOf = Callable[[Crew, Held], tuple[Numbers, Labels]]


@dataclass(frozen=True)
class Said:
    """What everybody said (`everybody` statements × 3), how much, and how many people of each given group spoke."""

    counted: NDArray[np.bool_]
    everybody: Counts
    pairs: int
    votes: int
    people: int
    people_given: NDArray[np.int64]

    @property
    def statements(self) -> int:
        return int(self.counted.sum())


@dataclass(frozen=True)
class Sorted:
    """Groups before anybody asked whether they are clear; everybody's are `held` where the votes are."""

    found: Found | None
    placed: int
    held: Held

    @property
    def groups(self) -> int:
        return 0 if self.found is None else len(self.found.centres)

    @property
    def centres(self) -> Numbers:
        return np.zeros((0, 2)) if self.found is None else self.found.centres


@dataclass(frozen=True)
class Counted:
    """What groups said (groups × statements × 3), found and given; the people of those found, and how they differ."""

    people: NDArray[np.int64]
    counts: Counts
    tests: Tests
    given: Counts


@dataclass(frozen=True)
class Looked:
    """What all rounds found, before anybody asked whether there are clear groups."""

    said: Said
    plane: Plane
    into: Sorted
    counted: Counted


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
    *, sums: PairSums | None = None, people: PeopleOf | None = None,
) -> Analysis:  # fmt: skip
    """`people` brings back where people stand and their groups; when absent, all of them come here."""
    gone = mask_of(left_out, crew.statements)
    looked = look(crew, parameters, len(names or ()), gone, sums)
    said, plane, into, counted = looked.said, looked.plane, looked.into, looked.counted
    stability = stability_of(into.found, parameters.resamples, tells_apart=counted.tests.tells_apart())
    groups = _groups(into, counted) if stability.is_clear else ()
    shared, seen_by_group = _given(said, counted.given, parameters, names)
    weights = weights_of(said.everybody, plane.vectors, plane.means, said.counted, said.statements)
    positions, label = (people or people_here)(crew, into.held)
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
        group_of=label if groups else np.full(len(label), NOT_PLACED),
        groups=groups,
        stability=stability,
        everybody=tallies(said.everybody),
        group_aware=group_aware(counted.counts if groups else said.everybody[None]),
        routing=with_floor(weights, seen_by_group, parameters.least_to_show),
        given=shared,
    )


def look(
    crew: Crew, parameters: Parameters, given: int, gone: NDArray[np.bool_], sums: PairSums | None = None
) -> Looked:
    """All rounds; `given` groups came with the votes, and statements marked in `gone` count not."""
    pieces = crew.kept(partial(rounds.without, gone), crew.pieces()) if gone.any() else crew.pieces()
    said = _listen(crew, pieces, ~gone, given)
    plane = _plane(crew, pieces, said, parameters, sums)
    into = _sort(crew, pieces, plane, said, parameters)
    return Looked(said, plane, into, _count(crew, pieces, plane, said, into, given, parameters))


def people_here(crew: Crew, held: Held) -> tuple[Numbers, Labels]:
    """Everybody's position and group (people × 2; people)."""
    positions, label = (np.concatenate(rows) for rows in zip(*crew.each(rounds.placed, held), strict=True))
    return positions, label


def _listen(crew: Crew, pieces: Held, counted: NDArray[np.bool_], groups: int) -> Said:
    everybody, numbers, people = crew.summed(partial(rounds.said, groups), pieces)
    pairs, votes, voted = numbers.tolist()
    return Said(counted, everybody, pairs, votes, voted, people)


def _plane(crew: Crew, pieces: Held, said: Said, parameters: Parameters, sums: PairSums | None) -> Plane:
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


def _sort(crew: Crew, pieces: Held, plane: Plane, said: Said, parameters: Parameters) -> Sorted:
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
    into = Sorted(found, int(moments[0]), standing)
    return replace(into, held=crew.kept(partial(rounds.sort, into.centres), standing))


def _count(
    crew: Crew, pieces: Held, plane: Plane, said: Said, into: Sorted, given: int, parameters: Parameters
) -> Counted:
    first = half_of_statements(said.everybody.sum(axis=1))
    halves = (first & said.counted, ~first & said.counted) if into.groups else ()
    planes = [_plane_of_half(crew, pieces, plane, half) for half in halves]
    by_half = crew.kept(partial(rounds.stand_by_half, planes, halves), into.held)
    sums = crew.summed(partial(rounds.centres, into.groups), by_half)
    counts = crew.summed(partial(rounds.counts, sums, into.groups, given), by_half)
    people, said_by_given, found, *alone = counts
    if into.found is None:
        return Counted(people, found, Tests(np.zeros((2, 0, 0))), said_by_given)
    return Counted(people, found, tests_of(joined(alone, halves), parameters.least_to_show), said_by_given)


def _plane_of_half(crew: Crew, pieces: Held, plane: Plane, half: NDArray[np.bool_]) -> Plane:
    if plane.sums is not None:
        found = plane_of_sums(plane.sums, plane.means, shrinkage=plane.shrinkage, only=half)
        # Pieces need no sums, which are the largest part.
        return replace(found, sums=None)
    piece = crew.only(pieces)
    assert piece is not None, "a plane without sums comes from votes that are all here"
    return published_half(piece.votes, plane.means, half)


def _groups(into: Sorted, counted: Counted) -> tuple[OpinionGroup, ...]:
    sizes = counted.people.tolist()
    return tuple(
        OpinionGroup(
            number, sizes[number], (float(x), float(y)), held_by(number, counted.counts, counted.tests)
        )
        for number, (x, y) in enumerate(into.centres)
    )


def _given(
    said: Said, counts: Counts, parameters: Parameters, names: tuple[str, ...] | None
) -> tuple[GivenGroups | None, Labels]:
    """What given groups share, and how many of each that may be shown saw each statement (groups × statements)."""
    if names is None:
        return None, counts.sum(axis=2)
    people, least = said.people_given, parameters.least_to_show
    found = given_groups(names, people, counts, said.everybody, least)
    return found, counts[people >= least].sum(axis=2)
