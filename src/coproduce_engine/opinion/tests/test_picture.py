"""A picture holds counts in coarse squares, and nobody's own place."""

import numpy as np
import pytest

from ..picture import spots
from ..results import NOT_PLACED, Analysis, OpinionGroup, Stability


def found(positions: list[tuple[float, float]], group_of: list[int], *, has_groups: bool = True) -> Analysis:
    nothing = np.zeros(1)
    groups = tuple(
        OpinionGroup(number, group_of.count(number), (0, 0), ()) for number in sorted({*group_of} - {-1})
    )
    return Analysis(
        people=len(positions), placed=len(positions), statements=1, votes=1, left_out=(), method="polis",
        components=np.zeros((2, 1)), means=nothing, explained=(0, 0),
        positions=np.array(positions, float).reshape(-1, 2), group_of=np.array(group_of, np.int64),
        groups=groups if has_groups else (), stability=Stability(0, 0, 0, has_groups),
        everybody=(), group_aware=nothing, routing=nothing, given=None,
    )  # fmt: skip


def test_each_person_of_a_group_is_counted_once_in_its_own_group() -> None:
    chance = np.random.default_rng(1)
    places = [tuple(map(float, place)) for place in chance.normal(size=(500, 2))]
    groups = [i % 3 - 1 for i in range(500)]
    drawn = spots(found(places, groups))  # type: ignore[arg-type]
    for group in (0, 1):
        assert sum(spot.people for spot in drawn if spot.group == group) == groups.count(group)
    assert NOT_PLACED not in {spot.group for spot in drawn}


def test_without_clear_groups_everybody_with_a_place_is_counted() -> None:
    drawn = spots(found([(0, 0), (1, 1), (2, 2)], [-1, -1, -1], has_groups=False))
    assert sum(spot.people for spot in drawn) == 2


def test_people_are_shown_in_the_middle_of_a_square_and_not_at_their_place() -> None:
    chance = np.random.default_rng(2)
    places = [tuple(map(float, place)) for place in chance.uniform(size=(400, 2))]
    drawn = spots(found(places, [0] * 400), across=5)  # type: ignore[arg-type]
    assert len(drawn) <= 36
    assert len({spot.x for spot in drawn}) <= 6


def test_those_far_out_are_at_the_edge() -> None:
    drawn = spots(found([(i / 1000, i / 1000) for i in range(1000)] + [(900.0, 0.0)], [0] * 1001))
    assert max(spot.x for spot in drawn) < 2


def test_people_at_one_place_or_nobody_make_no_trouble() -> None:
    assert [spot.people for spot in spots(found([(1, 1)] * 3, [0, 0, 0]))] == [3]
    assert spots(found([], [])) == ()
    with pytest.raises(ValueError, match="2 or more"):
        spots(found([], []), across=1)
