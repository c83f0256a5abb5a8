"""Copies and the health check, on a real file database."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

MAKE = """
from tests.permissions.world import make_world
from django.core.management import call_command
call_command("migrate", verbosity=0)
make_world()
"""
# Told before each program; `heads()` is what a restore must bring back.
TOOLS = """
from coproduce.core.models import Chain
def heads(): return sorted(Chain.objects.values_list("name", "length", "head"))
"""
REMOVE_ENTRY = (
    "PRAGMA foreign_keys=OFF; DROP TRIGGER core_entry_no_delete; DELETE FROM core_entry WHERE seq = 2"
)
LATER = """
from coproduce.capabilities.accounts.operations import add_command_line
from coproduce.capabilities.projects import operations
operations.start_project(by=add_command_line(), title="Later", summary="After the copy.")
"""


def run(home: Path, program: str, *, fails: bool = False) -> str:
    """In its own process, as the command line does, with `backup`, `health` and `home` at hand."""
    start = (
        "import django; django.setup()\n"
        "from pathlib import Path; from coproduce.config import backup, health\n"
        f"home = Path({str(home)!r})\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"COPRODUCE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "coproduce.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", start + TOOLS + program], env=environment, capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[4],
    )  # fmt: skip
    assert bool(done.returncode) == fails, done.stderr
    return (done.stderr if fails else done.stdout).strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    run(made, MAKE)
    return made


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A home of this test alone."""
    with closing(sqlite3.connect(home / "coproduce.sqlite3")) as database:
        database.execute("VACUUM INTO ?", (str(tmp_path / "coproduce.sqlite3"),))
    return tmp_path


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.executescript(sql)


def test_I09_a_restored_copy_has_the_same_heads(own_home: Path) -> None:
    said = run(
        own_home,
        f"""
before, copy = heads(), backup.backup(home)
{LATER}
later = heads()
kept = backup.restore(copy, home)
print(before != later, before == heads(), kept != copy and kept.exists())
""",
    )
    assert said == "True True True"


def test_a_copy_is_readable_by_its_owner_only_and_its_name_tells_only_the_time(own_home: Path) -> None:
    copy = Path(run(own_home, "print(backup.backup(home))"))
    assert copy.stat().st_mode & 0o077 == 0
    assert copy.parent.stat().st_mode & 0o077 == 0
    assert set(copy.stem.removeprefix("coproduce-")) <= set("0123456789TZ.")


def test_a_ledger_that_was_tampered_with_is_not_copied(own_home: Path) -> None:
    change(
        own_home / "coproduce.sqlite3",
        "DROP TRIGGER core_entry_no_update; UPDATE core_entry SET verb = 'projects.forget' WHERE seq = 2;",
    )
    said = run(own_home, "backup.backup(home)", fails=True)
    assert "Entry 2 of" in said
    assert list((own_home / "backups").iterdir()) == []


def test_a_damaged_file_is_not_restored(own_home: Path) -> None:
    said = run(
        own_home,
        """
before, copy = heads(), backup.backup(home)
copy.write_bytes(copy.read_bytes()[:-20_000])
try: backup.restore(copy, home)
except backup.BackupRefused as refused: print(refused)
print(before == heads())
""",
    )
    assert "is not a sound copy" in said
    assert said.endswith("True")


def test_another_database_is_not_restored(own_home: Path) -> None:
    change(own_home / "other.sqlite3", "CREATE TABLE notes (words)")
    said = run(own_home, "backup.restore(home / 'other.sqlite3', home)", fails=True)
    assert "no ledger of Coproduce" in said


def test_a_restore_helps_when_todays_database_is_broken(own_home: Path) -> None:
    said = run(
        own_home,
        f"""
before, copy = heads(), backup.backup(home)
from django.db import connection
for sql in {REMOVE_ENTRY!r}.split(";"): connection.cursor().execute(sql)
backup.restore(copy, home)
print(before == heads(), [file.suffix for file in sorted(home.glob("backups/broken-*"))][0])
""",
    )
    assert said == "True .sqlite3"


def test_the_doctor_finds_a_sound_installation_well(home: Path) -> None:
    said = run(home, "for answer in health.doctor(): print(*answer)")
    assert "False" not in said
    assert "The ledger is whole" in said


def test_the_doctor_names_what_is_wrong(own_home: Path) -> None:
    change(
        own_home / "coproduce.sqlite3",
        REMOVE_ENTRY,
    )
    said = run(own_home, "for answer in health.doctor(): print(*answer)")
    assert "False The ledger is broken. Entry 2 of" in said


def test_the_doctor_says_what_to_do_when_there_is_no_database(tmp_path: Path) -> None:
    assert "Run `coproduce serve`" in run(tmp_path, "for answer in health.doctor(): print(*answer)")


def test_two_copies_at_the_same_moment_are_two_copies(own_home: Path) -> None:
    said = run(
        own_home,
        """
from datetime import UTC, datetime
from coproduce.core import clock
with clock.at(datetime(2025, 10, 15, tzinfo=UTC)):
    print(backup.backup(home) != backup.backup(home), len(list(home.glob("backups/*"))))
""",
    )
    assert said == "True 2"


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_a_copy_is_made_and_read_back_by_its_own_tools(tmp_path: Path) -> None:
    from django.db import connection

    from coproduce.config.backup import BackupRefused, backup, restore

    if connection.vendor != "postgresql":
        pytest.skip("this is about PostgreSQL")
    copy = backup(tmp_path)
    assert copy.suffix == ".dump"
    assert copy.stat().st_size > 10_000
    with pytest.raises(BackupRefused, match="pg_restore"):
        restore(copy, tmp_path)
