"""An installation with an open round and people signed in, and their answers posted as phones post them."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from coproduce.core.ids import uuid7

CSRF = "a" * 32
ANSWER = {
    "me_rating": "-2", "me_words": "Two buses and a long walk, and nobody to ring after six.",
    "around_rating": "-1", "around_words": "My neighbour gave up.",
    "intents": "save_money", "intention_words": "They say it is for us.",
    "basis": "own experience", "confidence": "4", "question": "Who decides?", "channel": "online",
    "barriers-count": "2", "barriers-0-words": "No bus after six", "barriers-0-level": "1",
    "barriers-0-importance": "5", "barriers-0-ease": "2", "barriers-0-built_on": "",
}  # fmt: skip


@dataclass
class Line:
    """One keep-alive connection, one request at a time."""

    port: int
    reader: Any = None
    writer: Any = None

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def post(self, path: str, body: str, session: str = "", *, cookies: str = "") -> int:
        if self.writer is None:
            await self.open()
        cookies = cookies or f"session={session}; csrf={CSRF}"
        self.writer.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        await self._finish(head)
        return int(head[9:12])

    async def _finish(self, head: bytes) -> None:
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), None)
        if length is not None:
            await self.reader.readexactly(length)
        elif "transfer-encoding: chunked" in lines:
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readexactly(2)


@dataclass
class Posting:
    """Posts of one kind; `taken` holds what each waited, in seconds."""

    port: int
    path: str
    sessions: list[str]
    values: dict[str, str]
    lines: int = 16
    taken: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        self.free: asyncio.Queue[Line] = asyncio.Queue()
        for _ in range(self.lines):
            self.free.put_nowait(Line(self.port))

    def _body(self) -> tuple[str, str]:
        self.made += 1
        body = urlencode({**self.values, "request_key": str(uuid7()), "csrfmiddlewaretoken": CSRF})
        return body, self.sessions[self.made % len(self.sessions)]

    async def one(self, due: float | None = None) -> None:
        body, session = self._body()
        line = await self.free.get()
        began = time.perf_counter() if due is None else due
        status = await line.post(self.path, body, session)
        self.taken.append(time.perf_counter() - began)
        self.free.put_nowait(line)
        if status != 302:
            self.refused.append(status)

    async def at_rate(self, each_second: float, seconds: float) -> None:
        """Whether or not the last was answered: what waited in a queue counts, as it does for a person."""
        began, tasks = time.perf_counter(), []
        for number in range(int(each_second * seconds)):
            due = began + number / each_second
            await asyncio.sleep(max(0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(self.one(due)))
        await asyncio.gather(*tasks)

    async def flat_out(self, seconds: float) -> float:
        """Acknowledged posts each second with every line busy."""
        before, began = len(self.taken), time.perf_counter()
        end = began + seconds

        async def go_on() -> None:
            while time.perf_counter() < end:
                await self.one()

        await asyncio.gather(*(go_on() for _ in range(self.lines)))
        return (len(self.taken) - before) / (time.perf_counter() - began)
