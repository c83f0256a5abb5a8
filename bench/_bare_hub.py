"""The least that a hub can be: what ours is measured against."""

import asyncio
from typing import Any

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
queues: set[asyncio.Queue[bytes]] = set()


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["path"] == "/publish/":
        event = b"id: %b\ndata: %b\n\n" % ((scope["query_string"],) * 2)
        for queue in queues:
            queue.put_nowait(event)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue = asyncio.Queue[bytes]()
    queues.add(queue)
    await send(START)
    await send({"type": "http.response.body", "body": b"id: 0\ndata: 0\n\n", "more_body": True})
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})
