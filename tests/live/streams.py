"""An open stream of a real server, read as a browser reads it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

STREAM = "/live/stream/"


@dataclass
class Reader:
    response: httpx.Response
    lines: Iterator[str]

    def next_seq(self) -> int:
        """The next number; comments and pauses are passed over. Ends with StopIteration when the stream does."""
        return next(int(line[6:]) for line in self.lines if line.startswith("data: "))


@contextmanager
def listening(url: str, token: str, path: str = STREAM) -> Iterator[Reader]:
    with (
        httpx.Client(timeout=20) as client,
        client.stream("GET", url + path, params={"t": token}) as response,
    ):
        yield Reader(response, response.iter_lines())


def within(seconds: float, true: Any) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())
