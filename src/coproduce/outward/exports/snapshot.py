"""One moment of the database for many reads, without keeping anybody from writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside shows the same state. Inside a transaction it is that transaction's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        yield from _reading_sqlite()
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _reading_sqlite() -> Iterator[None]:
    # Django would begin with the write lock, and every writer would wait for the reader.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
