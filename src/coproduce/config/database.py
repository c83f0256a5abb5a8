"""The database: SQLite in the data folder, or PostgreSQL by DATABASE_URL. Why each option: docs/architecture.md."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .sqlite_library import journal_mode


def database_settings(url: str, home: Path) -> dict[str, Any]:
    return _postgresql(url) if url.startswith(("postgres://", "postgresql://")) else _sqlite(url, home)


def _sqlite(url: str, home: Path) -> dict[str, Any]:
    name = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else str(home / "coproduce.sqlite3")
    pragmas = (
        f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"
    )
    return {
        "ENGINE": "coproduce.core.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
        "TEST": {"NAME": None},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Client-side binding would put the words of a refused INSERT into the server's log.
        "OPTIONS": {"server_side_binding": True},
    }
