"""What follows the records is done at each look, and its failure stops nothing else."""

import pytest

from coproduce.core import tasks


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for known in ("_work", "_daily", "_each_look"):
        monkeypatch.setattr(tasks, known, {})


@pytest.mark.django_db
def test_it_is_done_at_each_look_and_not_once_a_day() -> None:
    looks: list[int] = []
    tasks.each_look("test.follow", lambda: looks.append(1))
    assert tasks.run_due() == tasks.run_due() == tasks.Ran()
    assert len(looks) == 2


@pytest.mark.django_db
def test_what_fails_is_counted_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    looks: list[int] = []

    def fails() -> None:
        raise ConnectionError("to maureen@example.org")

    tasks.each_look("test.fails", fails)
    tasks.each_look("test.follow", lambda: looks.append(1))
    assert tasks.run_due() == tasks.Ran(failed=1)
    assert looks == [1]
    assert "test.fails" in caplog.text
    assert "maureen" not in caplog.text
