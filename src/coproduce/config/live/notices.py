"""Between processes: PostgreSQL carries each announcement as one notice of a topic and its number.

A notice that was sent while nobody listened is gone. The listener asks the database nothing when it is back: it lets
the hub forget all numbers, and the pages then ask for their state as they do after any loss.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from .hub import Hub

CHANNEL = "coproduce_live"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
_log = logging.getLogger(__name__)


def is_postgresql() -> bool:
    return bool(connection.vendor == "postgresql")


def notify(topic: str, seq: int) -> None:
    """The transport of a web process: every process that listens hears of it, this one too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{seq} {topic}"])


class Listener(threading.Thread):
    """Feeds a hub with what other processes announce, on a connection of its own, for as long as the process runs."""

    def __init__(self, hub: Hub) -> None:
        super().__init__(name="live-notices", daemon=True)
        self._hub, self._stopped = hub, threading.Event()
        self.has_begun = threading.Event()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stopped.wait(0):
            try:
                self._listen()
            except psycopg.Error as error:
                _log.warning("The listener has no line to the database: %s", type(error).__name__)
            pause = FIRST_PAUSE if self.has_begun.wait(0) else min(pause * 2, LONGEST_PAUSE)
            self.has_begun.clear()
            self._stopped.wait(pause)

    def stop(self) -> None:
        self._stopped.set()

    def _listen(self) -> None:
        with psycopg.connect(**_address(), autocommit=True) as line:
            line.execute(f"LISTEN {CHANNEL}")
            self._hub.forget()
            self.has_begun.set()
            while not self._stopped.wait(0):
                for notice in line.notifies(timeout=1):
                    self._heard(notice.payload)

    def _heard(self, payload: str) -> None:
        seq, _space, topic = payload.partition(" ")
        if topic and seq.isdecimal():
            self._hub.publish(topic, int(seq))


def _address() -> dict[str, Any]:
    """Of the same database; a line that was cut without a word is noticed within a minute."""
    given = settings.DATABASES["default"]
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    quick: dict[str, Callable[[], int] | int] = {
        "keepalives_idle": 20,
        "keepalives_interval": 10,
        "keepalives_count": 3,
    }
    return {**{name: given[key] or None for name, key in names.items()}, "connect_timeout": 5, **quick}
