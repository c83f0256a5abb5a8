"""Which SQLite runs: versions 3.7.0 to 3.51.2 can corrupt a write-ahead log (fixed in 3.51.3)."""

import sys


def use_safe_sqlite() -> None:
    """Put pysqlite3's newer SQLite in the place of the system's, before Django loads its backend."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def journal_mode() -> str:
    """WAL where SQLite is sound, DELETE where it has the write-ahead log fault."""
    import sqlite3

    return "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
