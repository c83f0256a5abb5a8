"""`coproduce doctor`: is this installation sound? Settings are read back from the database, not from the files."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from coproduce.capabilities.drafting.queries import altered_operations
from coproduce.core.ledger.checking import entries_without_object, objects_without_entry, verify_database
from coproduce.core.tasks import given_up

from .sqlite_library import journal_mode
from .web_role import ROLE, what_is_missing

Answer = tuple[bool, str]

# What SQLite must answer so that an acknowledged write survives a power cut and erased words are gone.
_PRAGMAS: dict[str, tuple[object, str]] = {
    "synchronous": (2, "Each change is on the disk before it is acknowledged"),
    "foreign_keys": (1, "Links between rows are kept"),
    "secure_delete": (1, "Erased words are overwritten"),
}
# A seal opens all answers at once, and a person rates all themes, or ten barriers, at once.
UNDER_ONE_ENTRY = frozenset(
    {
        "rounds.openedanswer",
        "barriers.themerating",
        "barriers.barrierrating",
        # Many at the beginning of the reading, at an invitation of several seats, at the close.
        "rounds.turn",
        "rounds.invitation",
        "rounds.secondanswer",
    }
)
_POSTGRESQL = ("fsync", "full_page_writes", "synchronous_commit")


def doctor() -> Iterator[Answer]:
    """Each thing that was looked at: whether it is well, and a sentence about it."""
    try:
        yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
        yield from _version()
        yield from _ledger()
        yield from _texts()
        yield from _tasks()
    except DatabaseError as error:
        yield False, f"The database cannot be read: {error}. Run `coproduce serve` to make or update it."
    yield from _folder(Path(settings.COPRODUCE_HOME))


def _sqlite() -> Iterator[Answer]:
    yield True, f"SQLite {sqlite3.sqlite_version}."
    mode = str(_one("PRAGMA journal_mode")).upper()
    yield mode == journal_mode(), f"Its journal is {mode}; this version of SQLite calls for {journal_mode()}."
    for name, (wanted, words) in _PRAGMAS.items():
        found = _one(f"PRAGMA {name}")
        yield found == wanted, f"{words}: {name} is {found}."
    found = _one("PRAGMA integrity_check(1)")
    yield found == "ok", f"The pages of the database: {found}."


def _postgresql() -> Iterator[Answer]:
    yield True, f"PostgreSQL {_one('SHOW server_version')}."
    for name in _POSTGRESQL:
        found = _one(f"SHOW {name}")
        yield found != "off", f"{name} is {found}."
    missing = next(what_is_missing(), "")
    yield not missing, missing or f"The web process acts as {ROLE}, which row-level security binds."


def _version() -> Iterator[Answer]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = f"{len(pending)} changes to the database wait. Run `coproduce serve`."
    yield not pending, words if pending else "The database fits this version."


def _ledger() -> Iterator[Answer]:
    checked = verify_database()
    counted = f"The ledger is whole: {checked.entries} entries in {checked.chains} chains."
    yield checked.whole, counted if checked.whole else f"The ledger is broken. {checked.wrong[0]}"
    without = objects_without_entry(together=UNDER_ONE_ENTRY)
    yield not without, f"Objects that no entry speaks of: {without[0] if without else 'none'}."
    lost = entries_without_object()
    # An operation may remove on purpose, such as an access need; that is a note and not a fault.
    yield True, f"Entries whose object is no longer there: {len(lost)}."


def _texts() -> Iterator[Answer]:
    altered = altered_operations()
    yield not altered, altered[0] + "." if altered else "Every operation of the texts is as it was written."


def _tasks() -> Iterator[Answer]:
    failed = given_up()
    yield not failed, f"Tasks that failed to the last try: {'; '.join(failed) if failed else 'none'}."


def _folder(home: Path) -> Iterator[Answer]:
    for file in sorted(home.glob("*.key")):
        private = not file.stat().st_mode & 0o077
        words = "can be read by its owner only" if private else f"can be read by others: run chmod 600 {file}"
        yield private, f"The key {file.name} {words}."
    copies = sorted((home / "backups").glob("coproduce-*"))
    newest = f"the newest is {copies[-1].name}" if copies else "run `coproduce backup`"
    yield True, f"Checked copies: {len(copies)}; {newest}."


def _one(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
