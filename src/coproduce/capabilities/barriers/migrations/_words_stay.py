"""R32, kept by the database itself: the words of a barrier never change."""

from typing import Any

from django.db.migrations import RunPython

_WORDS = "the words of a barrier stay as they were"
_SQLITE = f"""
CREATE TRIGGER barriers_words_stay BEFORE UPDATE ON barriers_barrier WHEN OLD.statement <> NEW.statement
BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION barriers_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE TRIGGER barriers_words_stay BEFORE UPDATE ON barriers_barrier FOR EACH ROW
WHEN (OLD.statement <> NEW.statement) EXECUTE FUNCTION barriers_words_stay()
"""


def words_stay() -> RunPython:
    return RunPython(_create, _drop)


def words_still_stay() -> RunPython:
    """After columns were added: SQLite makes the table anew for that, and its triggers go with the old one."""
    return RunPython(_create_again, RunPython.noop)


def _create_again(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS barriers_words_stay")
        schema_editor.execute(_SQLITE)


def _create(apps: Any, schema_editor: Any) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in (_FUNCTION, _POSTGRES) if on_postgres else (_SQLITE,):
        schema_editor.execute(statement)


def _drop(apps: Any, schema_editor: Any) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute("DROP TRIGGER barriers_words_stay" + (" ON barriers_barrier" if on_postgres else ""))
    if on_postgres:
        schema_editor.execute("DROP FUNCTION barriers_words_stay()")
