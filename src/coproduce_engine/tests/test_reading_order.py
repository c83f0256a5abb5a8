import pytest

from coproduce_engine.reading_order import balance, orders, williams_design


@pytest.mark.parametrize("people", range(2, 31))
def test_everyone_stands_everywhere_and_after_everyone_equally_often(people: int) -> None:
    rows = williams_design(people)
    assert len(rows) == (people if people % 2 == 0 else 2 * people)
    found = balance(rows)
    assert found.is_even
    times = 1 if people % 2 == 0 else 2
    assert (found.fewest_in_a_place, found.fewest_after_another) == (times, times)


def test_the_base_row() -> None:
    assert williams_design(6)[0] == [0, 5, 1, 4, 2, 3]
    assert williams_design(7)[0] == [0, 6, 1, 5, 2, 4, 3]
    assert williams_design(6)[2] == [2, 1, 3, 0, 4, 5]


def test_fewer_questions_than_rows_show_their_imbalance() -> None:
    found = orders(8, 3, seed=1)
    rows = williams_design(8)
    first = rows.index(found[0])
    assert found == [rows[(first + step) % 8] for step in range(3)]
    assert not balance(found).is_even
    assert balance(orders(8, 8, seed=2)).is_even


def test_the_seed_decides_and_comes_again() -> None:
    assert orders(7, 20, seed=5) == orders(7, 20, seed=5)
    assert len({str(orders(8, 1, seed=seed)) for seed in range(40)}) == 8


@pytest.mark.parametrize("bad", [[], [[0]], [[0, 0]], [[0, 1], [1, 2]], [[0, 1], [0]]])
def test_orders_that_leave_someone_out_are_refused(bad: list[list[int]]) -> None:
    with pytest.raises(ValueError):
        balance(bad)


def test_orders_need_people_and_questions() -> None:
    with pytest.raises(ValueError):
        williams_design(1)
    with pytest.raises(ValueError):
        orders(4, 0, seed=1)
