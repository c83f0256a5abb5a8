from datetime import UTC, date, datetime, timedelta

import pytest

from coproduce.core import clock


def test_the_day_is_that_of_a_wall_calendar_in_the_united_kingdom() -> None:
    with clock.at(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2025, 7, 2)


def test_a_moment_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2025, 7, 1)):  # noqa: DTZ001
        pass


def test_a_pinned_moment_ends_with_its_block_even_after_a_fault() -> None:
    with pytest.raises(KeyError), clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        raise KeyError
    assert clock.now().year > 2020


def test_shifted_time_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_shift", timedelta(0))
    clock.shift_to(datetime(2025, 10, 16, 9, tzinfo=UTC))
    first = clock.now()
    assert first.date() == date(2025, 10, 16)
    assert clock.now() > first
