"""A listener on the hub's own application, without a network: what ASGI hands to it, read as a browser reads it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..streams import PATH, Streams


@dataclass
class Ear:
    """One open connection. `is_deaf` takes nothing in; `hang_up()` goes away as a browser does."""

    app: Streams
    token: str
    method: str = "GET"
    path: str = PATH
    address: str = "192.0.2.1"
    is_deaf: bool = False
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_ended: bool = False

    def __post_init__(self) -> None:
        self._gone = asyncio.Event()
        self._news = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        scope = {
            "type": "http", "method": self.method, "path": self.path, "client": (self.address, 5),
            "query_string": f"t={quote(self.token)}".encode(), "headers": [],
        }  # fmt: skip
        await self.app(scope, self._receive, self._send)
        self.is_ended = True
        self._news.set()

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        if self.is_deaf and self.body:
            await asyncio.Event().wait()
        self.body += message["body"]
        if not message["more_body"]:
            self._gone.set()
        self._news.set()

    def hang_up(self) -> None:
        self._gone.set()

    @property
    def seqs(self) -> list[int]:
        return [int(line[6:]) for line in self.body.decode().splitlines() if line.startswith("data: ")]

    async def until(self, *seqs: int) -> None:
        """Wait until exactly these numbers have come."""
        async with asyncio.timeout(5):
            while self.seqs != list(seqs):
                self._news.clear()
                await self._news.wait()

    async def until_ended(self) -> None:
        async with asyncio.timeout(5):
            await asyncio.wait([self.task])
