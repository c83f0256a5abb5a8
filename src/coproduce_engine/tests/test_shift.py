"""Movement and spread of the same people (listening.md §2.4 and §2.6)."""

from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coproduce_engine.paired_variances import (
    pitman_morgan,
    pitman_morgan_t_by_variances,
    sd_ratio_that_would_show,
)
from coproduce_engine.permutation import ways
from coproduce_engine.shift import mean_shift, polarisation, transitions, wilcoxon
from coproduce_engine.spread import sd_ratio, spread_change

BEFORE, AFTER = [1, 5, 2, 4, 5, 1, 3, 5], [2, 4, 3, 4, 4, 2, 3, 4]
points = st.integers(-3, 3)
both = st.lists(st.tuples(points, points), min_size=3, max_size=9)


# Spread


def test_pitman_morgan_by_both_formulas() -> None:
    found = pitman_morgan(BEFORE, AFTER)
    assert (round(found.r, 5), round(found.t, 4), found.degrees) == (0.94281, 6.9282, 6)
    assert round(found.sd_ratio, 4) == 0.5058
    assert pitman_morgan_t_by_variances(BEFORE, AFTER) == pytest.approx(found.t)
    assert found.p == pytest.approx(2 * stats.t.sf(found.t, 6))


@given(both)
def test_both_formulas_always_agree(answers: list[tuple[int, int]]) -> None:
    before, after = np.array(answers, dtype=float).T
    try:
        found = pitman_morgan(before, after)
    except ValueError:
        return
    if np.ptp(after):
        assert pitman_morgan_t_by_variances(before, after) == pytest.approx(found.t, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("people,ratios", [
    (6, (0.34, 0.38)), (8, (0.43, 0.48)), (12, (0.53, 0.58)), (20, (0.63, 0.68)), (30, (0.70, 0.74)),
])  # fmt: skip
def test_how_much_closer_people_must_come_to_show(people: int, ratios: tuple[float, float]) -> None:
    assert tuple(round(sd_ratio_that_would_show(people, rho), 2) for rho in (0.3, 0.6)) == ratios


def test_the_swap_test_counts_every_way() -> None:
    """Against the plain definition: all 2⁸ ways to change places, one by one."""
    found = spread_change(BEFORE, AFTER, seed=1)
    pairs = np.array([BEFORE, AFTER], dtype=float)
    seen, as_unlike = abs(_log_ratio(*pairs)), 0
    for swaps in product([False, True], repeat=8):
        one, other = np.where(swaps, pairs[::-1], pairs)
        as_unlike += abs(_log_ratio(one, other)) >= seen - 1e-9
    assert found.p == as_unlike / 2**8
    assert found.is_exact
    assert round(found.ratio, 4) == 0.5058


def _log_ratio(before: np.ndarray, after: np.ndarray) -> float:
    return float(np.log(after.var(ddof=1) / before.var(ddof=1)))


@given(both)
def test_the_interval_and_p_never_contradict_each_other(answers: list[tuple[int, int]]) -> None:
    before, after = np.array(answers, dtype=float).T
    found = spread_change(before, after, seed=1)
    if found.interval is None:
        return
    assert found.interval.low <= found.ratio <= found.interval.high
    if found.p > 0.0501:
        assert found.interval.low - 1e-3 <= 1 <= found.interval.high + 1e-3


def test_the_interval_of_the_spread_holds_the_truth_about_as_often_as_it_says() -> None:
    chance, held = np.random.default_rng(12), 0
    for _draw in range(150):
        shared = chance.normal(size=12)
        before, after = shared + chance.normal(size=12), 0.6 * (shared + chance.normal(size=12)) + 1
        held += 0.6 in spread_change(before, after, seed=1).interval
    assert held / 150 >= 0.9


def test_above_sixteen_people_a_sample_of_ways_that_comes_again() -> None:
    chance = np.random.default_rng(2)
    before = chance.integers(-3, 4, 22)
    after = np.round(before / 2)
    one, again, other = (spread_change(before, after, seed=seed) for seed in (8, 8, 9))
    assert one == again
    assert not one.is_exact
    assert 0 < one.p < 0.05
    assert one.p == pytest.approx(other.p, abs=0.01)


def test_thousands_of_people_are_tried_in_fewer_ways() -> None:
    assert [len(ways(np.ones((people, 1)), 1).sums) for people in (8, 16, 17, 400, 1_000, 5_000)] == [
        2**7, 2**15, 9_999, 9_999, 4_000, 999,
    ]  # fmt: skip


def test_p_of_the_sample_is_near_the_exact_one() -> None:
    from coproduce_engine import permutation

    chance = np.random.default_rng(21)
    before, after = chance.integers(1, 6, 12), chance.integers(2, 5, 12)
    exact = spread_change(before, after, seed=1)
    most, permutation.MOST_EXACT = permutation.MOST_EXACT, 4
    try:
        sampled = spread_change(before, after, seed=1)
    finally:
        permutation.MOST_EXACT = most
    assert (exact.is_exact, sampled.is_exact) == (True, False)
    assert sampled.p == pytest.approx(exact.p, abs=0.015)


def test_p_of_the_swap_is_level_when_nothing_changed() -> None:
    """Five points, alike before and after, persons who keep to their view: 5 % of rounds at most seem to change."""
    chance, found = np.random.default_rng(17), []
    for _draw in range(300):
        person = chance.normal(size=10)
        one, two = (np.clip(np.round(person + 0.7 * chance.normal(size=10)) + 3, 1, 5) for _time in range(2))
        found.append((spread_change(one, two, seed=1).p or 1.0, mean_shift(one, two, seed=1).p))
    assert all(0.005 <= share <= 0.085 for share in (np.array(found) <= 0.05).mean(axis=0))


def test_people_all_alike_have_a_ratio_only_where_there_was_a_spread() -> None:
    alike_after = spread_change([1, 2, 3], [2, 2, 2], seed=1)
    assert (alike_after.ratio, alike_after.interval) == (0.0, None)
    assert 0 < alike_after.p <= 1
    alike_before = spread_change([2, 2, 2], [1, 2, 3], seed=1)
    assert (alike_before.ratio, alike_before.interval) == (None, None)
    always = spread_change([2, 2, 2], [2, 2, 2], seed=1)
    assert (always.ratio, always.p) == (None, None)
    assert sd_ratio([1, 1], [1, 2]) is None


def test_a_move_of_everybody_is_no_change_of_spread() -> None:
    found = spread_change([1, 2, 3, 4, 5, 2, 3, 4], [3, 4, 5, 6, 7, 4, 5, 6], seed=1)
    assert found.ratio == pytest.approx(1)
    assert found.p == 1


# Shift


def test_transitions_hold_everyone() -> None:
    found = transitions(BEFORE, AFTER, range(1, 6))
    assert (found.people, found.moved, found.stayed) == (8, 6, 2)
    assert found.counts[0] == (0, 2, 0, 0, 0)
    assert found.counts[4] == (0, 0, 0, 3, 0)
    with pytest.raises(ValueError, match="scale"):
        transitions([1, 9], [1, 1], range(1, 6))


@given(both)
def test_transitions_are_the_pairs_counted(answers: list[tuple[int, int]]) -> None:
    before, after = zip(*answers, strict=True)
    found = transitions(before, after, range(-3, 4))
    assert found.people == len(answers)
    assert all(
        found.counts[a + 3][b + 3] == answers.count((a, b)) for a, b in product(range(-3, 4), repeat=2)
    )


@given(
    st.lists(st.floats(-50, 50, width=32), min_size=2, max_size=12, unique_by=abs).filter(
        lambda d: 0 not in d
    )
)
def test_wilcoxon_without_ties_is_scipys(moved: list[float]) -> None:
    found = wilcoxon([0.0] * len(moved), moved)
    assert found.p == pytest.approx(stats.wilcoxon(moved, method="exact").pvalue)
    assert found.up + found.down == pytest.approx(len(moved) * (len(moved) + 1) / 2)


@given(both.filter(lambda answers: any(a != b for a, b in answers)))
def test_wilcoxon_with_ties_counts_every_way(answers: list[tuple[int, int]]) -> None:
    before, after = np.array(answers, dtype=float).T
    moved = (after - before)[after != before]
    ranks = stats.rankdata(np.abs(moved))
    sums = np.array([ranks[list(up)].sum() for up in product([False, True], repeat=len(ranks))])
    up = ranks[moved > 0].sum()
    tail = min((sums <= up + 1e-9).mean(), (sums >= up - 1e-9).mean())
    assert wilcoxon(before, after).p == pytest.approx(min(1, 2 * tail))


def test_nobody_moved() -> None:
    assert wilcoxon([1, 2], [1, 2]).p == 1
    assert mean_shift([1, 2], [1, 2], seed=1).p == 1


def test_the_mean_moves_and_its_p_counts_every_sign() -> None:
    before, after = [0, 0, 1, 2, 0, 1, 1, 0], [1, 1, 1, 3, 2, 2, 0, 1]
    found = mean_shift(before, after, seed=1)
    moved = np.subtract(after, before)
    means = [abs(np.dot(signs, moved)) for signs in product([1, -1], repeat=8)]
    assert found.p == np.mean(np.array(means) >= abs(moved.sum()) - 1e-9)
    assert found.mean == moved.mean()
    assert found.interval.low <= found.mean <= found.interval.high


def test_the_interval_of_the_mean_is_near_the_classical_one() -> None:
    moved = np.random.default_rng(6).normal(0.5, 1, 16)
    found = mean_shift(np.zeros(16), moved, seed=1)
    low, high = stats.t.interval(0.95, 15, moved.mean(), stats.sem(moved))
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(low, abs=0.12),
        pytest.approx(high, abs=0.12),
    )


def test_too_few_people_leave_the_interval_open() -> None:
    assert mean_shift([0, 0, 0], [1, 2, 1], seed=1).interval.high == inf


def test_polarisation_is_movement_away_from_the_middle() -> None:
    # First 4 and 5 of 1 … 5: leaning up by 1.5; they move on by half a point.
    assert polarisation([4, 5], [5, 5], midpoint=3).away == 0.5
    assert polarisation([2, 1], [1, 1], midpoint=3) == polarisation([-2, -3], [-3, -3], midpoint=-1)
    assert polarisation([2, 4], [3, 5], midpoint=3).away is None


@given(both)
def test_polarisation_is_the_same_from_both_sides(answers: list[tuple[int, int]]) -> None:
    before, after = np.array(answers, dtype=float).T
    one, mirrored = polarisation(before, after, midpoint=0), polarisation(-before, -after, midpoint=0)
    assert one.away == mirrored.away
    assert one.leaning == -mirrored.leaning


@pytest.mark.parametrize(
    "before,after", [([1], [2]), ([1, 2], [1]), ([1, float("nan")], [1, 2]), ([[1, 2]], [[1, 2]])]
)
def test_people_must_be_the_same(before: object, after: object) -> None:
    for ask in (
        lambda: spread_change(before, after, seed=1), lambda: mean_shift(before, after, seed=1),
        lambda: wilcoxon(before, after), lambda: pitman_morgan(before, after),
    ):  # fmt: skip
        with pytest.raises(ValueError):
            ask()


def test_pitman_morgan_is_not_defined_on_a_line() -> None:
    for after in ([1, 2, 3], [2, 3, 4], [2, 4, 6], [3, 2, 1]):
        with pytest.raises(ValueError):
            pitman_morgan([1, 2, 3], after)


def test_chance_needs_a_seed() -> None:
    with pytest.raises(ValueError, match="seed"):
        spread_change(list(range(20)), list(range(1, 21))[::-1], seed=None)
