"""What the database itself refuses, whoever asks: for use in migrations."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Guard:
    """`verb` on a row of `table` is refused while `refused` is true: SQL over NEW and OLD that both databases know."""

    name: str
    table: str
    verb: str
    refused: str


def refuses(guards: Iterable[Guard], why: str) -> RunPython:
    """A migration step after which the database refuses what the guards name, with the words `why`."""
    every = tuple(guards)

    def create(apps: Any, schema_editor: Any) -> None:
        written = (
            _guarded_on_postgres if schema_editor.connection.vendor == "postgresql" else _guarded_on_sqlite
        )
        for guard in every:
            schema_editor.execute(written(guard, why))

    def drop(apps: Any, schema_editor: Any) -> None:
        for guard in every:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"DROP TRIGGER {guard.name} ON {guard.table}; DROP FUNCTION {guard.name}()"
                )
            else:
                schema_editor.execute(f"DROP TRIGGER {guard.name}")

    return RunPython(create, drop)


def _guarded_on_sqlite(guard: Guard, why: str) -> str:
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} WHEN {guard.refused} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _guarded_on_postgres(guard: Guard, why: str) -> str:
    row = "OLD" if guard.verb == "DELETE" else "NEW"
    return f"""
CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {guard.refused} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END $$;
CREATE TRIGGER {guard.name} BEFORE {guard.verb} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {guard.name}();
"""
