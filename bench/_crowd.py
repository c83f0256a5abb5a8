"""Many open streams in one client process, and the moment at which each number reached each of them."""

import asyncio
import time
from typing import Any


class _Listener(asyncio.Protocol):
    """One open stream. Only the newest number in what arrives is read, as a page would."""

    def __init__(self, crowd: "Crowd", request: bytes) -> None:
        self.crowd, self.request, self.seq = crowd, request, -1
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        at = data.rfind(b"\ndata: ")
        if at >= 0:
            self.seq = int(data[at + 7 : data.index(b"\n", at + 7)])
            self.crowd.heard(self.seq)

    def connection_lost(self, _reason: Any) -> None:
        self.crowd.listeners.discard(self)


class Crowd:
    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self.listeners: set[_Listener] = set()
        self.arrivals: dict[int, list[float]] = {}

    def heard(self, seq: int) -> None:
        self.arrivals.setdefault(seq, []).append(time.perf_counter())

    async def open(self, number: int) -> None:
        """This many more streams, each with its first event, a hundred being opened at a time."""
        loop = asyncio.get_running_loop()
        made: list[_Listener] = []
        for start in range(0, number, 100):
            opening = [
                loop.create_connection(lambda: _Listener(self, self.request), "127.0.0.1", self.port)
                for _ in range(start, min(start + 100, number))
            ]
            made += [listener for _transport, listener in await asyncio.gather(*opening)]
        self.listeners.update(made)
        async with asyncio.timeout(120):
            while any(listener.seq < 0 for listener in made):
                await asyncio.sleep(0.02)

    async def until_heard(self, seq: int, seconds: float = 30) -> int:
        """How many heard it in this time."""
        deadline = time.perf_counter() + seconds
        while len(self.arrivals.get(seq, ())) < len(self.listeners) and time.perf_counter() < deadline:
            await asyncio.sleep(0.002)
        return len(self.arrivals.get(seq, ()))

    def behind(self, seq: int) -> int:
        return sum(listener.seq < seq for listener in self.listeners)

    def leave(self, number: int) -> None:
        for listener in list(self.listeners)[:number]:
            listener.transport.abort()


async def publish(port: int, path: str, seq: int, headers: str = "", body: str = "") -> float:
    """POST, and when it was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = time.perf_counter()
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n{headers}"
        f"Connection: close\r\n\r\n{body}".encode()
    )
    await reader.read()
    writer.close()
    return sent
