"""The steps of an analysis, in order. What they take from votes are sums over people, which shards can send too."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .checked import Given, Parameters
from .common_ground import given_groups
from .components import Plane, plane_of, plane_of_sums, published_half
from .consensus import group_aware
from .grid import coarse_cells, edges_of, fine_cells, histogram_of, moments_of
from .groups import Found, find_groups, labels_of
from .halves import (
    centres_by_half,
    half_of_people,
    half_of_statements,
    labels_by_other_half,
    positions_by_half,
)
from .held import Tests, held_by, joined, tests_of
from .positions import positions_of
from .results import NOT_PLACED, Analysis, GivenGroups, OpinionGroup
from .routing import weights_of, with_floor
from .stability import stability_of
from .tallies import Counts, counts_of, everybody_of, means_of, tallies
from .votes import Votes

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class _Seen:
    """Votes that count, what everybody said, the plane, and where people stand."""

    votes: Votes
    counted: NDArray[np.bool_]
    everybody: Counts
    plane: Plane
    positions: Numbers
    placed: NDArray[np.bool_]

    @property
    def statements(self) -> int:
        return int(self.counted.sum())


@dataclass(frozen=True)
class _Sorted:
    """Groups before anybody asked whether they are clear: everybody's (people), also as told by each half alone."""

    found: Found | None
    label: Labels
    by_half: tuple[Labels, ...]
    halves: tuple[NDArray[np.bool_], ...]

    @property
    def groups(self) -> int:
        return 0 if self.found is None else len(self.found.centres)


@dataclass(frozen=True)
class _Counted:
    """What the groups found said (groups × statements × 3), how they differ, and what the groups given said."""

    counts: Counts
    tests: Tests
    given: Counts


def analyse(votes: Votes, parameters: Parameters, given: Given | None, left_out: Iterable[int]) -> Analysis:
    gone = votes.statement_mask(left_out)
    seen = _look(votes.without_statements(np.flatnonzero(gone)), ~gone, parameters)
    into = _sort(seen, parameters)
    said = _count(seen, into, parameters, given)
    stability = stability_of(into.found, parameters.resamples, tells_apart=said.tests.tells_apart())
    groups = _groups(into, said) if stability.is_clear else ()
    plane, people = seen.plane, int((seen.votes.own > 0).sum())
    shared, seen_by_group = _given(seen, said.given, parameters, given)
    weights = weights_of(seen.everybody, plane.vectors, plane.means, seen.counted, seen.statements)
    return Analysis(
        people=people,
        placed=int(seen.placed.sum()),
        statements=votes.statements,
        votes=seen.votes.count,
        left_out=tuple(np.flatnonzero(gone).tolist()),
        method=plane.method,
        components=plane.vectors,
        means=plane.means,
        explained=plane.explained,
        positions=seen.positions,
        group_of=into.label if groups else np.full(votes.people, NOT_PLACED),
        groups=groups,
        stability=stability,
        everybody=tallies(seen.everybody),
        group_aware=group_aware(said.counts if groups else seen.everybody[None]),
        routing=with_floor(weights, seen_by_group, parameters.least_to_show),
        given=shared,
    )


def _look(votes: Votes, counted: NDArray[np.bool_], parameters: Parameters) -> _Seen:
    everybody = everybody_of(votes)
    means = means_of(everybody)
    plane = plane_of(votes, means, method=parameters.method, shrinkage=parameters.shrinkage)
    positions = positions_of(votes, plane.vectors, means, int(counted.sum()))
    placed = votes.own >= max(1, min(parameters.least_votes, int(counted.sum())))
    return _Seen(votes, counted, everybody, plane, positions, placed)


def _sort(seen: _Seen, parameters: Parameters) -> _Sorted:
    chance = np.random.default_rng(parameters.random_state)
    standing = seen.positions[seen.placed]
    histogram = histogram_of(standing, edges_of(moments_of(standing)))
    found = find_groups(
        coarse_cells(histogram), fine_cells(histogram), most=parameters.most_groups,
        smallest=parameters.smallest_group, resamples=parameters.resamples, chance=chance,
    )  # fmt: skip
    label = np.full(seen.votes.people, NOT_PLACED)
    if found is None:
        return _Sorted(None, label, (), ())
    label[seen.placed] = labels_of(standing, found.centres)
    return _Sorted(found, label, *_by_half(seen, label, len(found.centres)))


def _by_half(
    seen: _Seen, label: Labels, groups: int
) -> tuple[tuple[Labels, ...], tuple[NDArray[np.bool_], ...]]:
    """The group of each person as told by each half of the statements alone; and the halves."""
    first = half_of_statements(seen.everybody.sum(axis=1))
    halves = (first & seen.counted, ~first & seen.counted)
    planes = [_plane_of_half(seen, half) for half in halves]
    people = half_of_people(0, seen.votes.people)
    labels = []
    for positions in positions_by_half(seen.votes, planes, halves):
        sums = centres_by_half(positions, label, people, groups)
        labels.append(labels_by_other_half(positions, label, people, sums))
    return tuple(labels), halves


def _count(seen: _Seen, into: _Sorted, parameters: Parameters, given: Given | None) -> _Counted:
    labellings = [(label, into.groups) for label in (into.label, *into.by_half)]
    if given is not None:
        labellings.append((given.group_of, len(given.names)))
    counts = counts_of(seen.votes, labellings)
    said_by_given = counts.pop() if given is not None else counts[0][:0]
    if into.found is None:
        return _Counted(counts[0], Tests(np.zeros((2, 0, 0))), said_by_given)
    tests = tests_of(joined(counts[1:], into.halves), parameters.least_to_show)
    return _Counted(counts[0], tests, said_by_given)


def _plane_of_half(seen: _Seen, half: NDArray[np.bool_]) -> Plane:
    if seen.plane.sums is None:
        return published_half(seen.votes, seen.plane.means, half)
    return plane_of_sums(seen.plane.sums, seen.plane.means, shrinkage=seen.plane.shrinkage, only=half)


def _groups(into: _Sorted, said: _Counted) -> tuple[OpinionGroup, ...]:
    if into.found is None:
        return ()
    sizes = np.bincount(into.label[into.label >= 0], minlength=into.groups).tolist()
    return tuple(
        OpinionGroup(number, sizes[number], (float(x), float(y)), held_by(number, said.counts, said.tests))
        for number, (x, y) in enumerate(into.found.centres)
    )


def _given(
    seen: _Seen, counts: Counts, parameters: Parameters, given: Given | None
) -> tuple[GivenGroups | None, Labels]:
    """What given groups share, and how many of each that may be shown saw each statement (groups × statements)."""
    if given is None:
        return None, np.zeros((0, seen.votes.statements), dtype=np.int64)
    voted = given.group_of[(seen.votes.own > 0) & (given.group_of >= 0)]
    people = np.bincount(voted, minlength=len(given.names))
    found = given_groups(given.names, people, counts, seen.everybody, parameters.least_to_show)
    return found, counts[people >= parameters.least_to_show].sum(axis=2)
