"""The server is killed in the middle of two hundred answers. What it acknowledged is there, once and whole."""

import os
import random
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support import databases, servers
from tests.support.databases import EmptyDatabases
from tests.support.servers import Server

from .storm import Post, Storm, fields_of

KILLS = int(os.environ.get("COPRODUCE_TEST_KILLS", "20"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.usefixtures("any_database"),
]


@dataclass
class Hall:
    """A server, its data, and two hundred people in front of it."""

    server: Server
    extra: dict[str, str]
    path: str
    sessions: list[str]
    values: dict[str, str] = field(default_factory=dict)

    def posts(self) -> list[Post]:
        return [Post(self.path, session, self.values) for session in self.sessions]

    def restart(self) -> None:
        self.server = servers.start("serve", self.server.home, **self.extra)

    def judged(self, keys: set[str]) -> Any:
        return servers.run_beside(self.server, "tests.reliability.judge", sorted(keys), **self.extra)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, any_database: EmptyDatabases) -> Iterator[Hall]:
    address = any_database.create(f"hall_{os.getpid()}")
    extra = {"DATABASE_URL": address} if address else {}
    server = servers.start("serve", tmp_path_factory.mktemp("hall") / "home", **extra)
    prepared = servers.run_beside(server, "tests.reliability.round_of_200", **extra)
    there = Hall(server, extra, prepared["path"], prepared["sessions"])
    there.values = fields_of(
        server.url, there.path, there.sessions[0], "It is hard to get there without a bus."
    )
    yield there
    there.server.stop(signal.SIGKILL)


def test_the_same_post_sent_five_times_writes_once(hall: Hall) -> None:
    before = hall.judged(set())["answers"]
    post = hall.posts()[0]
    at_once = Storm(hall.server.url, [post] * 5).begin()
    for thread in at_once:
        thread.join()
    statuses = [post.send(hall.server.url) for _ in range(5)]
    after = hall.judged({post.key})
    assert statuses == [302] * 5
    assert (after["answers"], after["missing"]) == (before + 1, [])


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(hall: Hall) -> None:
    chance, acknowledged, kept_again = random.Random(20), set[str](), 0
    for _ in range(KILLS):
        storm = Storm(hall.server.url, hall.posts())
        threads = storm.begin()
        storm.wait_for(chance.randrange(20, 160))
        hall.server.stop(signal.SIGKILL)
        for thread in threads:
            thread.join()
        assert not storm.refused
        hall.restart()
        again = Storm(hall.server.url, storm.unanswered).all_at_once()
        assert not again.refused
        assert not again.unanswered
        kept_again += len(storm.unanswered)
        acknowledged |= storm.acknowledged | again.acknowledged
    assert kept_again, "no kill came in the middle"
    assert len(acknowledged) == KILLS * len(hall.sessions)
    assert_whole(hall.judged(acknowledged))


def assert_whole(found: Any) -> None:
    assert found["missing"] == []
    assert found["answers"] == found["entries"] == found["things_told"]
    assert found["answers_without_entry"] == found["entries_without_answer"] == 0
    assert found["ledger_faults"] == []
    assert found["elsewhere"] == []


@pytest.mark.skipif(databases.kind() != "sqlite", reason="damages a copy of the file")
@pytest.mark.parametrize("damage", ["rounds_answer", "core_entry"])
def test_the_judge_finds_what_is_lost(hall: Hall, damage: str, tmp_path: Path) -> None:
    """Without this, the test above might look away."""
    post = hall.posts()[1]
    assert post.send(hall.server.url) == 302
    home = tmp_path / "home"
    shutil.copytree(hall.server.home, home)
    _lose_the_last_row(home / "coproduce.sqlite3", damage)
    copy = Hall(Server("", home, 0), hall.extra, hall.path, hall.sessions)
    with pytest.raises(AssertionError):
        assert_whole(copy.judged({post.key}))


def _lose_the_last_row(file: Path, table: str) -> None:
    import sqlite3

    with sqlite3.connect(file) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")
    connection.close()
