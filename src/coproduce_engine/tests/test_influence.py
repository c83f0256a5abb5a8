"""Estimates with a known truth (listening.md §2.5)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.influence import collective_error, crowd

# Lorenz et al. 2011, table 1: truth, arithmetic mean, geometric mean, median.
TABLE_1 = [
    (184, 2_644, 132, 130), (734, 1_959, 338, 300), (10_067, 26_773, 8_178, 10_000),
    (198, 838, 174, 170), (639, 1_017, 285, 250), (9_272, 135_051, 6_039, 4_000),
]  # fmt: skip
amounts = st.floats(0.01, 1e6)


def test_the_toy_crowd() -> None:
    found = crowd([100, 130, 200, 400], 184)
    assert round(found.collective_error, 6) == 0.000591
    assert round(found.diversity, 6) == 0.275022
    assert round(found.individual_error, 6) == 0.275613
    assert found.indicator == 2


@pytest.mark.parametrize("truth,arithmetic,geometric,median", TABLE_1)
def test_the_geometric_mean_stands_nearer_to_the_truth_than_the_arithmetic_mean(
    truth: float, arithmetic: float, geometric: float, median: float
) -> None:
    by_ratio = [collective_error(middle, truth) for middle in (arithmetic, geometric, median)]
    if truth == 639:
        # The one question whose arithmetic mean (+59 %) is nearer than the geometric (−55 %) on logs.
        assert by_ratio[0] < by_ratio[1] < by_ratio[2]
    else:
        assert by_ratio[1] < by_ratio[0]
    assert abs(geometric / truth - 1) < abs(arithmetic / truth - 1)


@given(st.lists(amounts, min_size=1, max_size=30), amounts)
def test_individual_error_is_collective_error_and_diversity(estimates: list[float], truth: float) -> None:
    found = crowd(estimates, truth)
    assert found.individual_error == pytest.approx(
        found.collective_error + found.diversity, rel=1e-6, abs=1e-9
    )


@given(st.lists(amounts, min_size=1, max_size=30), amounts)
def test_the_indicator_is_its_definition(estimates: list[float], truth: float) -> None:
    x, n = sorted(estimates), len(estimates)
    definition = max((i for i in range(1, n + 1) if x[i - 1] <= truth <= x[n - i]), default=0)
    assert crowd(estimates, truth).indicator == definition


def test_a_truth_outside_the_crowd_is_nought() -> None:
    assert crowd([1, 2, 3], 10).indicator == 0


@pytest.mark.parametrize(
    "estimates,truth", [([], 1), ([1, 0], 1), ([1, -1], 1), ([1], 0), ([np.nan], 1), ([1], np.nan)]
)
def test_only_amounts_above_nought(estimates: list[float], truth: float) -> None:
    with pytest.raises(ValueError):
        crowd(estimates, truth)
