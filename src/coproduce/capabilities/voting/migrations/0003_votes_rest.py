"""After the close no vote, no voter and no figure of the close can change: the database itself refuses it."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

_WHY = "this ballot is closed"
_CLOSED = "EXISTS (SELECT 1 FROM voting_ballot WHERE id = {ballot} AND state = 'closed')"
_BALLOT_OF_VOTE = "(SELECT ballot_id FROM voting_voter WHERE id = {row}.voter_id)"
# The ballot itself is guarded apart: the change that closes it is the last one that may set these.
_FIXED = ("state", "closed_at", "votes_at_close", "people_at_close", "digest")
_MOVED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _FIXED)
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_BALLOT_OF = {"voting_vote": _BALLOT_OF_VOTE, "voting_voter": "{row}.ballot_id"}


def _guards() -> Iterator[tuple[str, str, str, str]]:
    """Name, table, verb, and when it is refused."""
    for table, ballot in _BALLOT_OF.items():
        for verb, rows in _ROWS.items():
            refused = " OR ".join(_CLOSED.format(ballot=ballot.format(row=row)) for row in rows)
            yield f"{table}_rests_{verb.lower()}", table, verb, refused
    yield "voting_ballot_rests_update", "voting_ballot", "UPDATE", f"OLD.state = 'closed' AND ({_MOVED})"
    yield "voting_ballot_rests_delete", "voting_ballot", "DELETE", "OLD.state = 'closed'"


def _sqlite(name: str, table: str, verb: str, refused: str) -> str:
    refused = refused.replace("IS DISTINCT FROM", "IS NOT")
    return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{_WHY}'); END"


def _postgres(name: str, table: str, verb: str, refused: str) -> str:
    row = "OLD" if verb == "DELETE" else "NEW"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {refused} THEN RAISE EXCEPTION '{_WHY}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def _create(apps: Any, schema_editor: Any) -> None:
    written = _postgres if schema_editor.connection.vendor == "postgresql" else _sqlite
    for guard in _guards():
        schema_editor.execute(written(*guard))


def _drop(apps: Any, schema_editor: Any) -> None:
    for name, table, *_ in _guards():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("voting", "0002_words_stay")]

    operations = [migrations.RunPython(_create, _drop)]
