"""The product's hub, with an address that publishes instead of Django."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
django.setup()

from coproduce.config.live.serving import hub_from_environment  # noqa: E402
from coproduce.config.live.streams import Streams  # noqa: E402

TOPIC = "bench"
hub = hub_from_environment()


async def publish(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        hub.publish(TOPIC, int(scope["query_string"]))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


application = Streams(hub, publish)
