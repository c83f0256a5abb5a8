"""Several processes on one PostgreSQL: what one announces, the pages of all hear."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import httpx
import psycopg
import pytest

from tests.support import databases, servers
from tests.support.databases import EmptyDatabases
from tests.support.postgres import free_port
from tests.support.servers import Server

from .streams import listening, within

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("any_database"),
    pytest.mark.skipif(databases.kind() != "postgresql", reason="notices are PostgreSQL's"),
]
TOPIC = "evening:1"


@pytest.fixture(scope="module")
def database(any_database: EmptyDatabases) -> str:
    address = any_database.create(f"live_{os.getpid()}")
    assert address
    return address


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Server]:
    there = servers.start("serve", tmp_path_factory.mktemp("live") / "home", DATABASE_URL=database)
    yield there
    there.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def hub(server: Server, database: str) -> Iterator[str]:
    """The hub in a process of its own, with the same data folder."""
    port = free_port()
    words = servers.command("hub", "--home", str(server.home), "--port", str(port))
    environment = servers.environment(DATABASE_URL=database)
    process = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    assert within(30, lambda: _answers(url))
    assert within(10, lambda: len(listeners(database)) == 2)
    yield url
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) in {0, -signal.SIGTERM}


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 404
    except httpx.TransportError:
        return False


def tell(server: Server, database: str, *seqs: int) -> Any:
    given = {"topic": TOPIC, "seqs": list(seqs)}
    return servers.run_beside(server, "tests.live.tell", given, DATABASE_URL=database)


def listeners(database: str) -> list[int]:
    with psycopg.connect(database, autocommit=True) as line:
        rows = line.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        return [pid for (pid,) in rows]


def test_two_processes_hear_what_a_third_announces(server: Server, hub: str, database: str) -> None:
    token = tell(server, database)
    with listening(server.url, token) as one, listening(hub, token) as other:
        assert (one.next_seq(), other.next_seq()) == (0, 0)
        tell(server, database, 3)
        assert (one.next_seq(), other.next_seq()) == (3, 3)
    with listening(hub, token) as late:
        assert late.next_seq() == 3


def test_the_hub_alone_answers_nothing_else(hub: str) -> None:
    wrong = httpx.get(f"{hub}/live/stream/", params={"t": "wrong"})
    absent = httpx.get(f"{hub}/projects/")
    assert wrong.status_code == absent.status_code == 404
    assert wrong.content == absent.content


def test_a_listener_whose_line_was_cut_comes_back_and_lets_the_pages_ask(
    server: Server, hub: str, database: str
) -> None:
    token = tell(server, database)
    with listening(server.url, token) as one, listening(hub, token) as other:
        one.next_seq(), other.next_seq()
        tell(server, database, 10)
        assert (one.next_seq(), other.next_seq()) == (10, 10)
        with psycopg.connect(database, autocommit=True) as line:
            for pid in listeners(database):
                line.execute("SELECT pg_terminate_backend(%s)", [pid])
        # Told while nobody listened: lost on the way, so the pages must be told to ask.
        tell(server, database, 11)
        assert {one.next_seq(), other.next_seq()} <= {0, 11}
        assert within(10, lambda: len(listeners(database)) == 2)
        time.sleep(0.2)
        tell(server, database, 12)
        for stream in (one, other):
            while stream.next_seq() != 12:
                pass


def test_a_state_change_is_one_notice(server: Server, database: str) -> None:
    from coproduce.config.live.notices import CHANNEL

    with psycopg.connect(database, autocommit=True) as line:
        line.execute(f"LISTEN {CHANNEL}")
        tell(server, database, 20)
        heard = [notice.payload for notice in line.notifies(timeout=1)]
    assert heard == [f"20 {TOPIC}"]


def test_nothing_but_a_topic_and_its_number_is_heeded(server: Server, database: str) -> None:
    from coproduce.config.live.notices import CHANNEL

    token = tell(server, database)
    with listening(server.url, token) as stream, psycopg.connect(database, autocommit=True) as line:
        stream.next_seq()
        for payload in ("", "x", "-5 evening:1", "1.5 evening:1", "30"):
            line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
        line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"31 {TOPIC}"])
        assert stream.next_seq() == 31
