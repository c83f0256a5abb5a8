"""A small page that stands open, served by the real hub: `python -m tests.live.stage PORT FILE`.

What the page shows lies in FILE, so that it outlives a killed server. `POST /set/` changes it and tells the hub.
"""

import json
import os
import sys
from html import escape
from pathlib import Path
from typing import Any

TOPIC = "stage"
STATIC = Path(__file__).parents[2] / "src/coproduce/ui/static"
KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
FIRST = {
    "seq": 1,
    "part": "<p>The lobby</p>",
    "say": "",
    "title": "Stage",
    "now": "",
    "moved": "",
    "words": {},
}


class Stage:
    """What a Django page would do, as plainly as can be."""

    def __init__(self, file: Path, hub: Any) -> None:
        self.file, self.hub = file, hub
        self.fetches, self.asked, self.broken = 0, 0, 0

    @property
    def shown(self) -> dict[str, Any]:
        return {**FIRST, **(json.loads(self.file.read_text()) if self.file.exists() else {})}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            await answer(
                send, file.read_bytes() if file.exists() else b"", KINDS.get(file.suffix, "text/plain")
            )
        elif path == "/set/":
            await self._set(json.loads((await receive())["body"]))
            await answer(send, b"{}", "application/json")
        elif path == "/seen/":
            seen = {"streams": len(self.hub), "fetches": self.fetches, "asked": self.asked}
            await answer(send, json.dumps(seen).encode(), "application/json")
        elif path == "/state/":
            self.asked += 1
            state = {name: self.shown[name] for name in ("seq", "now") if self.shown[name]}
            await answer(send, json.dumps(state).encode(), "application/json")
        elif path in {"/", "/moved/"}:
            await self._page(scope, send)
        else:
            await answer(send, b"", "text/plain", 404)

    async def _set(self, changes: dict[str, Any]) -> None:
        told = changes.pop("told", True)
        self.broken = changes.pop("broken", self.broken)
        self.file.write_text(json.dumps({**self.shown, **changes}))
        if told:
            self.hub.publish(TOPIC, self.shown["seq"])

    async def _page(self, scope: Any, send: Any) -> None:
        if (b"x-part", b"live") in scope["headers"]:
            self.fetches += 1
            if self.broken:
                self.broken -= 1
                await answer(send, b"", "text/html", 500)
                return
        if self.shown["moved"] and scope["path"] == "/":
            await answer(send, b"", "text/html", 302, (b"location", self.shown["moved"].encode()))
            return
        query = dict(pair.split("=", 1) for pair in scope["query_string"].decode().split("&") if "=" in pair)
        await answer(send, self.document(query).encode(), "text/html; charset=utf-8")

    def document(self, query: dict[str, str]) -> str:
        from django.template.loader import render_to_string

        from coproduce.core.live import stream_token

        shown = self.shown
        token = query.get("token") or stream_token(TOPIC)
        jitter = f'data-jitter="{query["jitter"]}"' if "jitter" in query else ""
        words = render_to_string("ui/_live_words.html")
        return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(shown["title"])}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/static/ui/favicon.svg">
<link rel="stylesheet" href="/static/ui/app.css"></head><body class="govuk-template__body">
<main class="govuk-width-container"><h1 class="govuk-heading-l">Stage</h1>
<p class="govuk-body"><a class="govuk-link" href="">Refresh</a></p>
<app-live data-stream="/live/stream/?t={token}" data-state="/state/" data-seq="{shown["seq"]}" {jitter} {words}>
<div id="live-part" data-say="{escape(shown["say"])}">{shown["part"]}</div></app-live></main>
<script type="module" src="/static/ui/live.js"></script></body></html>"""


async def answer(send: Any, body: bytes, kind: str, status: int = 200, *headers: tuple[bytes, bytes]) -> None:
    from coproduce.config.middleware import POLICY

    start = [(b"content-type", kind.encode()), (b"content-security-policy", POLICY.encode()), *headers]
    start += [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def main(port: str, file: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    from coproduce.config.live.serving import hub_from_environment, serve
    from coproduce.config.live.streams import Streams

    hub = hub_from_environment()
    serve(Streams(hub, Stage(Path(file), hub)), hub, host="127.0.0.1", port=int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
