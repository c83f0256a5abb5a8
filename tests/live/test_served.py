"""The hub as `coproduce serve` serves it, in front of Django."""

import http.client
import re
import signal
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support import servers
from tests.support.servers import Server

from .streams import STREAM, listening

pytestmark = pytest.mark.slow
TOPIC = "evening:1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    there = servers.start("serve", tmp_path_factory.mktemp("served") / "home")
    yield there
    there.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    return str(servers.run_beside(server, "tests.live.tell", {"topic": TOPIC}))


def test_a_stream_stands_beside_the_pages(server: Server, token: str) -> None:
    with listening(server.url, token) as stream:
        assert stream.response.status_code == 200
        assert stream.next_seq() == 0
        assert httpx.get(f"{server.url}/health/").json() == {"status": "ok"}


def test_a_wrong_token_gets_the_page_of_an_absent_address(server: Server) -> None:
    wrong = httpx.get(server.url + STREAM, params={"t": "evening:1:x:y"})
    absent = httpx.get(f"{server.url}/live/strean/", params={"t": "evening:1:x:y"})
    assert wrong.status_code == absent.status_code == 404
    assert _plain(wrong.text).replace("stream", "strean") == _plain(absent.text)
    dated = {"date", "set-cookie"}
    assert {n: v for n, v in wrong.headers.items() if n not in dated} == {
        n: v for n, v in absent.headers.items() if n not in dated
    }


def _plain(page: str) -> str:
    """Without the token of the forms, which is new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_only_GET_opens_a_stream(server: Server, token: str, method: str) -> None:
    assert httpx.request(method, server.url + STREAM, params={"t": token}).status_code == 405


def test_a_line_that_rests_for_a_while_is_still_open(server: Server) -> None:
    """A phone that answers every half minute must not lose its line between two answers."""
    where = urlsplit(server.url)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    line.request("GET", "/health/")
    line.getresponse().read()
    time.sleep(8)
    line.sock.settimeout(0.1)
    with pytest.raises(TimeoutError):
        line.sock.recv(1, socket.MSG_PEEK)
    line.request("GET", "/health/")
    assert line.getresponse().status == 200


def test_lines_rest_for_75_seconds() -> None:
    from coproduce.config.live.serving import KEEP_ALIVE_SECONDS

    assert KEEP_ALIVE_SECONDS == 75


def test_a_server_that_is_told_to_stop_ends_its_streams_and_stops(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    server = servers.start("serve", tmp_path_factory.mktemp("stopped") / "home")
    token = servers.run_beside(server, "tests.live.tell", {"topic": TOPIC})
    with listening(server.url, token) as stream:
        stream.next_seq()
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 3
        with pytest.raises(StopIteration):
            stream.next_seq()


def test_a_hub_of_its_own_needs_postgresql(tmp_path_factory: pytest.TempPathFactory) -> None:
    import subprocess

    home = tmp_path_factory.mktemp("alone") / "home"
    done = subprocess.run(
        servers.command("hub", "--home", str(home), "--port", "0"), capture_output=True, text=True, timeout=60,
        env=servers.environment(),
    )  # fmt: skip
    assert done.returncode == 1
    assert "needs PostgreSQL" in done.stderr
