"""The role that the web process acts as on PostgreSQL: it owns no table, and row-level security binds it.

Decided in docs/decisions/2026-11-26-row-level-security.md. Migrations, the command line and copies go on as the owner.
"""

import os
from collections.abc import Iterator
from typing import Any

import click
from django.db import connection, transaction

ROLE = "coproduce_web"
# “off”: go on as the owner. “required”: do not start without the role.
SETTING = "COPRODUCE_DATABASE_ROLE"
OFF, REQUIRED = "off", "required"
_LOCK = 0x636F70726F  # any number, the same in every process that starts
# The one column that nobody reads from a table: `rounds_bodies` gives it out.
_CLOSED = ("rounds_answer", "ciphertext")
# What triggers refuse, rights refuse too. In pg_trigger.tgtype 8 is DELETE, 16 UPDATE and 32 TRUNCATE.
_REFUSED = """
SELECT DISTINCT c.relname, CASE right(t.tgname, 7) WHEN '_update' THEN 'UPDATE' ELSE 'DELETE' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace
  AND t.tgname IN (c.relname || '_no_update', c.relname || '_no_delete')
"""
_STANDING = """
SELECT r.rolsuper OR r.rolbypassrls, pg_has_role(current_user, r.oid, 'MEMBER'),
  EXISTS (SELECT FROM pg_class c WHERE c.relname = 'rounds_answer' AND c.relowner = r.oid)
FROM pg_roles r WHERE r.rolname = %s
"""
_OWNER = "SELECT pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class WHERE relname = 'rounds_answer'"


def take_it() -> None:
    """From now on, the connections of this process act as the role, where there is one."""
    wanted = os.environ.get(SETTING, "")
    if connection.vendor != "postgresql" or wanted == OFF or not _ask(_OWNER):
        # Before the first migration there is nothing to keep closed yet.
        return
    problem = next(what_is_missing(), "")
    if problem and wanted == REQUIRED:
        raise click.ClickException(problem)
    if problem:
        click.echo(f"Row-level security does not bind the web process. {problem}", err=True)
        return
    grant()
    connection.settings_dict["OPTIONS"]["assume_role"] = ROLE
    connection.close()


def what_is_missing() -> Iterator[str]:
    """Why the web process cannot act as the role, and what an administrator does."""
    found = _ask(_STANDING, ROLE)
    if not found:
        yield f"As an administrator of the database, run: CREATE ROLE {ROLE} NOLOGIN; GRANT {ROLE} TO {_user()};"
        return
    [(passes, is_member, is_owner)] = found
    if not is_member:
        yield f"As an administrator of the database, run: GRANT {ROLE} TO {_user()};"
    if passes or is_owner:
        yield f"The role {ROLE} must own no table, be no superuser and not bypass row-level security."


def grant() -> None:
    """Give the role what the web process needs, and no more; by the owner of the tables, at each start."""
    if not _owns_the_tables():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        for statement in _rights():
            cursor.execute(statement)


def _rights() -> Iterator[str]:
    [(schema,)] = _ask("SELECT quote_ident(current_schema())")
    table, closed = _CLOSED
    columns = _ask("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                   " AND NOT attisdropped AND attname <> %s", table, closed)  # fmt: skip
    yield f"GRANT USAGE ON SCHEMA {schema} TO {ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {ROLE}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {ROLE}"
    yield f"GRANT EXECUTE ON FUNCTION {schema}.rounds_bodies(uuid[]) TO {ROLE}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {ROLE}"
    for refused, verb in _ask(_REFUSED):
        yield f'REVOKE {verb}, TRUNCATE ON "{refused}" FROM {ROLE}'
    yield f"REVOKE SELECT ON {table} FROM {ROLE}"
    yield f"GRANT SELECT ({', '.join(name for (name,) in columns)}) ON {table} TO {ROLE}"


def _owns_the_tables() -> bool:
    return bool(_ask(_OWNER)[0][0])


def _user() -> str:
    return str(_ask("SELECT quote_ident(current_user)")[0][0])


def _ask(question: str, *about: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, about or None)
        return list(cursor.fetchall())
