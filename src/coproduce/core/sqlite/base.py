"""Django's SQLite backend, with writers taking turns by a file lock.

SQLite's own waiting starves some writers for seconds; a lock taken first is fair and keeps checkpoints
and writers apart as well.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # Windows has no flock: SQLite's own waiting remains
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: Any = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def close(self) -> None:
        super().close()
        if not self.in_atomic_block:
            self._end_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if fcntl is None or self._turn is not None or ":memory:" in name or "mode=memory" in name:
            return
        # Held open until the transaction ends, so no context manager.
        turn = Path(f"{name}.turn").open("ab")  # noqa: SIM115
        fcntl.flock(turn, fcntl.LOCK_EX)
        self._turn = turn

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.close()
