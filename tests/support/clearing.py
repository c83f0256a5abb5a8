"""Append-only tables refuse to be emptied, also by the tests. Between two tests that commit, they must be."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def let_tests_clear_append_only_tables() -> None:
    """Only Django's flush goes past the guards, and only in a test process."""
    from django.db import connection

    operations: Any = type(connection.ops)
    clear: Callable[..., None] = operations.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: list[str]) -> None:
        guards = _without_triggers if self.connection.vendor == "sqlite" else _as_replica
        with guards(self.connection):
            clear(self, sql_list)

    operations.execute_sql_flush = execute_sql_flush


@contextmanager
def _without_triggers(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


@contextmanager
def _as_replica(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
