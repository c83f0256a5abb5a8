"""Django's own way to stream, without sessions, middleware or database: what ours is measured against."""

import asyncio
from collections.abc import AsyncIterator

from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])

from django.core.asgi import get_asgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

queues: set[asyncio.Queue[bytes]] = set()


async def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(_events(), content_type="text/event-stream")


async def _events() -> AsyncIterator[bytes]:
    queue = asyncio.Queue[bytes]()
    queues.add(queue)
    yield b"id: 0\ndata: 0\n\n"
    while True:
        yield await queue.get()


async def publish(request: HttpRequest) -> HttpResponse:
    event = b"id: %b\ndata: %b\n\n" % ((request.META["QUERY_STRING"].encode(),) * 2)
    for queue in queues:
        queue.put_nowait(event)
    return HttpResponse(status=204)


urlpatterns = [path("live/stream/", stream), path("publish/", publish)]
application = get_asgi_application()
