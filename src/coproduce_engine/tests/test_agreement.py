"""Published vectors of listening.md §2.3, against SciPy where SciPy has the same figure."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from coproduce_engine.agreement import (
    against_threshold,
    pairs_alike,
    within_group,
    within_group_interval,
    within_group_of_items,
)
from coproduce_engine.alpha import Scale, alpha_interval, krippendorff_alpha
from coproduce_engine.concordance import kendall_w
from coproduce_engine.icc import icc

from .test_noise import SHROUT_FLEISS, tables

_ = None
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]  # fmt: skip
THREE_BY_FIFTEEN = [
    [_, _, _, _, _, 3, 4, 1, 2, 1, 1, 3, 3, _, 3], [1, _, 2, 1, 3, 3, 4, 3, _, _, _, _, _, _, _],
    [_, _, 2, 1, 3, 4, 4, _, 2, 1, 1, 3, 3, _, 4],
]  # fmt: skip
BIRDS = [
    [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
    [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
    [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
]
whole_tables = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(2, 8)), elements=st.integers(1, 5))


# ICC


def test_six_forms_of_shrout_and_fleiss() -> None:
    found = icc(SHROUT_FLEISS)
    assert [round(one.estimate, 3) for one in found.all] == [0.166, 0.290, 0.715, 0.443, 0.620, 0.909]
    assert [round(one.estimate, 2) for one in found.all] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_intervals_of_the_forms_of_one_judge() -> None:
    found = icc(SHROUT_FLEISS).all[:3]
    assert [(round(one.interval.low, 2), round(one.interval.high, 2)) for one in found] == [
        (-0.13, 0.72), (0.02, 0.76), (0.34, 0.95),
    ]  # fmt: skip


def test_intervals_of_the_mean_are_stepped_up_from_those_of_one_judge() -> None:
    found = icc(SHROUT_FLEISS)
    for one, of_mean in zip(found.all[:3], found.all[3:], strict=True):
        for end in ("low", "high"):
            single = getattr(one.interval, end)
            assert getattr(of_mean.interval, end) == pytest.approx(4 * single / (1 + 3 * single))


@given(tables)
@example(np.array([[0.0, 25.0, 21.0], [21.0, 0.0, 21.0]]))
def test_every_interval_holds_its_estimate(ratings: np.ndarray) -> None:
    for one in icc(ratings).all[:3]:
        if one.interval:
            assert one.interval.low - 1e-9 <= one.estimate <= one.interval.high + 1e-9


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for _draw in range(400):
        # Variance 1 between cases, 0.25 between judges, 0.75 left: ICC(2,1) = 0.5.
        ratings = (
            chance.normal(0, 1, (12, 1)) + chance.normal(0, 0.5, 6) + chance.normal(0, 0.75**0.5, (12, 6))
        )
        held += 0.5 in icc(ratings).absolute.interval
    assert 0.92 <= held / 400 <= 0.985


def test_no_spread_at_all_gives_no_icc() -> None:
    found = icc([[3, 3], [3, 3]])
    assert [(one.estimate, one.interval) for one in found.all] == [(None, None)] * 6
    same = icc([[1, 1], [2, 2], [3, 3]])
    assert (same.consistent.estimate, same.consistent.interval) == (1.0, None)


# Krippendorff's alpha


@pytest.mark.parametrize("scale,alpha", [
    (Scale.NOMINAL, 0.7434), (Scale.ORDINAL, 0.8154), (Scale.INTERVAL, 0.8491), (Scale.RATIO, 0.7974),
])  # fmt: skip
def test_alpha_of_four_observers_with_gaps(scale: Scale, alpha: float) -> None:
    assert round(krippendorff_alpha(KRIPPENDORFF, scale).alpha, 4) == alpha


@pytest.mark.parametrize("scale,alpha", [(Scale.NOMINAL, 0.6914), (Scale.INTERVAL, 0.8108)])
def test_alpha_of_three_observers_of_fifteen_units(scale: Scale, alpha: float) -> None:
    found = krippendorff_alpha(THREE_BY_FIFTEEN, scale)
    assert round(found.alpha, 4) == alpha
    assert found.answers == 26


def test_alpha_keeps_its_steps() -> None:
    found = krippendorff_alpha(KRIPPENDORFF, Scale.NOMINAL)
    assert found.values == (1, 2, 3, 4, 5)
    assert [round(sum(row)) for row in found.coincidences] == [9, 13, 10, 5, 3]
    assert found.alpha == 1 - found.observed / found.expected


def test_one_answer_for_everything_gives_no_alpha() -> None:
    assert krippendorff_alpha([[2, 2], [2, 2]], Scale.ORDINAL).alpha is None


def test_the_interval_of_alpha_is_the_same_for_the_same_seed_and_holds_alpha() -> None:
    one, again = (alpha_interval(KRIPPENDORFF, Scale.ORDINAL, seed=5) for _time in range(2))
    assert one == again
    assert 0.8154 in one
    assert one.low < one.high <= 1


@given(whole_tables, st.sampled_from(Scale), st.randoms(use_true_random=False))
def test_alpha_asks_neither_who_nor_in_which_order(ratings: np.ndarray, scale: Scale, random: object) -> None:
    mixed = ratings[:, random.sample(range(ratings.shape[1]), ratings.shape[1])][::-1]
    one, other = krippendorff_alpha(ratings, scale).alpha, krippendorff_alpha(mixed, scale).alpha
    assert one == other or one == pytest.approx(other)


@given(whole_tables, st.floats(-20, 20), st.floats(0.1, 9))
def test_interval_alpha_does_not_change_with_the_units(ratings: np.ndarray, by: float, times: float) -> None:
    one = krippendorff_alpha(ratings, Scale.INTERVAL).alpha
    other = krippendorff_alpha(ratings * times + by, Scale.INTERVAL).alpha
    assert one is None and other is None or one == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("bad", [
    [[1, 2, 3]], [1, 2], [[1, _], [_, 2]], [[1, float("inf")], [1, 2]], [["x", 1], [1, 2]], [[1, 2], [1]],
])  # fmt: skip
def test_alpha_refuses_what_cannot_be_compared(bad: object) -> None:
    with pytest.raises(ValueError):
        krippendorff_alpha(bad, Scale.NOMINAL)


def test_a_ratio_scale_has_nothing_below_nought() -> None:
    with pytest.raises(ValueError, match="nought"):
        krippendorff_alpha([[-1, 2], [1, 2]], Scale.RATIO)


# Kendall's W


def test_w_of_zars_birds() -> None:
    found = kendall_w(BIRDS)
    assert found.rank_sums == (14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36)
    assert (round(found.w, 5), round(found.chi_squared, 4), round(found.p, 5)) == (0.92414, 30.4965, 0.00132)
    assert found.degrees == 11


@given(arrays(np.float64, st.tuples(st.integers(3, 6), st.integers(3, 8)), elements=st.integers(1, 5)))
def test_w_is_friedmans_chi_squared(ratings: np.ndarray) -> None:
    found = kendall_w(ratings)
    if found.w is None:
        assert (ratings == ratings[:, :1]).all()
        return
    friedman = stats.friedmanchisquare(*ratings.T)
    assert found.chi_squared == pytest.approx(friedman.statistic, abs=1e-9)
    assert found.p == pytest.approx(friedman.pvalue, abs=1e-9)
    assert -1e-9 <= found.w <= 1 + 1e-9


def test_the_same_order_of_all_is_one() -> None:
    assert kendall_w([[1, 2, 3], [4, 5, 6]]).w == pytest.approx(1)
    assert kendall_w([[1, 2, 3], [3, 2, 1]]).w == pytest.approx(0)


# r_wg and thresholds


def test_r_wg_of_one_item() -> None:
    alike, split = within_group([4, 4, 4, 5, 4], options=5), within_group([1, 5, 1, 5], options=5)
    assert (round(alike.value, 2), alike.is_split) == (0.90, False)
    assert (round(split.value, 3), split.is_split) == (-1.667, True)
    assert alike.at_random == 2


def test_r_wg_of_two_items() -> None:
    found = within_group_of_items(np.array([[4, 4, 5, 4], [3, 4, 4, 4]]).T, options=5)
    assert (round(found.value, 4), found.items, found.is_split) == (0.9333, 2, False)


def test_r_wg_of_several_items_has_no_figure_for_a_split_group() -> None:
    found = within_group_of_items([[1, 1], [5, 5], [1, 1], [5, 5]], options=5)
    assert (found.value, found.is_split) == (None, True)


@given(st.lists(st.integers(1, 7), min_size=2, max_size=20))
def test_r_wg_of_one_item_is_the_same_by_both_formulas(ratings: list[int]) -> None:
    one = within_group(ratings, options=7)
    many = within_group_of_items([[rating] for rating in ratings], options=7)
    assert one.value <= 1
    assert many.value is None if one.is_split else many.value == pytest.approx(one.value)


def test_the_interval_of_r_wg_holds_it_and_comes_again() -> None:
    ratings = [1, 2, 2, 3, 3, 4, 4, 5]
    one, again = (within_group_interval(ratings, options=5, seed=3) for _time in range(2))
    assert one == again
    assert within_group(ratings, options=5).value in one


def test_a_share_stands_beside_the_threshold_fixed_beforehand() -> None:
    found = against_threshold([4, 5, 5, 2], agree=(4, 5), threshold=0.75, fixed_beforehand=True)
    assert (found.agree, found.people, found.share, found.is_reached) == (3, 4, 0.75, True)
    assert not against_threshold([4, 1], agree=(4, 5), threshold=0.75, fixed_beforehand=True).is_reached


def test_a_threshold_chosen_afterwards_is_refused() -> None:
    with pytest.raises(ValueError, match="before the answers"):
        against_threshold([4, 5], agree=(4, 5), threshold=0.75, fixed_beforehand=False)
    with pytest.raises(ValueError, match="threshold"):
        against_threshold([4, 5], agree=(4, 5), threshold=0.3, fixed_beforehand=True)


@pytest.mark.parametrize("bad", [[3], [], [1, float("nan")], [[1, 2], [3, 4]]])
def test_r_wg_refuses_bad_ratings(bad: object) -> None:
    with pytest.raises(ValueError):
        within_group(bad, options=5)


def test_a_scale_of_one_option_is_no_scale() -> None:
    with pytest.raises(ValueError, match="options"):
        within_group([1, 1], options=1)


@given(st.lists(st.sets(st.integers(0, 5), max_size=2), min_size=2, max_size=12))
def test_pairs_are_counted_one_by_one(picked: list[set[int]]) -> None:
    named = [names for names in picked if names]
    if len(named) >= 2:
        pairs = [bool(one & other) for one, other in combinations(named, 2)]
        found = pairs_alike(picked)
        assert (found.alike, found.pairs) == (sum(pairs), len(pairs))


def test_pairs_who_named_the_same() -> None:
    found = pairs_alike([{"save", "care"}, {"save"}, {"care"}, {"beds"}, set()])
    assert (found.alike, found.pairs, found.people) == (2, 6, 4)
    assert found.share == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="Two people"):
        pairs_alike([{"save"}, set()])
