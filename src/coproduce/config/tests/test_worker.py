import time
from datetime import date

import pytest
from django.db import OperationalError, connection

from coproduce.capabilities.accounts import operations, queries
from coproduce.config import worker
from coproduce.core import tasks
from coproduce.core.models import Entry


@pytest.mark.django_db(transaction=True)
def test_the_worker_beside_the_pages_does_what_an_operation_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    monkeypatch.setattr(tasks, "_work", {"test.letter": lambda due: done.append(due.about)})
    monkeypatch.setattr(tasks, "_daily", {})
    beside = worker.Worker(pause=0.05)
    beside.start()
    tasks.later("test.letter", "one", on=date(2026, 7, 1))
    until = time.monotonic() + 10
    while not done and time.monotonic() < until:
        time.sleep(0.05)
    beside.stop()
    beside.join(10)
    assert done == ["one"]
    assert not beside.is_alive()


@pytest.mark.django_db
def test_a_database_that_is_away_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(worker, "run_due", away)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.look()
    assert connection.is_usable()


def test_another_process_may_have_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(worker.SETTING, worker.OFF)
    assert worker.start() is None


@pytest.mark.django_db
def test_the_worker_and_the_command_line_are_two_actors() -> None:
    by = operations.task_worker()
    assert operations.task_worker() == by == queries.task_worker()
    assert operations.command_line() != by
    assert operations.command_line() == queries.command_line()
    assert Entry.objects.get(verb="accounts.add_task_worker").actor == by.pk
