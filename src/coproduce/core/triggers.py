"""Append-only tables, kept by the database itself: for use in migrations."""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython

_SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION coproduce_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION coproduce_append_only()
"""


def append_only(table: str, *, verbs: tuple[str, ...] = ("UPDATE", "DELETE", "TRUNCATE")) -> RunPython:
    """A migration step after which the database refuses these verbs on the table."""
    return RunPython(_create(table, verbs), _drop(table, verbs))


def may_change_again(table: str, *, verbs: tuple[str, ...] = ("UPDATE", "DELETE", "TRUNCATE")) -> RunPython:
    """The opposite step, before a migration makes the table anew: SQLite drops a table's triggers with it."""
    return RunPython(_drop(table, verbs), _create(table, verbs))


def _create(table: str, verbs: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def create(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES_FUNCTION.replace("%", "%%"), ())
        for verb in _known(schema_editor, verbs):
            statement = _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE
            schema_editor.execute(statement.format(table=table, verb=verb, verb_lower=verb.lower()))

    return create


def _drop(table: str, verbs: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def drop(apps: Any, schema_editor: Any) -> None:
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in _known(schema_editor, verbs):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{on_table}")

    return drop


def _known(schema_editor: Any, verbs: tuple[str, ...]) -> tuple[str, ...]:
    # SQLite has no TRUNCATE; its DELETE trigger covers the same.
    return (
        verbs
        if schema_editor.connection.vendor == "postgresql"
        else tuple(v for v in verbs if v != "TRUNCATE")
    )
