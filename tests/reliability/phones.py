"""People in a live session, each with a phone: a plain client with a cookie, over the network to a real server."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from bs4 import BeautifulSoup

from coproduce.core.ids import uuid7

CSRF = "a" * 32  # any secret will do, as long as the cookie and the form agree
NOT_ANSWERED = 0


@dataclass(frozen=True)
class Press:
    """A form that was sent: again, it is the same request."""

    path: str
    values: Mapping[str, str]
    key: str = field(default_factory=lambda: str(uuid7()))


@dataclass
class Phone:
    """Someone's browser: what it holds outlives the server."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    sent: list[Press] = field(default_factory=list)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        cookies = {"csrf": CSRF, **self.cookies}
        answer = httpx.request(method, self.url + path, cookies=cookies, timeout=60, **more)
        self.cookies |= dict(answer.cookies)
        return answer

    def open(self, path: str) -> BeautifulSoup:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return BeautifulSoup(answer.text, "html.parser")

    def press(self, path: str, **values: str) -> int:
        return self.send(Press(path, values))

    def send(self, press: Press) -> int:
        """The status of the answer, or 0 when there was none."""
        self.sent.append(press)
        form = {**press.values, "request_key": press.key, "csrfmiddlewaretoken": CSRF}
        try:
            return self.ask("POST", press.path, data=form).status_code
        except httpx.TransportError:
            return NOT_ANSWERED


@dataclass
class Guest(Phone):
    """Who came in by the code."""

    room: str = ""
    answer: str = ""
    second: str = ""

    def join(self, code: str, name: str, group: str) -> "Guest":
        answer = self.ask(
            "POST", f"/live/join/{code}/",
            data={"name": name, "group": group, "request_key": str(uuid7()), "csrfmiddlewaretoken": CSRF},
        )  # fmt: skip
        assert answer.status_code == 302, answer.text[:2000]
        self.room = answer.headers["location"].removesuffix("welcome/")
        return self

    def sees(self) -> str:
        """The changing part of the room, as words."""
        part = self.open(self.room).select_one("#live-part")
        assert part is not None
        return " ".join(part.get_text(" ").split())

    @property
    def stream(self) -> str:
        found = self.open(self.room).select_one("app-live")
        assert found is not None
        return str(found["data-stream"])

    def state(self) -> int:
        return int(self.ask("GET", f"{self.room}state/").json()["seq"])


@contextmanager
def listening(url: str, stream: str) -> Iterator["Ear"]:
    """A stream as a browser holds it, read in a thread."""
    with httpx.Client(timeout=60) as client, client.stream("GET", url + stream) as answer:
        assert answer.status_code == 200, answer.status_code
        ear = Ear()
        reader = threading.Thread(target=ear.read, args=(answer,), daemon=True)
        reader.start()
        yield ear
        ear.is_over = True
        answer.close()


@dataclass
class Ear:
    heard: list[int] = field(default_factory=list)
    everything: str = ""
    is_over: bool = False
    _news: threading.Condition = field(default_factory=threading.Condition)

    def read(self, answer: httpx.Response) -> None:
        try:
            for text in answer.iter_text():
                with self._news:
                    self.everything += text
                    self.heard = [int(found) for found in re.findall(r"^data: (\d+)$", self.everything, re.M)]
                    self._news.notify_all()
        except (httpx.HTTPError, RuntimeError, OSError):
            if not self.is_over:
                raise

    def until(self, fits: Callable[[list[int]], bool], seconds: float = 30) -> list[int]:
        with self._news:
            assert self._news.wait_for(lambda: fits(self.heard), seconds), f"heard {self.heard}"
            return self.heard
