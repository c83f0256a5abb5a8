"""Which database a run uses: SQLite in a file, or a PostgreSQL cluster that the run starts itself."""

import os
from pathlib import Path

import pytest

from . import postgres
from .clearing import let_tests_clear_append_only_tables
from .run_folder import is_worker, make_run_folder, run_folder

KIND = "COPRODUCE_TEST_DATABASE"
TOUCHING = {"db", "transactional_db", "live_server", "any_database", "postgres_cluster"}


def kind() -> str:
    return os.environ.get(KIND, "sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real browser; left out of the quick run")
    config.addinivalue_line("markers", "slow: takes more than a few seconds; left out of the quick run")
    if not is_worker(config):
        make_run_folder(config)
        _choose_database(config)
    _choose_home(getattr(config, "workerinput", {}).get("workerid", "home"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    _set_up_django()


def _choose_database(config: pytest.Config) -> None:
    """The workers start later and inherit the choice."""
    if kind() == "sqlite":
        os.environ.pop("DATABASE_URL", None)
    elif kind() == "postgresql":
        cluster = postgres.start(run_folder() / "postgresql")
        config.add_cleanup(cluster.stop)
        os.environ["DATABASE_URL"] = cluster.create("coproduce")
    else:
        raise pytest.UsageError(f"{KIND} is sqlite or postgresql, not {kind()!r}.")


def _choose_home(name: str) -> None:
    """Each worker has a data folder of its own: its keys, its uploads, its demo."""
    home = run_folder() / name
    (home / "static").mkdir(parents=True)
    os.environ["COPRODUCE_HOME"] = str(home)


def _set_up_django() -> None:
    import django
    from django.conf import settings

    database = settings.DATABASES["default"]
    if kind() == "sqlite":
        # In a file, not in memory: threads and servers must see what the test sees.
        database.setdefault("TEST", {})["NAME"] = str(run_folder() / "test.sqlite3")
    django.setup()
    # The workers must choose their own folder before they read the settings.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    let_tests_clear_append_only_tables()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database runs: the rest has been shown on SQLite."""
    if kind() != "postgresql":
        return
    kept = [item for item in items if _touches_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & TOUCHING)


@pytest.fixture(scope="session")
def any_database() -> "EmptyDatabases":
    """Makes empty databases of the run's kind, for servers that run beside the tests."""
    return EmptyDatabases()


class EmptyDatabases:
    """`create(name)` gives the DATABASE_URL of a new database, or none for SQLite in the home folder."""

    def create(self, name: str) -> str | None:
        if kind() == "sqlite":
            return None
        import psycopg

        address = os.environ["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        return address.rsplit("/", 1)[0] + "/" + name


def files_of(home: Path) -> list[Path]:
    """Every file under a home folder, for tests that look into the bytes."""
    return [path for path in home.rglob("*") if path.is_file()]
