import pytest

from coproduce.capabilities.barriers import terms
from coproduce.capabilities.barriers.terms import Coverage, Gap, Zone


@pytest.mark.parametrize(
    "importance,ease,zone",
    [
        (4, 4, Zone.DO_NOW), (5, 5, Zone.DO_NOW), (4, 3, Zone.PLAN), (5, 1, Zone.PLAN), (3, 4, Zone.TIDY),
        (3, 3, Zone.WATCH), (1, 1, Zone.WATCH), (None, 4, Zone.NOT_RATED), (4, None, Zone.NOT_RATED),
    ],
)  # fmt: skip
def test_the_zones_are_cut_at_three_and_a_half(importance: int | None, ease: int | None, zone: Zone) -> None:
    assert terms.zone_of(importance, ease) is zone


@pytest.mark.parametrize(
    "medians,gap,word",
    [([3, 5, 3, 2, 4], 3, Gap.CONTESTED), ([5, 5, 4, 3, 4], 2, Gap.DIFFERS), ([4, 4, 4, 4, 3], 1, Gap.CLOSE)],
)
def test_a_gap_of_two_differs_and_of_three_is_contested(medians: list[float], gap: int, word: Gap) -> None:
    spread = terms.spread_of(medians)
    assert spread is not None
    assert (spread.gap, spread.word) == (gap, word)


def test_one_group_alone_has_no_gap() -> None:
    assert terms.spread_of([4, None, None]) is None


@pytest.mark.parametrize("ratings,middle", [([5, 4, 5], 5), ([4, 5], 4.5), ([2, 4], 3), ([], None)])
def test_the_median_of_ratings(ratings: list[int], middle: float | None) -> None:
    assert terms.median_of(ratings) == middle


def test_coverage_is_a_share_of_the_important() -> None:
    assert Coverage(important=49, with_response=43).percent == 87.8
    assert Coverage(important=0, with_response=0).percent is None


def test_refs_have_two_numbers_and_grow() -> None:
    assert [terms.ref_of(1), terms.ref_of(60), terms.ref_of(123)] == ["B01", "B60", "B123"]
