"""The embedded server's application: event streams, and Django's WSGI handler on threads, behind uvicorn."""

from typing import cast

from a2wsgi import WSGIMiddleware

from coproduce.core.live import carry

from .live.serving import hub_from_environment
from .live.streams import Application, Streams
from .wsgi import application as wsgi

hub = hub_from_environment()
carry(hub.publish)
application = Streams(hub, cast(Application, WSGIMiddleware(wsgi, workers=4)))  # type: ignore[arg-type]
