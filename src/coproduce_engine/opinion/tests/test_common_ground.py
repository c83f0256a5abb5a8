"""Common ground, what divides, routing and the product figure, on counts small enough to reckon by hand."""

import numpy as np
import pytest

from coproduce_engine.opinion.common_ground import HIDDEN, given_groups, wilson_bounds
from coproduce_engine.opinion.consensus import group_aware
from coproduce_engine.opinion.many_tests import larger_share
from coproduce_engine.opinion.results import GivenGroups, Side, Tally
from coproduce_engine.opinion.routing import for_group, next_statement, weights_of, with_floor
from coproduce_engine.shares import wilson

# groups × statements × (disagree, pass, agree)
COUNTS = np.array(
    [
        [[1, 1, 38], [30, 0, 10], [2, 3, 35], [1, 0, 3]],
        [[2, 0, 18], [1, 1, 18], [15, 2, 3], [0, 1, 19]],
        [[0, 0, 3], [3, 0, 0], [1, 1, 1], [3, 0, 0]],
    ]
)
PEOPLE = np.array([40, 20, 3])
EVERYBODY = COUNTS.sum(axis=0)


def shared() -> GivenGroups:
    return given_groups(("Citizens", "Professionals", "Carers"), PEOPLE, COUNTS, EVERYBODY, 5)


def test_common_ground_is_the_lowest_lower_bound_over_groups() -> None:
    (one,) = shared().common
    assert (one.statement, one.side, one.lowest_group) == (0, Side.AGREE, 1)
    assert one.least == pytest.approx(wilson(18, 20).low)
    assert one.equal_weight == pytest.approx((38 / 40 + 18 / 20) / 2)
    assert one.one_person_one_vote == pytest.approx(59 / 63)


def test_a_group_that_is_too_small_counts_in_no_figure_and_is_not_shown() -> None:
    found = shared()
    assert found.too_small == (2,)
    assert all(one.by_group[2] == HIDDEN for one in (*found.common, *found.divided))
    assert found.common[0].by_group[0] == Tally(agree=38, disagree=1, passed=1)
    assert not given_groups(("Carers",), np.array([3]), COUNTS[2:], EVERYBODY, 5).common


def test_a_statement_that_too_few_of_a_group_saw_has_no_figure() -> None:
    assert 3 not in {one.statement for one in (*shared().common, *shared().divided)}


def test_what_divides_has_an_interval_and_the_surest_distance_comes_first() -> None:
    first, second = shared().divided
    assert (first.statement, first.highest_group, first.lowest_group) == (2, 0, 1)
    assert (second.statement, second.highest_group, second.lowest_group) == (1, 1, 0)
    assert first.difference == pytest.approx(35 / 40 - 3 / 20)
    low, high = wilson(35, 40), wilson(3, 20)
    below = np.hypot(35 / 40 - low.low, high.high - 3 / 20)
    assert first.interval.low == pytest.approx(first.difference - below)
    assert first.interval.low > second.interval.low > 0


def test_more_groups_widen_the_interval_of_what_divides() -> None:
    two = given_groups(("a", "b"), PEOPLE[:2], COUNTS[:2], EVERYBODY, 5)
    three = given_groups(("a", "b", "c"), np.array([40, 20, 20]), COUNTS[[0, 1, 1]], EVERYBODY, 5)
    assert three.divided[0].interval.low < two.divided[0].interval.low


def test_a_side_is_common_only_where_more_than_half_of_every_group_takes_it() -> None:
    counts = np.array([[[10, 0, 10]], [[0, 0, 20]]])
    assert not given_groups(("a", "b"), np.array([20, 20]), counts, counts.sum(axis=0), 5).common
    counts = counts[:, :, ::-1] + np.array([[[0, 0, -1]], [[0, 0, 0]]])
    (one,) = given_groups(("a", "b"), np.array([20, 20]), counts, counts.sum(axis=0), 5).common
    assert one.side is Side.DISAGREE


def test_one_group_has_common_ground_with_itself_and_nothing_divides_it() -> None:
    found = given_groups(("a",), np.array([40]), COUNTS[:1], EVERYBODY, 5)
    assert {one.statement for one in found.common} == {0, 1, 2}
    assert found.divided == ()


def test_bounds_are_those_of_one_share_at_a_time() -> None:
    part, whole = np.array([0, 1, 7, 20]), np.array([5, 9, 7, 40])
    low, high = wilson_bounds(part, whole, 1.959963984540054)
    for place in range(4):
        one = wilson(int(part[place]), int(whole[place]))
        assert (low[place], high[place]) == (pytest.approx(one.low), pytest.approx(one.high))


def test_the_product_figure() -> None:
    assert group_aware(COUNTS)[0] == pytest.approx(39 / 42 * 19 / 22 * 4 / 5)


def test_the_smaller_share_is_never_called_larger() -> None:
    part, whole = np.array([5, 9, 0, 3]), np.array([10, 10, 0, 3])
    other, other_whole = np.array([9, 5, 4, 4]), np.array([10, 10, 5, 4])
    p = larger_share(part, whole, other, other_whole)
    assert p[0] == p[2] == p[3] == 1
    assert 0.05 < p[1] < 0.15


def weights() -> np.ndarray:
    vectors = np.array([[0.9, 0.1, 0.3, 0.1], [0.1, 0.2, 0.9, 0.1]])
    means = (EVERYBODY[:, 2] - EVERYBODY[:, 0]) / EVERYBODY.sum(axis=1)
    return weights_of(EVERYBODY, vectors, means, np.array([True, True, True, False]), 3)


def test_routing_is_the_formula() -> None:
    seen, agree, passed = 63, 39, 6
    means = (39 - 18) / 63
    moves = np.sqrt(3) * (1 - means) * np.hypot(0.3, 0.9)
    wanted = (1 - (passed + 1) / (seen + 2)) * (moves + 1) * (agree + 1) / (seen + 2)
    assert weights()[2] == pytest.approx((wanted * (1 + 8 * 2 ** (-seen / 5))) ** 2)
    assert weights()[3] == 0


def test_a_new_statement_is_shown_first() -> None:
    counts = np.array([[20, 5, 30], [0, 0, 0]])
    found = weights_of(counts, np.full((2, 2), 0.5), np.array([0.2, 0.0]), np.ones(2, dtype=bool), 2)
    assert found[1] > 10 * found[0]


def test_what_too_few_of_a_group_saw_weighs_as_the_heaviest() -> None:
    plain = weights()
    raised = for_group(plain, np.array([9, 2, 9, 0]), 5)
    assert raised[1] == plain.max()
    assert raised[3] == 0
    assert np.array_equal(raised[[0, 2]], plain[[0, 2]])
    assert np.array_equal(with_floor(plain, np.array([[9, 9, 9, 9], [9, 2, 9, 9]]), 5), raised)
    assert np.array_equal(with_floor(plain, np.zeros((0, 4), dtype=int), 5), plain)


def test_statements_are_drawn_by_weight_and_never_twice() -> None:
    chance = np.random.default_rng(1)
    drawn = [next_statement(weights(), {0}, chance) for _ in range(4_000)]
    assert set(drawn) == {1, 2}
    share = weights()[1] / weights()[1:3].sum()
    assert drawn.count(1) / 4_000 == pytest.approx(share, abs=0.03)
    assert next_statement(weights(), {0, 1, 2}, chance) is None
    assert next_statement(np.zeros(0), (), chance) is None
