"""The task worker: once a day and never twice, tried again, taken up after a crash. Time is the test's clock."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from coproduce.core import clock, tasks
from coproduce.core.models import Task

SEVEN_IN_LONDON = datetime(2026, 7, 1, 6, tzinfo=UTC)
EARLY = SEVEN_IN_LONDON - timedelta(minutes=1)
NAME = "test.daily"


class Done:
    """What was done, and how often it fails first."""

    def __init__(self) -> None:
        self.days: list[date] = []
        self.about: list[str] = []
        self.failures = 0

    def __call__(self, due: tasks.Due) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("to maureen@example.org")
        self.days.append(due.day)
        self.about.append(due.about)


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Iterator[Done]:
    """Only the test's own tasks are known."""
    monkeypatch.setattr(tasks, "_work", {})
    monkeypatch.setattr(tasks, "_daily", {})
    monkeypatch.setattr(tasks, "_each_look", {})
    done = Done()
    tasks.daily(NAME, done, at=time(7))
    return done


def at(moment: datetime) -> tasks.Ran:
    with clock.at(moment):
        return tasks.run_due()


@pytest.mark.django_db
def test_a_daily_task_runs_once_on_its_day_from_its_hour_on(work: Done) -> None:
    assert at(EARLY) == tasks.Ran()
    assert at(SEVEN_IN_LONDON) == tasks.Ran(done=1)
    assert at(SEVEN_IN_LONDON + timedelta(hours=9)) == tasks.Ran()
    assert at(SEVEN_IN_LONDON + timedelta(days=1)) == tasks.Ran(done=1)
    assert work.days == [date(2026, 7, 1), date(2026, 7, 2)]


@pytest.mark.django_db
def test_after_a_week_without_power_it_is_caught_up_once(work: Done) -> None:
    at(SEVEN_IN_LONDON)
    back = SEVEN_IN_LONDON + timedelta(days=7, hours=5)
    assert at(back).done == 1
    assert at(back).done == 0
    assert work.days[-1] == date(2026, 7, 8)


@pytest.mark.django_db
def test_what_fails_waits_longer_each_time_and_is_done_in_the_end(
    work: Done, caplog: pytest.LogCaptureFixture
) -> None:
    work.failures = 2
    caplog.set_level(logging.WARNING)
    assert at(SEVEN_IN_LONDON) == tasks.Ran(failed=1)
    assert at(SEVEN_IN_LONDON + timedelta(seconds=59)) == tasks.Ran()
    assert at(SEVEN_IN_LONDON + timedelta(seconds=61)) == tasks.Ran(failed=1)
    assert at(SEVEN_IN_LONDON + timedelta(seconds=61 + 239)) == tasks.Ran()
    assert at(SEVEN_IN_LONDON + timedelta(seconds=61 + 241)) == tasks.Ran(done=1)
    assert work.days == [date(2026, 7, 1)]
    assert "ConnectionError" in caplog.text
    assert "maureen" not in caplog.text


@pytest.mark.django_db
def test_it_is_given_up_after_six_tries_and_said(work: Done) -> None:
    work.failures = 100
    for hours in range(40):
        at(SEVEN_IN_LONDON + timedelta(hours=hours / 2))
    tried = Task.objects.get(name=NAME, day=date(2026, 7, 1))
    assert (tried.state, tried.tries) == (Task.State.GIVEN_UP, tasks.TRIES)
    assert f"{NAME} of 2026-07-01 (ConnectionError)" in tasks.given_up()


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_taken_up_when_its_lease_has_run_out(work: Done) -> None:
    with clock.at(SEVEN_IN_LONDON):
        tasks._put_down_the_days()
        assert tasks._take_one() is not None  # and then the power went
    assert at(SEVEN_IN_LONDON + tasks.LEASE - timedelta(seconds=1)) == tasks.Ran()
    assert at(SEVEN_IN_LONDON + tasks.LEASE) == tasks.Ran(done=1)
    assert at(SEVEN_IN_LONDON + tasks.LEASE * 2) == tasks.Ran()


@pytest.mark.django_db
def test_what_kills_its_worker_each_time_is_given_up(work: Done) -> None:
    moment = SEVEN_IN_LONDON
    for _time in range(tasks.TRIES):
        with clock.at(moment):
            tasks._put_down_the_days()
            assert tasks._take_one() is not None
        moment += tasks.LEASE
    assert at(moment) == tasks.Ran(failed=1)
    assert work.days == []
    assert len(tasks.given_up()) == 1


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_says_nothing_more_of_the_task(work: Done) -> None:
    with clock.at(SEVEN_IN_LONDON):
        tasks._put_down_the_days()
        slow = tasks._take_one()
    assert slow
    at(SEVEN_IN_LONDON + tasks.LEASE)
    tasks._finish(slow, state=Task.State.WAITING)
    assert Task.objects.get(name=NAME).state == Task.State.DONE


@pytest.mark.django_db
def test_later_is_done_once_for_each_thing_and_day(work: Done) -> None:
    tasks.task("test.letter", work)
    with clock.at(EARLY):
        for about in ("one", "two", "one"):
            tasks.later("test.letter", about)
    assert at(EARLY).done == 2
    assert work.about == ["one", "two"]
    with pytest.raises(LookupError):
        tasks.later("test.nobody")


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_for_in_a_transaction_that_fails_is_never_done(work: Done) -> None:
    tasks.task("test.letter", work)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.later("test.letter", "one")
        raise ZeroDivisionError
    assert at(EARLY) == tasks.Ran()


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_each_task_once(work: Done) -> None:
    tasks.task("test.letter", work)
    with clock.at(EARLY):
        for about in range(20):
            tasks.later("test.letter", about)

    def look() -> int:
        try:
            return at(SEVEN_IN_LONDON).done
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = sum(one.result() for one in [pool.submit(look) for _n in range(4)])
    assert done == 21
    assert sorted(work.about) == sorted(["", *map(str, range(20))])


@pytest.mark.django_db
def test_what_was_done_a_month_ago_is_forgotten(work: Done) -> None:
    at(SEVEN_IN_LONDON)
    tasks.forget_old(tasks.Due(date(2026, 7, 31)))
    assert Task.objects.filter(name=NAME).count() == 1
    tasks.forget_old(tasks.Due(date(2026, 8, 1)))
    assert Task.objects.filter(name=NAME).count() == 0


@pytest.mark.django_db
def test_the_command_does_what_is_due(work: Done, capsys: pytest.CaptureFixture[str]) -> None:
    with clock.at(SEVEN_IN_LONDON):
        call_command("run_due")
        call_command("run_due")
    assert capsys.readouterr().out.splitlines() == [
        "Done: 1. Failed, to be tried again: 0.", "Done: 0. Failed, to be tried again: 0.",
    ]  # fmt: skip
