"""Published vectors of listening.md §2.1, and the identities for any table."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from coproduce_engine.mean_squares import mean_squares
from coproduce_engine.noise import (
    error_parts,
    mean_difference_of_two_judges,
    noise_components,
    noise_parts,
    occasion_noise,
)
from coproduce_engine.what_may_be_said import Answers, SharedObject

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
TEAM = SharedObject.TEAM
tables = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8),
    elements=st.floats(-100, 100, width=32),
)


def test_mean_squares_of_shrout_and_fleiss() -> None:
    found = mean_squares(SHROUT_FLEISS)
    shown = [found.between_cases, found.between_judges, found.error, found.within_cases]
    assert [round(one, 4) for one in shown] == [11.2417, 32.4861, 1.0194, 6.2639]
    assert [round(one, 2) for one in shown] == [11.24, 32.49, 1.02, 6.26]


def test_level_and_pattern_make_up_the_system() -> None:
    found = noise_parts(SHROUT_FLEISS, of=TEAM)
    assert [round(one, 4) for one in (found.level, found.pattern, found.system)] == [4.0608, 0.6372, 4.6979]
    assert [round(one, 4) for one in (found.level_sd, found.pattern_sd, found.system_sd)] == [
        2.0151, 0.7982, 2.1675,
    ]  # fmt: skip


def test_components_corrected_for_few_judges() -> None:
    found = noise_components(SHROUT_FLEISS, of=TEAM)
    assert [round(one, 4) for one in (found.level_sd, found.pattern_sd, found.system_sd)] == [
        2.2901, 1.0097, 2.5028,
    ]  # fmt: skip
    assert found.mean_squares == mean_squares(SHROUT_FLEISS)


def test_two_judges_of_the_sentencing_study_differ_by_3_8_years() -> None:
    assert round(mean_difference_of_two_judges(1.0), 3) == 1.128
    assert round(mean_difference_of_two_judges(3.4), 2) == 3.84
    assert round(sqrt(2.4**2 + 2.4**2), 3) == 3.394


def test_a_component_below_nought_is_nought() -> None:
    rows = [[1, 2], [2, 1]]
    assert noise_components(rows, of=TEAM).level == 0


def test_occasion_noise_is_half_the_variance_of_the_difference() -> None:
    # Two cases, two judges; differences 1, −1 and 3, 1: centred 1, −1 and 1, −1; variance 4 ÷ 2 = 2.
    first = [[1.0, 1.0], [2.0, 5.0]]
    second = [[2.0, 0.0], [5.0, 6.0]]
    found = occasion_noise(first, second, of=TEAM)
    assert found.occasion == pytest.approx(1.0)
    # Pattern of the first reading: interaction ±0.75, MSE 2.25.
    assert found.stable_pattern == pytest.approx(1.25)


def test_occasion_noise_comes_back_from_a_simulation() -> None:
    chance = np.random.default_rng(2_026)
    stable = chance.normal(0, 2, (40, 30))
    first, second = (stable + chance.normal(0, 1.5, stable.shape) for _reading in range(2))
    found = occasion_noise(first, second + 1, of=TEAM)
    assert found.occasion == pytest.approx(2.25, rel=0.1)
    assert found.stable_pattern == pytest.approx(4, rel=0.1)


@given(tables)
def test_system_is_level_and_pattern_exactly(ratings: np.ndarray) -> None:
    found = noise_parts(ratings, of=TEAM)
    assert found.system == pytest.approx(
        found.level + found.pattern, abs=1e-9 * (1 + np.abs(ratings).max() ** 2)
    )


@given(tables, st.floats(-50, 50))
def test_noise_does_not_depend_on_where_the_scale_begins(ratings: np.ndarray, by: float) -> None:
    before = ratings.copy()
    one, other = noise_components(ratings, of=TEAM), noise_components(ratings + by, of=TEAM)
    assert one.system == pytest.approx(other.system, abs=1e-6)
    assert (ratings == before).all()


@given(arrays(np.float64, st.integers(1, 20), elements=st.floats(-1e3, 1e3)), st.floats(-1e3, 1e3))
def test_squared_error_is_bias_and_noise(estimates: np.ndarray, truth: float) -> None:
    found = error_parts(estimates, truth, of=TEAM)
    assert found.mean_squared_error == pytest.approx(found.bias**2 + found.noise**2, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("of", [Answers.LEVEL_1, "level 1", 1, None])
def test_level_one_has_no_noise_by_any_door(of: object) -> None:
    for ask in (
        lambda: noise_parts(SHROUT_FLEISS, of=of),
        lambda: noise_components(SHROUT_FLEISS, of=of),
        lambda: occasion_noise(SHROUT_FLEISS, SHROUT_FLEISS, of=of),
        lambda: error_parts([1, 2], 1, of=of),
    ):
        with pytest.raises(ValueError, match="spread is information"):
            ask()


@pytest.mark.parametrize("bad", [
    [[1, 2]], [[1], [2]], [1, 2, 3], [[1, float("nan")], [2, 3]], [[1, None], [2, 3]], [[1, 2], [3]],
    [[1, float("inf")], [2, 3]], [], [["a", "b"], ["c", "d"]],
])  # fmt: skip
def test_bad_tables_are_refused(bad: object) -> None:
    with pytest.raises(ValueError, match="ratings"):
        noise_parts(bad, of=TEAM)


def test_readings_of_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="same"):
        occasion_noise([[1, 2], [3, 4]], [[1, 2, 3], [4, 5, 6]], of=TEAM)
    with pytest.raises(ValueError, match="below nought"):
        mean_difference_of_two_judges(-1)
