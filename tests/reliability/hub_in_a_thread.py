"""The real hub on a loop of its own, and an open page that listens to it."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from coproduce.config.live.hub import Hub
from coproduce.config.live.streams import Streams, not_there
from coproduce.config.live.tests.listening import Ear

_apps: dict[int, tuple[asyncio.AbstractEventLoop, Streams]] = {}


@contextmanager
def hub_in_a_thread() -> Iterator[Hub]:
    hub, loop = Hub(most_per_topic=100, most_per_address=100), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    loop.call_soon_threadsafe(hub.begin)
    _apps[id(hub)] = loop, Streams(hub, not_there)
    yield hub
    asyncio.run_coroutine_threadsafe(hub.end(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


class OpenPage:
    """Hears what a browser would; `everything` is each byte of it."""

    def __init__(self, hub: Hub, token: str) -> None:
        self._loop, app = _apps[id(hub)]
        self._ear: Ear = asyncio.run_coroutine_threadsafe(self._listen(app, token), self._loop).result(10)

    async def _listen(self, app: Streams, token: str) -> Ear:
        return Ear(app, token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: Any) -> None:
        self._loop.call_soon_threadsafe(self._ear.hang_up)

    @property
    def everything(self) -> str:
        return self._ear.body.decode()

    def until(self, seq: int, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while self._ear.seqs[-1:] != [seq]:
            assert time.monotonic() < deadline, self._ear.seqs
            time.sleep(0.02)
