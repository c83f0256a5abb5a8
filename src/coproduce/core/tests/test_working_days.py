from datetime import date

import pytest

from coproduce.core.working_days import add_working_days, is_working_day, working_days_between


def test_twenty_working_days_after_4_august_2025_pass_over_the_bank_holiday() -> None:
    assert add_working_days(date(2025, 8, 4), 20) == date(2025, 9, 2)


@pytest.mark.parametrize(
    ("jurisdiction", "works"),
    [("england", False), ("wales", False), ("scotland", True), ("northern_ireland", False)],
)
def test_the_august_bank_holiday_is_not_scotlands(jurisdiction: str, works: bool) -> None:
    assert is_working_day(date(2025, 8, 25), jurisdiction) is works


def test_st_patricks_day_is_northern_irelands() -> None:
    assert not is_working_day(date(2025, 3, 17), "northern_ireland")
    assert is_working_day(date(2025, 3, 17), "england")


def test_counting_forward_and_back_agree() -> None:
    start, end = date(2025, 8, 4), date(2025, 9, 2)
    assert working_days_between(start, end) == 20
    assert working_days_between(end, start) == -20
    assert working_days_between(start, start) == 0
