"""Beside the pages, in the same process: whatever changed is measured again within a minute."""

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

_EVERY = 15.0
# So many in a row; then the pages have their turn.
_AT_ONCE = 100
_log = logging.getLogger(__name__)


def start() -> threading.Thread:
    """A thread that ends with the process."""
    thread = threading.Thread(target=_keep, args=(threading.Event(),), name="measuring", daemon=True)
    thread.start()
    return thread


def once() -> int:
    """Measure what has changed; gives how many projects that were."""
    from coproduce.capabilities.charter.operations import renew_changed

    close_old_connections()
    try:
        return renew_changed(_AT_ONCE)
    finally:
        connection.close()


def _keep(stop: threading.Event) -> None:
    more = False
    while not stop.wait(1.0 if more else _EVERY):
        try:
            more = once() == _AT_ONCE
        except DatabaseError as fault:
            # Its kind only: a server's own words can hold what people wrote.
            _log.warning("Not measured: %s", type(fault).__name__)
            more = False
