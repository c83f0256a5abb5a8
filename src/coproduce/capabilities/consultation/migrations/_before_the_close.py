"""Kept by the database itself: no word of a sealed consultation has a row before its close."""

from typing import Any

from django.db.migrations import RunPython

_NAME = "consultation_words_wait"
_WORDS = "nobody reads a word of the replies before the close"
_HIDDEN = (
    "EXISTS (SELECT 1 FROM consultation_reply r JOIN consultation_consultation c ON c.id = r.consultation_id"
    " WHERE r.id = NEW.reply_id AND c.sealed AND c.closed_at IS NULL)"
)
_SQLITE = f"""
CREATE TRIGGER {_NAME} BEFORE INSERT ON consultation_said WHEN {_HIDDEN}
BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {_HIDDEN} THEN
    RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
_POSTGRES = f"CREATE TRIGGER {_NAME} BEFORE INSERT ON consultation_said FOR EACH ROW EXECUTE FUNCTION {_NAME}()"


def words_wait() -> RunPython:
    return RunPython(_create, _drop)


def _create(apps: Any, schema_editor: Any) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    for statement in (_FUNCTION, _POSTGRES) if on_postgres else (_SQLITE,):
        schema_editor.execute(statement)


def _drop(apps: Any, schema_editor: Any) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER {_NAME}" + (" ON consultation_said" if on_postgres else ""))
    if on_postgres:
        schema_editor.execute(f"DROP FUNCTION {_NAME}()")
