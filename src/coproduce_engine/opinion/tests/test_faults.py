"""None of the faults that were measured in the tools of today, on four real conversations (opinion.md §2)."""

from itertools import pairwise

import numpy as np
import pytest

from coproduce_engine.opinion import OpinionMap, Votes
from coproduce_engine.opinion.checked import checked_parameters
from coproduce_engine.opinion.consensus import group_aware
from coproduce_engine.opinion.halves import half_of_people
from coproduce_engine.opinion.held import LEVEL, SIDES
from coproduce_engine.opinion.many_tests import corrected, larger_share
from coproduce_engine.opinion.pieces import InMemory
from coproduce_engine.opinion.results import Analysis
from coproduce_engine.opinion.steps import look
from coproduce_engine.opinion.tallies import counts_of, on_side

from .conversations import NAMES, camps, conversation, noise, real

METHODS = ("available-case", "polis")
every_conversation = pytest.mark.parametrize("name", NAMES)


def analysed(name: str, method: str = "available-case", **parameters: int) -> Analysis:
    votes, left_out = conversation(name)
    return OpinionMap(method, **parameters).fit(votes, left_out=left_out).analysis_


@real
@every_conversation
def test_fault_1_statements_are_not_shown_by_even_chance(name: str) -> None:
    analysis = analysed(name)
    counted = np.setdiff1d(np.arange(analysis.statements), analysis.left_out)
    weights = analysis.routing[counted]
    assert (weights > 0).all()
    assert weights.max() > 2 * np.median(weights)
    assert len(np.unique(weights)) > len(weights) / 2
    assert not analysis.routing[list(analysis.left_out)].any()


@real
@every_conversation
@pytest.mark.parametrize("method", METHODS)
def test_fault_2_no_group_is_given_a_side_that_it_does_not_hold(name: str, method: str) -> None:
    for group in analysed(name, method).groups:
        for held in group.held:
            inside, outside = held.inside.share(held.side), held.outside.share(held.side)
            assert inside is not None
            assert inside > 0.5
            assert outside is None or inside > outside


@real
@every_conversation
@pytest.mark.parametrize("method", METHODS)
def test_fault_3_a_statement_moderated_out_moves_nobody(name: str, method: str) -> None:
    votes, left_out = conversation(name)
    analysis = analysed(name, method)
    without = votes.without_statements(left_out)
    kept = np.setdiff1d(np.arange(votes.statements), left_out)
    renumbered = np.searchsorted(kept, without.statement)
    never = Votes(without.indptr, renumbered.astype(np.int16), without.value, votes.people, len(kept))
    never_there = OpinionMap(method).fit(never).analysis_
    assert np.allclose(analysis.positions, never_there.positions, equal_nan=True)
    assert np.array_equal(analysis.group_of, never_there.group_of)
    assert analysis.placed == (without.own >= 7).sum()


def naive_finds(votes: Votes, label: np.ndarray, groups: int) -> int:
    """What comes out where groups are tested on the votes that made them, each test by itself, at 90 %."""
    (counts,) = counts_of(votes, [(label, groups)])
    rest = counts.sum(axis=0) - counts
    p = [larger_share(on_side(counts, s), counts.sum(2), on_side(rest, s), rest.sum(2)) for s in SIDES]
    return int((np.array(p) < 0.1).any(axis=(0, 1)).sum())


def test_fault_4_tests_are_made_on_votes_that_had_no_part_in_the_groups() -> None:
    """In votes without structure hardly one analysis in twenty finds anything; naive tests find a third of all."""
    parameters = checked_parameters(OpinionMap(resamples=0, most_groups=3).get_params())
    false, naive = 0, 0
    for seed in range(60):
        votes = noise(120, 40, 0.5, seed)
        looked = look(InMemory(votes), parameters, 0, np.zeros(40, dtype=bool))
        false += bool((looked.counted.tests.p <= LEVEL).any())
        naive += naive_finds(votes, looked.into.held.label, looked.into.groups)
    assert false <= 7
    assert naive / 60 > 13


@real
@every_conversation
def test_fault_5_how_stable_the_groups_are_is_told_and_the_same_again(name: str) -> None:
    first, again = analysed(name), analysed(name)
    assert first.stability == again.stability
    assert np.array_equal(first.group_of, again.group_of)
    stability = first.stability
    assert stability.resamples == 20
    assert bool(first.groups) == stability.is_clear
    if stability.is_clear:
        assert stability.same_number >= 0.5
        assert stability.agreement >= 0.6
    other = analysed(name, random_state=7)
    assert other.stability.is_clear == stability.is_clear
    assert len(other.groups) == len(first.groups)


@real
def test_fault_5_the_published_plane_of_brexit_has_no_clear_groups() -> None:
    assert analysed("brexit-consensus", "polis").groups == ()


@pytest.mark.parametrize(
    "people,statements,seen", [(26, 36, 0.6), (200, 50, 0.5), (1000, 100, 0.15), (300, 30, 1)]
)
@pytest.mark.parametrize("method", METHODS)
def test_fault_5_votes_without_structure_have_no_clear_groups(
    people: int, statements: int, seen: float, method: str
) -> None:
    clear = [
        OpinionMap(method, random_state=seed).fit(noise(people, statements, seen, seed)).analysis_.groups
        for seed in range(8)
    ]
    assert sum(bool(groups) for groups in clear) == 0


@real
@every_conversation
@pytest.mark.parametrize("method", METHODS)
def test_fault_6_no_group_of_one_person(name: str, method: str) -> None:
    analysis = analysed(name, method)
    assert all(group.people >= 5 for group in analysis.groups)
    sizes = [int((analysis.group_of == group.number).sum()) for group in analysis.groups]
    assert sizes == [group.people for group in analysis.groups]


def test_fault_6_one_person_far_away_is_no_group() -> None:
    votes, camp = camps(400, 30, 0.7, of=2)
    table = np.full((401, 30), np.nan)
    table[:400] = np.where(votes.matrix(np.ones(votes.count)).toarray() > 0, votes.matrix().toarray(), np.nan)
    table[400, :7] = -np.sign(np.nansum(table[:, :7], axis=0))
    analysis = OpinionMap().fit(Votes.from_table(table)).analysis_
    assert analysis.groups
    assert min(group.people for group in analysis.groups) > 100


def test_fault_7_common_ground_does_not_shrink_with_the_number_of_groups() -> None:
    """The same people once, twice … as groups that all think alike: the product halves, the bound stays."""
    chance = np.random.default_rng(2)
    alike = np.where(chance.random((1_000, 6)) < 0.8, 1.0, -1.0)
    least, product = [], []
    for groups in (2, 4, 8):
        votes, label = Votes.from_table(np.tile(alike, (groups, 1))), np.repeat(np.arange(groups), 1_000)
        given = OpinionMap(resamples=0).fit(votes, label).analysis_.given
        assert given is not None
        least.append([one.least for one in given.common])
        product.append(group_aware(counts_of(votes, [(label, groups)])[0]))
    assert len(least[0]) == 6
    assert least[0] == least[1] == least[2]
    assert all((after < 0.7 * before).all() for before, after in pairwise(product))


def test_halves_of_people_are_halves() -> None:
    assert abs(half_of_people(0, 100_000).mean() - 0.5) < 0.01
    assert np.array_equal(half_of_people(0, 100)[40:], half_of_people(40, 100))


def test_correction_is_the_step_up_procedure() -> None:
    from scipy.stats import false_discovery_control

    p = np.random.default_rng(1).random((2, 3, 40)) ** 2
    assert np.allclose(corrected(p).ravel(), false_discovery_control(p.ravel()))
