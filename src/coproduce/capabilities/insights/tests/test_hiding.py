"""What stays hidden of small groups, by trying what a reader could work out."""

from itertools import product
from random import Random

import pytest

from coproduce.capabilities.insights.rules import (
    Given,
    heaps,
    joined,
    shown_cells,
    shown_tally,
    small_groups_are_joined,
)

SMALL = 10


def groups(*sizes: int, sides: str = "") -> list[Given]:
    return [
        Given(place, f"G{place + 1}", (sides or "c" * len(sizes))[place], size)
        for place, size in enumerate(sizes)
    ]


def test_large_groups_stand_by_themselves() -> None:
    found = joined(groups(12, 30, 10), 0, SMALL)
    assert [line.names for line in found.shown] == [("G1",), ("G2",), ("G3",)]
    assert (found.unshown, found.unshown_people) == ((), 0)


def test_small_groups_of_a_side_are_counted_together() -> None:
    found = joined(groups(7, 5, 5, 3, 4, sides="ccppp"), 0, SMALL)
    assert [(line.names, line.people) for line in found.shown] == [
        (("G1", "G2"), 12), (("G3", "G4", "G5"), 12)
    ]  # fmt: skip


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    found = joined(groups(3, 40, 12), 0, SMALL)
    assert [(line.names, line.people) for line in found.shown] == [(("G1", "G3"), 15), (("G2",), 40)]


def test_a_small_side_beside_a_large_one_shows_neither() -> None:
    """The difference of everybody and the large one would be the small one."""
    found = joined(groups(40, 6, sides="cp"), 0, SMALL)
    assert found.shown == ()
    assert (found.unshown, found.unshown_people) == (("G1", "G2"), 46)


def test_few_people_without_a_group_are_hidden_by_a_group_too() -> None:
    found = joined(groups(40, 12), 2, SMALL)
    assert [line.names for line in found.shown] == [("G1",)]
    assert found.unshown_people == 14


def test_nobody_is_ever_left_over_in_a_small_number() -> None:
    chance = Random(5)
    for _turn in range(3000):
        sizes = [chance.randint(0, 25) for _ in range(chance.randint(1, 7))]
        sides = "".join(chance.choice("cpo") for _ in sizes)
        without = chance.randint(0, 12)
        found = joined(groups(*sizes, sides=sides), without, SMALL)
        assert all(line.people >= SMALL for line in found.shown)
        rest = sum(sizes) + without - sum(line.people for line in found.shown)
        assert rest == found.unshown_people
        assert rest == 0 or rest >= SMALL or not found.shown


def test_a_cell_and_what_is_left_beside_it_hold_the_small_number() -> None:
    for seen in product((0, 3, 9, 10, 14), repeat=3):
        for rest in (0, 1, 12):
            cells = [(one, 0, 0) for one in seen]
            everybody = (sum(seen) + rest, 0, 0)
            shown = shown_cells(cells, everybody, SMALL)
            assert all(cell is None or sum(cell) >= SMALL for cell in shown)
            left = sum(everybody) - sum(sum(cell) for cell in shown if cell)
            assert left == 0 or left >= SMALL or not any(shown)


def test_a_tally_of_few_is_nothing() -> None:
    assert shown_tally((9, 0, 0), SMALL) is None
    assert shown_tally((4, 4, 2), SMALL) == (4, 4, 2)


@pytest.mark.parametrize("people", [9, 10, 19, 20, 57, 400])
def test_no_heap_of_the_map_is_smaller_and_nobody_is_lost(people: int) -> None:
    chance = Random(people)
    points = [(chance.gauss(0, 1), chance.gauss(0, 2)) for _ in range(people)]
    found = heaps({0: points}, SMALL)
    assert all(heap.people >= SMALL for heap in found)
    assert sum(heap.people for heap in found) == (people if people >= SMALL else 0)


def test_the_page_says_what_it_does_not_show() -> None:
    said = small_groups_are_joined(joined(groups(7, 5, 5, 3, 4, sides="ccppp"), 0, SMALL), SMALL)
    [one] = said
    assert str(one.message).endswith("These are counted together: G1 + G2; G3 + G4 + G5.")
    hidden = small_groups_are_joined(joined(groups(40, 6, sides="cp"), 0, SMALL), SMALL)
    assert [str(one.message).partition(" by")[0] for one in hidden] == ["G1, G2 are not shown"]
