"""The embedded server's application: Django's WSGI handler on threads, behind uvicorn."""

from a2wsgi import WSGIMiddleware

from .wsgi import application as wsgi

application = WSGIMiddleware(wsgi, workers=4)  # type: ignore[arg-type]
