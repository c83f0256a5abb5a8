"""Row-level security, on PostgreSQL: what the database itself lets the web process see and write of a round.

It is about time and authorship. Who belongs to a project is kept by the access doors, not here.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.migrations import RunPython

ROLE = "coproduce_web"

# Made where the connecting user may; otherwise docs/how-to/run.md says what an administrator does.
_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')
    AND (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
  THEN
    CREATE ROLE {role} NOLOGIN;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE 'GRANT {role} TO ' || quote_ident(current_user);
    END IF;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_FUNCTIONS = {
    "rounds_words_are_open(of_round uuid, of_answer uuid)": """RETURNS boolean
LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
  SELECT state IN ('discussion', 'second answer', 'closed') OR (state = 'sealed' AND NOT in_turns)
    OR (state = 'reading' AND EXISTS (SELECT 1 FROM {schema}.rounds_turn t
      WHERE t.answer_id = of_answer AND t.round_id = of_round AND t.state IN ('shown', 'read')))
  FROM {schema}.rounds_round WHERE id = of_round
$$""",
    "rounds_seconds_are_open(of_round uuid)": """RETURNS boolean
LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
  SELECT state = 'closed' OR (state = 'sealed' AND NOT in_turns) FROM {schema}.rounds_round WHERE id = of_round
$$""",
    "rounds_takes(of_round uuid, of_part smallint, late boolean)": """RETURNS boolean
LANGUAGE sql STABLE SET search_path = {schema}, pg_temp AS $$
  SELECT (of_part = 1 AND (state = 'open' OR (late AND state <> 'draft')))
    OR (of_part = 2 AND state = 'second answer')
  FROM {schema}.rounds_round WHERE id = of_round
$$""",
    # The column of the bodies is closed to the web process; this gives them out by its own rule.
    "rounds_bodies(wanted uuid[])": """RETURNS TABLE (id uuid, ciphertext bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
  SELECT a.id, a.ciphertext
  FROM {schema}.rounds_answer a
  JOIN {schema}.rounds_invitation i ON i.id = a.invitation_id
  JOIN {schema}.rounds_round r ON r.id = a.round_id
  WHERE a.id = ANY (wanted) AND (
    i.person_id::text = current_setting('app.person', true)
    OR (r.id::text = current_setting('app.sealing', true) AND (
      (a.part = 1 AND r.state NOT IN ('draft', 'open')) OR (a.part = 2 AND r.state = 'closed')))
  )
$$""",
}
_IN_ANOTHERS_NAME = """EXISTS (SELECT 1 FROM {schema}.rounds_invitation i
  WHERE i.id = rounds_answer.invitation_id AND i.round_id = rounds_answer.round_id
  AND COALESCE(rounds_answer.entered_by_id, i.person_id)::text = current_setting('app.person', true))"""
_BARRIERS_ANSWER = """EXISTS (SELECT 1 FROM {schema}.rounds_openedanswer o
  WHERE o.id = rounds_openedbarrier.opened_id AND o.round_id = rounds_openedbarrier.round_id)"""
# table: (who may read a row, who may add one). Without a policy for UPDATE and DELETE, both are refused.
_POLICIES = {
    # Everything but the bodies: how many answers there are, and their commitments.
    "rounds_answer": (
        "true", "{schema}.rounds_takes(round_id, part, is_late) AND " + _IN_ANOTHERS_NAME,
    ),
    "rounds_openedanswer": ("{schema}.rounds_words_are_open(round_id, answer_id)",) * 2,
    # Through the answer that it stands in, which is under its own policy.
    "rounds_openedbarrier": (_BARRIERS_ANSWER,) * 2,
    "rounds_secondanswer": ("{schema}.rounds_seconds_are_open(round_id)",) * 2,
}  # fmt: skip


def row_level_security() -> RunPython:
    """Nothing on SQLite, which has only the triggers."""
    return RunPython(_doing(_on), _doing(_off))


def _doing(statements: Callable[[str], Iterator[str]]) -> Callable[[Any, Any], None]:
    def do(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            [schema] = cursor.fetchone()
        for statement in statements(schema):
            schema_editor.execute(statement)

    return do


def _on(schema: str) -> Iterator[str]:
    yield _ROLE.format(role=ROLE)
    for heading, body in _FUNCTIONS.items():
        yield f"CREATE FUNCTION {schema}.{heading} {body.format(schema=schema)}"
    yield f"REVOKE EXECUTE ON FUNCTION {schema}.rounds_bodies(uuid[]) FROM PUBLIC"
    for table, (reads, adds) in _POLICIES.items():
        yield f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({reads.format(schema=schema)})"
        yield f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({adds.format(schema=schema)})"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"


def _off(schema: str) -> Iterator[str]:
    for table in _POLICIES:
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
        yield f"DROP POLICY {table}_read ON {table}"
        yield f"DROP POLICY {table}_add ON {table}"
    for heading in _FUNCTIONS:
        yield f"DROP FUNCTION {schema}.{heading.partition('(')[0]}"
