"""The databases under the tests are real ones, with the settings that keep what was acknowledged."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from coproduce.capabilities.accounts.operations import add_person
from coproduce.core.models import Entry
from tests.support import databases, postgres

pytestmark = pytest.mark.django_db

sqlite_only = pytest.mark.skipif(databases.kind() != "sqlite", reason="about SQLite")
postgresql_only = pytest.mark.skipif(databases.kind() != "postgresql", reason="about PostgreSQL")


def _ask(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@sqlite_only
@pytest.mark.parametrize("pragma,expected", [
    ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0),
])  # fmt: skip
def test_sqlite_keeps_what_it_acknowledged(pragma: str, expected: int) -> None:
    assert _ask(f"PRAGMA {pragma}") == expected


@sqlite_only
def test_sqlite_has_no_write_ahead_log_where_its_version_can_corrupt_it() -> None:
    version = tuple(map(int, str(_ask("SELECT sqlite_version()")).split(".")))
    assert _ask("PRAGMA journal_mode") == ("wal" if version >= (3, 51, 3) else "delete")


@sqlite_only
def test_sqlite_is_a_file_that_others_can_open() -> None:
    assert Path(connection.settings_dict["NAME"]).is_file()


@postgresql_only
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit", "data_checksums"])
def test_postgresql_keeps_what_it_acknowledged(setting: str) -> None:
    assert _ask(f"SHOW {setting}") == "on"


@postgresql_only
def test_postgresql_binds_on_the_server_so_that_its_log_holds_no_words() -> None:
    assert connection.settings_dict["OPTIONS"]["server_side_binding"] is True


@postgresql_only
def test_the_cluster_is_our_own(tmp_path: Path) -> None:
    assert "coproduce-test-" in _ask("SHOW data_directory")
    assert postgres.programs().is_dir()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_tests_that_commit_find_the_ledger_empty_and_guarded(time: str) -> None:
    assert not Entry.objects.exists()
    add_person(by=None, name=f"Ada the {time}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.exists()
