"""The log of moderation is append-only, and the words of a statement stay once somebody has voted on it."""

from typing import Any

from django.db import migrations

from coproduce.core.triggers import append_only

_NAME = "voting_statement_words_stay"
_WHY = "somebody has voted on these words"
_SQLITE = f"""
CREATE TRIGGER {_NAME} BEFORE UPDATE OF text ON voting_statement
WHEN NEW.text <> OLD.text AND EXISTS (SELECT 1 FROM voting_vote WHERE statement_id = OLD.id)
BEGIN SELECT RAISE(ABORT, '{_WHY}'); END
"""
_POSTGRES = f"""
CREATE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.text <> OLD.text AND EXISTS (SELECT 1 FROM voting_vote WHERE statement_id = OLD.id) THEN
    RAISE EXCEPTION '{_WHY}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {_NAME} BEFORE UPDATE OF text ON voting_statement
FOR EACH ROW EXECUTE FUNCTION {_NAME}();
"""


def _create(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(_POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE)


def _drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {_NAME} ON voting_statement; DROP FUNCTION {_NAME}()")
    else:
        schema_editor.execute(f"DROP TRIGGER {_NAME}")


class Migration(migrations.Migration):
    dependencies = [("voting", "0001_initial")]

    operations = [append_only("voting_moderation"), migrations.RunPython(_create, _drop)]
