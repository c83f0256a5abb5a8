import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce_engine.distribution import distribution, sides

SCALE = range(-3, 4)


def test_counts_middle_and_middle_half() -> None:
    found = distribution([-2, -1, -1, 0, None, 1, 3], SCALE)
    assert found.counts == {-3: 0, -2: 1, -1: 2, 0: 1, 1: 1, 2: 0, 3: 1}
    assert (found.people, found.skipped, found.middle) == (6, 1, -0.5)
    assert (found.lower, found.upper) == (-1, 0.75)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=40))
def test_quartiles_are_numpys(ratings: list[int]) -> None:
    found = distribution(ratings, SCALE)
    assert [found.lower, found.middle, found.upper] == pytest.approx(
        list(np.quantile(ratings, [0.25, 0.5, 0.75]))
    )
    assert found.people == len(ratings)


def test_nobody_has_no_middle() -> None:
    found = distribution([None], SCALE)
    assert (found.people, found.middle, found.lower, found.upper) == (0, None, None, None)


def test_a_rating_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="scale"):
        distribution([4], SCALE)


def test_sides_of_a_small_group_are_not_counted_out() -> None:
    small, large = sides([-1, -1, 0, 2, None], 0), sides([-1] * 5 + [1] * 6 + [0], 0)
    assert (small.shown, small.says_something) == ((None, None, None), False)
    assert (large.shown, large.says_something) == ((5, None, 6), True)
    assert sides([], 0).shown == (0, 0, 0)
