"""Newcombe's published intervals, SciPy's, and every way of dealing counted one by one."""

from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coproduce_engine.shares import by_chance, wilson

NEWCOMBE = [
    ((81, 263), (0.2553, 0.3662)),
    ((15, 148), (0.0624, 0.1605)),
    ((0, 20), (0.0000, 0.1611)),
    ((1, 29), (0.0061, 0.1718)),
]
shares = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize("counts, published", NEWCOMBE)
def test_wilson_gives_newcombes_intervals(counts: tuple[int, int], published: tuple[float, float]) -> None:
    found = wilson(*counts)
    assert (round(found.low, 4), round(found.high, 4)) == published


@given(shares, st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_is_scipys(counts: tuple[int, int], level: float) -> None:
    theirs = stats.binomtest(*counts).proportion_ci(level, method="wilson")
    ours = wilson(*counts, level=level)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert counts[0] / counts[1] in ours


def every_deal(parts: list[int], wholes: list[int]) -> float:
    """The same chance without a draw: all deals with these margins, each by its weight."""
    taken, cases = sum(parts), sum(wholes)
    expected = [whole * taken / cases for whole in wholes]

    def unlike(deal: tuple[int, ...]) -> float:
        return sum((one - mean) ** 2 / mean for one, mean in zip(deal, expected, strict=True))

    found = 0
    for deal in product(*(range(whole + 1) for whole in wholes)):
        if sum(deal) == taken and unlike(deal) >= unlike(tuple(parts)) - 1e-9:
            weight = 1
            for one, whole in zip(deal, wholes, strict=True):
                weight *= comb(whole, one)
            found += weight
    return found / comb(cases, taken)


@pytest.mark.parametrize(
    "parts, wholes",
    [([10, 6, 6, 1], [12, 8, 7, 3]), ([5, 0], [6, 5]), ([3, 3, 3], [6, 6, 6]), ([1, 9, 2], [9, 10, 4])],
)
def test_drawing_comes_to_what_all_deals_come_to(parts: list[int], wholes: list[int]) -> None:
    assert by_chance(parts, wholes, seed=1) == pytest.approx(every_deal(parts, wholes), abs=0.02)


def test_for_two_groups_it_orders_deals_as_the_exact_test_of_the_same_statistic() -> None:
    table = [[9, 1], [2, 8]]
    exact = stats.fisher_exact(table).pvalue
    assert by_chance([9, 2], [10, 10], seed=7) == pytest.approx(exact, abs=0.01)


def test_the_same_seed_gives_the_same_figure_and_none_is_refused() -> None:
    assert by_chance([3, 5], [9, 9], seed=4) == by_chance([3, 5], [9, 9], seed=4)
    with pytest.raises(ValueError, match="seed"):
        by_chance([3, 5], [9, 9], seed=None)  # type: ignore[arg-type]


def test_where_all_or_none_are_taken_in_nothing_can_differ() -> None:
    assert by_chance([0, 0], [3, 9], seed=1) == 1.0
    assert by_chance([3, 9], [3, 9], seed=1) == 1.0


@pytest.mark.parametrize("counts", [(1, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        wilson(*counts)
    with pytest.raises(ValueError):
        by_chance([counts[0], 1], [counts[1], 1], seed=1)
    with pytest.raises(ValueError):
        by_chance([1], [2], seed=1)
