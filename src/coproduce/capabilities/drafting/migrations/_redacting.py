"""What was suggested stays as it is; only the words of a redacted suggestion may be taken out (R86)."""

from typing import Any

from django.db.migrations import RunPython

_TABLE = "drafting_suggestededit"
_FIXED = ("suggestion_id", "position", "kind", "block", "start", "quote")
_UNCHANGED = " AND ".join(f"NEW.{name} = OLD.{name}" for name in _FIXED)
_REDACTED = "EXISTS (SELECT 1 FROM drafting_redaction WHERE suggestion_id = OLD.suggestion_id)"
_SQLITE = f"""
CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} WHEN NOT ({_REDACTED} AND {_UNCHANGED})
BEGIN SELECT RAISE(ABORT, '{_TABLE} is append-only'); END
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION drafting_edit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT ({_REDACTED} AND {_UNCHANGED}) THEN
    RAISE EXCEPTION '{_TABLE} is append-only' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
_POSTGRES = f"""
CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} FOR EACH ROW EXECUTE FUNCTION drafting_edit_stays()
"""


def edits_may_be_redacted() -> RunPython:
    """Stands in the place of the trigger that refused every UPDATE."""
    return RunPython(_create, RunPython.noop)


def _create(apps: Any, schema_editor: Any) -> None:
    on_postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER {_TABLE}_no_update" + (f" ON {_TABLE}" if on_postgres else ""))
    for statement in (_FUNCTION, _POSTGRES) if on_postgres else (_SQLITE,):
        schema_editor.execute(statement)
