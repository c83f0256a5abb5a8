"""The seal, kept by the database itself: states go forward only, and opened rows wait for the seal."""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython

# name: (moment, table, condition under which it refuses, words)
_STATE_OF = "(SELECT state FROM rounds_round WHERE id = NEW.round_id)"
_REFUSALS = {
    "rounds_forward_only": (
        "UPDATE",
        "rounds_round",
        "NOT (OLD.state = NEW.state OR (OLD.state = 'draft' AND NEW.state = 'open')"
        " OR (OLD.state = 'open' AND NEW.state = 'sealed'))",
        "a round goes forward only, one step at a time",
    ),
    "rounds_sealed_stays": (
        "UPDATE",
        "rounds_round",
        "OLD.state = 'sealed'",
        "a sealed round does not change",
    ),
    "rounds_answers_while_open": (
        "INSERT",
        "rounds_answer",
        f"{_STATE_OF} = 'draft' OR (NOT NEW.is_late AND {_STATE_OF} <> 'open')",
        "only an open round takes answers that are on time",
    ),
    "rounds_opened_after_seal": (
        "INSERT",
        "rounds_openedanswer",
        f"{_STATE_OF} <> 'sealed'",
        "answers open with the seal",
    ),
    "rounds_barriers_after_seal": (
        "INSERT",
        "rounds_openedbarrier",
        f"{_STATE_OF} <> 'sealed'",
        "answers open with the seal",
    ),
    "rounds_second_after_seal": (
        "INSERT",
        "rounds_secondanswer",
        f"{_STATE_OF} <> 'sealed'",
        "second answers follow the seal",
    ),
}

_SQLITE = """
CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN
    RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
_POSTGRES = "CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


Refusals = dict[str, tuple[str, str, str, str]]


def the_seal() -> RunPython:
    return refusing(_REFUSALS)


def without_the_seal() -> RunPython:
    """Before a table is made anew: SQLite drops its triggers with it."""
    return RunPython(_drop(_REFUSALS), _create(_REFUSALS))


def refusing(refusals: Refusals) -> RunPython:
    """A migration step after which the database refuses all of these."""
    return RunPython(_create(refusals), _drop(refusals))


def _create(refusals: Refusals) -> Callable[[Any, Any], None]:
    def create(apps: Any, schema_editor: Any) -> None:
        on_postgres = schema_editor.connection.vendor == "postgresql"
        for name, (moment, table, condition, words) in refusals.items():
            parts = {"name": name, "moment": moment, "table": table, "condition": condition, "words": words}
            for statement in (_FUNCTION, _POSTGRES) if on_postgres else (_SQLITE,):
                schema_editor.execute(statement.format(**parts))

    return create


def _drop(refusals: Refusals) -> Callable[[Any, Any], None]:
    def drop(apps: Any, schema_editor: Any) -> None:
        on_postgres = schema_editor.connection.vendor == "postgresql"
        for name, (_moment, table, *_rest) in refusals.items():
            schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if on_postgres else ""))
            if on_postgres:
                schema_editor.execute(f"DROP FUNCTION {name}()")

    return drop
