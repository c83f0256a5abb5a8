"""The task worker: looks some times a minute whether work is due, beside the pages or in a process of its own."""

import logging
import os
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections

from coproduce.core.tasks import run_due

# “off”: another process has the worker.
SETTING = "COPRODUCE_WORKER"
OFF = "off"
_log = logging.getLogger(__name__)


def seconds() -> float:
    return float(os.environ.get("COPRODUCE_WORKER_SECONDS", "20"))


class Worker(threading.Thread):
    """Dies with its process at any moment: what it was doing is taken up again when its lease has run out."""

    def __init__(self, pause: float | None = None) -> None:
        super().__init__(name="task-worker", daemon=True)
        self._pause = seconds() if pause is None else pause
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(self._pause):
            look()
        connections.close_all()

    def stop(self) -> None:
        self._stopped.set()


def look() -> None:
    """One look; a database that is away for a while ends nothing."""
    close_old_connections()
    try:
        run_due()
    except Exception as trouble:
        _log.warning("The task worker could not look: %s", type(trouble).__name__)


def start() -> Worker | None:
    """Beside the pages of this process, unless another process has it."""
    if os.environ.get(SETTING) == OFF:
        return None
    worker = Worker()
    worker.start()
    return worker


def run_alone(say: Callable[[str], None]) -> None:
    """Only the worker, until stopped."""
    say("The task worker is at work  (stop with Ctrl+C)")
    worker = Worker()
    worker.start()
    try:
        worker.join()
    except KeyboardInterrupt:
        worker.stop()
