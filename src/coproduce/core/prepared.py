"""Queries on the way of every answer: their SQL is put together once and not anew for each person in a hall.

Putting a query together costs Django several times what the database needs to answer it. What is asked, and of which
tables, is written as everywhere, as a queryset; only the values change from call to call.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.sql import InsertQuery

Value = UUID | str


class _Compiled(NamedTuple):
    compiler: Any
    sql: str
    # Each either a constant of the query, or the name of the value that stands there.
    places: tuple[tuple[Any, str], ...]
    # From what the driver gives to the values of the fields.
    converters: dict[int, Any]


class Prepared:
    """`Prepared(lambda key: Entry.objects.filter(request_key=key).values_list("actor"))`, then `.rows(key=…)`.

    The queryset gives tuples (`values_list`); values are UUIDs or text, and never None. Each connection, and so each
    thread, puts its own SQL together once.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], *, locks: str = "") -> None:
        """`locks`: row locks of PostgreSQL that a queryset cannot say. SQLite's writers take turns without any."""
        self._build, self._locks = build, locks
        self._compiled: WeakKeyDictionary[Any, _Compiled] = WeakKeyDictionary()

    def rows(self, **values: Value) -> list[Sequence[Any]]:
        """What the query gives for these values."""
        here = connections[DEFAULT_DB_ALIAS]
        ready = self._compiled.get(here)
        if ready is None:
            ready = self._compiled[here] = self._compile(values)
        given = {name: _spelled(value) for name, value in values.items()}
        params = tuple(given[name] if name else constant for constant, name in ready.places)
        with here.cursor() as cursor:
            cursor.execute(ready.sql, params)
            found = cursor.fetchall()
        return list(ready.compiler.apply_converters(found, ready.converters))

    def _compile(self, values: dict[str, Value]) -> _Compiled:
        stand_ins = {name: _like(value) for name, value in values.items()}
        compiler: Any = self._build(**stand_ins).query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
        sql, params = compiler.as_sql()
        if compiler.connection.features.has_select_for_update:
            sql = f"{sql} {self._locks}"
        names = {_spelled(stand_in): name for name, stand_in in stand_ins.items()}
        converters = compiler.get_converters(column for column, _sql, _name in compiler.select)
        return _Compiled(compiler, sql, tuple(_place(param, names) for param in params), converters)


class PreparedInsert:
    """`PreparedInsert(Entry).write(entry)`: what `entry.save(force_insert=True)` writes, without signals.

    For models whose fields take values only, and whose key is made here and not by the database.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._sql: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def write(self, row: models.Model) -> None:
        here = connections[DEFAULT_DB_ALIAS]
        fields = self._model._meta.concrete_fields
        values = [field.get_db_prep_save(field.pre_save(row, add=True), connection=here) for field in fields]
        with here.cursor() as cursor:
            cursor.execute(self._sql.get(here) or self._compile(row), values)
        row._state.adding, row._state.db = False, here.alias

    def _compile(self, row: models.Model) -> str:
        here = connections[DEFAULT_DB_ALIAS]
        query = InsertQuery(self._model)
        query.insert_values(self._model._meta.concrete_fields, [row])
        [(sql, _values)] = query.get_compiler(connection=here).as_sql()
        self._sql[here] = sql
        return str(sql)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Send what follows to PostgreSQL without waiting for each answer; whoever reads an answer waits for all so far.

    Inside a transaction, and around statements whose errors end it: an error is told by the next statement that
    waits, or at the end of the block.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor != "postgresql":
        yield
        return
    here.ensure_connection()
    driver: Any = here.connection
    with here.wrap_database_errors, driver.pipeline():
        yield


def _place(param: Any, names: dict[Any, str]) -> tuple[Any, str]:
    name = names.get(param, "") if isinstance(param, UUID | str) else ""
    return (None, name) if name else (param, "")


def _like(value: Value) -> Value:
    """Something of the same kind that stands nowhere else in the query."""
    return uuid4() if isinstance(value, UUID) else secrets.token_hex(16)


def _spelled(value: Value) -> Value:
    """As this database takes it."""
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value
