"""What must hold of one answer, whoever asked."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.html import escape

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
SESSIONS = re.compile(r'(INTO|UPDATE|FROM)\s+"?django_session"?', re.IGNORECASE)
SAVEPOINTS = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken"\s+value="[^"]*"|value="[^"]*"\s+name="csrfmiddlewaretoken"')


class Asked:
    """The questions that one request put to the database."""

    def __init__(self) -> None:
        self.sql: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.sql.append(sql)
        return execute(sql, params, many, context)

    def writes(self) -> list[str]:
        """Changes to anything but the visitor's own session."""
        return [sql for sql in self.sql if WRITES.match(sql) and not SESSIONS.search(sql)]

    def count(self) -> int:
        return sum(not SAVEPOINTS.match(sql) for sql in self.sql)


@contextmanager
def listening() -> Iterator[Asked]:
    asked = Asked()
    with connection.execute_wrapper(asked):
        yield asked


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has not happened afterwards, so that each role meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def header_faults(response: HttpResponse, *, signed_in: bool, framed: bool = False) -> list[str]:
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    wanted = {
        "a policy of 'self' by default": "default-src 'self'" in policy,
        "a policy without exceptions": "unsafe-" not in policy and "*" not in policy,
        "no frames around it": framed or "frame-ancestors 'none'" in policy,
        "nothing to run or send in a frame": not framed or _is_inert(headers, policy),
        "no guessing of types": headers.get("X-Content-Type-Options") == "nosniff",
        "a referrer policy": bool(headers.get("Referrer-Policy")),
        "no store when signed in": not signed_in or "no-store" in headers.get("Cache-Control", ""),
    }
    return [name for name, kept in wanted.items() if not kept]


def _is_inert(headers: Any, policy: str) -> bool:
    """In a frame there is nothing that a page around it could make somebody do."""
    wanted = ("script-src 'none'", "form-action 'none'", "frame-ancestors http: https:")
    return all(rule in policy for rule in wanted) and "X-Frame-Options" not in headers


def comparable(response: HttpResponse, path: str) -> bytes:
    """The page without what differs at every request: its one-time token and its own address."""
    page = TOKEN.sub(b"TOKEN", response.content)
    for spelling in (path, escape(path), quote(path), quote(path, safe="")):
        page = page.replace(spelling.encode(), b"PATH")
    return page


def body(response: Any) -> bytes:
    """All bytes of an answer, also of a download."""
    return b"".join(response.streaming_content) if response.streaming else response.content
