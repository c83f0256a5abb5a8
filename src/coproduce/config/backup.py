"""A copy of the database that was read back before it counts, the way back from it, and a health check."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

import click
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from coproduce.core import clock
from coproduce.core.ledger.checking import verify_database

_FOLDER = "backups"
_COPY = "copy_to_check"


class BackupRefused(click.ClickException):
    """No copy can be made or used; the message says why and what to do."""


def backup(home: Path) -> Path:
    """A dated copy in the data folder, checked to the last entry of the ledger. Its name tells only the time."""
    folder = home / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind, write = ("sqlite3", _copy_sqlite) if connection.vendor == "sqlite" else ("dump", _dump_postgresql)
    return _finished(_unused(folder, kind), write)


def restore(file: Path, home: Path) -> Path | None:
    """Put a copy in the place of today's database; gives back the copy that was made of today's, if one could be."""
    if connection.vendor != "sqlite":
        raise BackupRefused(
            "On PostgreSQL, restore with: pg_restore --clean --if-exists --dbname=… " + file.name
        )
    _check_sqlite(file)
    connection.close()
    kept = _keep_todays(home)
    # In place and in one transaction: whoever has the database open sees the old state or the new.
    with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(_database())) as todays:
        copy.backup(todays)
    _check_sqlite(_database())
    return kept


def _unused(folder: Path, kind: str) -> Path:
    """A clock that stands still, as in the demo, must not make one copy take the place of another."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S.%fZ")
    places = (
        folder / f"coproduce-{stamp}{again}.{kind}" for again in chain([""], map(".{}".format, count(2)))
    )
    return next(place for place in places if not place.exists())


def _finished(target: Path, write: Callable[[Path], None]) -> Path:
    half = target.with_name(f".{target.name}.part")
    try:
        write(half)
        half.chmod(0o600)
        with half.open("rb+") as done:
            os.fsync(done.fileno())
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)
    return target


def _copy_sqlite(target: Path) -> None:
    try:
        with closing(sqlite3.connect(_database())) as database:
            database.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise BackupRefused(f"The database could not be copied: {error}.") from None
    _check_sqlite(target)


def _check_sqlite(file: Path) -> None:
    """The pages hold together, and the ledger is whole to its last entry."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
            broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise BackupRefused(f"{file.name} is not a sound copy: {error}.") from None
    if found != ["ok"] or broken:
        raise BackupRefused(f"{file.name} is not a sound copy: {broken or found[0]}.")
    with _opened(file):
        _refuse_a_broken_ledger(_COPY)


def _refuse_a_broken_ledger(using: str) -> None:
    try:
        checked = verify_database(using=using)
    except DatabaseError:
        raise BackupRefused("The copy holds no ledger of Coproduce.") from None
    if not checked.whole:
        raise BackupRefused(f"The ledger is broken, and so would be its copy. {checked.wrong[0]}")


@contextmanager
def _opened(file: Path) -> Iterator[None]:
    connections.databases[_COPY] = {**connections.databases[DEFAULT_DB_ALIAS], "NAME": str(file)}
    try:
        yield
    finally:
        connections[_COPY].close()
        del connections[_COPY]
        del connections.databases[_COPY]


def _keep_todays(home: Path) -> Path | None:
    """Today's database beside the copy, also when it is too broken to be copied properly."""
    try:
        return backup(home)
    except BackupRefused:
        stamp = clock.now().strftime("%Y%m%dT%H%M%S.%fZ")
        for part in ("", "-wal", "-shm"):
            old = Path(f"{_database()}{part}")
            if old.exists():
                shutil.copy2(old, home / _FOLDER / f"broken-{stamp}.sqlite3{part}")
        return None


def _dump_postgresql(target: Path) -> None:
    _refuse_a_broken_ledger(DEFAULT_DB_ALIAS)
    if not shutil.which("pg_dump"):
        raise BackupRefused(
            "A copy of PostgreSQL needs pg_dump, which is not on this machine. Install the package postgresql-client."
        )
    about = connection.settings_dict
    address = {"PGHOST": about["HOST"], "PGPORT": about["PORT"], "PGUSER": about["USER"],
               "PGPASSWORD": about["PASSWORD"], "PGDATABASE": about["NAME"]}  # fmt: skip
    environment = os.environ | {name: str(value) for name, value in address.items() if value}
    for command in (
        # Row-level security binds the owner, too; every row that is there is open to its policies.
        ["pg_dump", "--enable-row-security", "--format=custom", f"--file={target}"],
        ["pg_restore", "--list", str(target)],
    ):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BackupRefused(f"{command[0]} could not make the copy: {done.stderr.strip()}")


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
