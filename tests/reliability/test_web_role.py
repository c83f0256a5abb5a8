"""On PostgreSQL the web process acts as a role that owns nothing: every page still works, and so does a real server."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from coproduce.config import web_role
from tests.permissions import grid
from tests.permissions.test_grid import ROWS, visit
from tests.permissions.world import World, make_world
from tests.support import databases, servers

from .storm import Post, Storm, fields_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(databases.kind() != "postgresql", reason="SQLite has no roles"),
]


@pytest.fixture
def as_web_process(transactional_db: None) -> Iterator[None]:
    web_role.take_it()
    yield
    del connection.settings_dict["OPTIONS"]["assume_role"]
    connection.close()


def test_every_address_works_for_the_role_of_the_web_process(as_web_process: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (web_role.ROLE,)
    faults = [fault for row in ROWS for fault in _visited(row, make_world())]
    assert not faults, "\n".join(["", *faults])


def _visited(row: grid.Row, world: World) -> list[str]:
    roles = sorted(row.may - {grid.ANONYMOUS}) or [grid.FACILITATOR]
    return visit(row, roles[0], row.kwargs(world), world)


@pytest.fixture
def owner() -> Iterator[str]:
    """The address of a database whose owner is no superuser, but may act as the web process."""
    name, password = f"owner_{os.getpid()}", secrets.token_hex(8)
    where = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as talk:
        if not talk.execute("SELECT FROM pg_roles WHERE rolname = 'coproduce_web'").fetchone():
            talk.execute("CREATE ROLE coproduce_web NOLOGIN")
        talk.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{password}'")  # type: ignore[call-overload]
        talk.execute(f"GRANT coproduce_web TO {name}")  # type: ignore[call-overload]
        talk.execute(f"CREATE DATABASE {name} OWNER {name}")  # type: ignore[call-overload]
        yield f"postgresql://{name}:{password}@{where.hostname}:{where.port}/{name}"
        talk.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
        talk.execute(f"DROP ROLE {name}")  # type: ignore[call-overload]


def test_a_server_whose_login_owns_the_tables_serves_as_the_role(owner: str, tmp_path: Path) -> None:
    extra = {"DATABASE_URL": owner, "COPRODUCE_DATABASE_ROLE": "required"}
    server = servers.start("serve", tmp_path / "home", **extra)
    try:
        hall = servers.run_beside(server, "tests.reliability.round_of_200", **extra)
        values = fields_of(server.url, hall["path"], hall["sessions"][0], "A bus that waits.")
        posts = [Post(hall["path"], session, values) for session in hall["sessions"][:20]]
        storm = Storm(server.url, posts).all_at_once()
        assert len(storm.acknowledged) == len(posts)
        judged = servers.run_beside(server, "tests.reliability.judge", sorted(storm.acknowledged), **extra)
        assert (judged["missing"], judged["answers"], judged["ledger_faults"]) == ([], len(posts), [])
        _assert_bound(owner)
        _assert_whole_copy(server, owner, extra)
    finally:
        server.stop()


def _assert_bound(owner: str) -> None:
    """Row-level security binds the owner's own connection, too; the twin in the rounds' tests shows the guard off."""
    with psycopg.connect(owner) as talk:
        [(opened,)] = talk.execute(
            "SELECT count(*) FROM rounds_bodies(ARRAY(SELECT id FROM rounds_answer))"
        ).fetchall()
        assert opened == 0
        talk.execute("SET LOCAL ROLE coproduce_web")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            talk.execute("SELECT ciphertext FROM rounds_answer")


def _assert_whole_copy(server: servers.Server, owner: str, extra: dict[str, str]) -> None:
    """A copy holds every answer, though its maker is no superuser."""
    import subprocess

    done = subprocess.run(
        servers.command("backup", "--home", str(server.home)), env=servers.environment(**extra), text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [copy] = (server.home / "backups").glob("*.dump")
    listed = subprocess.run(
        ["pg_restore", "--data-only", "--table=rounds_answer", "--file=-", str(copy)], text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    rows = listed.stdout.partition("FROM stdin;\n")[2].partition("\n\\.")[0].splitlines()
    with psycopg.connect(owner) as talk:
        [(there,)] = talk.execute("SELECT count(*) FROM rounds_answer").fetchall()
    assert len(rows) == there > 0
