"""`GET /live/stream/?t=TOKEN`: a stream of sequence numbers, in front of Django. Everything else goes on to Django."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from coproduce.core.live import topic_of

from .hub import Full, Hub, Message, Send

PATH = "/live/stream/"
LONGEST_QUERY = 2_000

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_ALWAYS = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"same-origin"),
]
_START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"x-accel-buffering", b"no"),
        *_ALWAYS,
    ],
}


class Streams:
    """The application: streams here, the rest by `otherwise`."""

    def __init__(self, hub: Hub, otherwise: Application) -> None:
        self._hub, self._otherwise = hub, otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http" or scope["path"] != PATH:
            await self._otherwise(scope, receive, send)
        elif scope["method"] != "GET":
            await _refuse(send, 405, (b"allow", b"GET"))
        elif (topic := _topic(scope)) is None:
            # Refused and absent look the same: whatever answers other addresses that are not there answers.
            await self._otherwise(scope, receive, send)
        else:
            await self._stream(topic, _address(scope), receive, send)

    async def _stream(self, topic: str, address: str, receive: Receive, send: Send) -> None:
        if self._hub.is_ending:
            return await _refuse(send, 503, (b"retry-after", b"5"))
        try:
            stream = self._hub.admit(topic, address, send)
        except Full:
            return await _refuse(send, 503, (b"retry-after", b"30"))
        try:
            await stream.first(_START)
            self._hub.catch_up(stream)
            await _until_gone(receive)
        except asyncio.CancelledError:
            if not stream.is_over:
                raise
        finally:
            self._hub.leave(stream)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._hub.begin()
            else:
                await self._hub.end()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


async def not_there(scope: Scope, receive: Receive, send: Send) -> None:
    """What a hub without Django behind it answers."""
    if scope["type"] == "http":
        await _refuse(send, 404)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _topic(scope: Scope) -> str | None:
    query = scope.get("query_string", b"")
    if len(query) > LONGEST_QUERY:
        return None
    token = parse_qs(query.decode("latin-1")).get("t", [""])[0]
    return topic_of(token)


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


async def _refuse(send: Send, status: int, *headers: tuple[bytes, bytes]) -> None:
    start = [*_ALWAYS, *headers, (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
