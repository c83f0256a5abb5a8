"""Two hundred people press the button at the same moment."""

import http.client
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from coproduce.core.ids import uuid7

CSRF = "a" * 32  # any secret will do, as long as the cookie and the form agree


@dataclass(frozen=True)
class Post:
    """One person's answer with its request key: sent again, it is the same request."""

    path: str
    session: str
    values: dict[str, str]
    key: str = field(default_factory=lambda: str(uuid7()))

    def send(self, url: str) -> int:
        """The status of the answer, or 0 when there was none."""
        where = urlsplit(url)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
        body = urlencode({**self.values, "request_key": self.key, "csrfmiddlewaretoken": CSRF})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"session={self.session}; csrf={CSRF}",
            "Host": f"{where.hostname}:{where.port}",
        }
        try:
            line.request("POST", self.path, body, headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()


@dataclass
class Storm:
    """All posts at once; `after` answers something happens, such as a kill."""

    url: str
    posts: list[Post]
    statuses: dict[str, int] = field(default_factory=dict)
    _count: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def begin(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._one, args=(post,)) for post in self.posts]
        for thread in threads:
            thread.start()
        return threads

    def wait_for(self, answers: int) -> None:
        for _ in range(answers):
            self._count.acquire(timeout=60)

    def all_at_once(self) -> "Storm":
        for thread in self.begin():
            thread.join()
        return self

    def _one(self, post: Post) -> None:
        self.statuses[post.key] = post.send(self.url)
        self._count.release()

    @property
    def acknowledged(self) -> set[str]:
        return {key for key, status in self.statuses.items() if status == 302}

    @property
    def unanswered(self) -> list[Post]:
        return [post for post in self.posts if self.statuses.get(post.key) == 0]

    @property
    def refused(self) -> dict[str, int]:
        return {key: status for key, status in self.statuses.items() if status not in {0, 302}}


def fields_of(url: str, path: str, session: str, words: str) -> dict[str, str]:
    """The form on a page, filled in as a person would."""
    page = httpx.get(url + path, cookies={"session": session}, timeout=60)
    assert page.status_code == 200, f"{path}: {page.status_code}"
    form = next(
        form for form in BeautifulSoup(page.text, "html.parser").find_all("form")
        if form.find(attrs={"name": "request_key"})
    )  # fmt: skip
    return dict(_filled(form, words))


def _is_in_a_row(name: str) -> bool:
    """A row of a list in the form, such as the second barrier, may stay empty."""
    return any(part.isdigit() for part in name.split("-"))


def _filled(form: Tag, words: str) -> Iterable[tuple[str, str]]:
    chosen = set[str]()
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = str(control.get("name", "")), str(control.get("type", control.name))
        if not name or name in {"request_key", "csrfmiddlewaretoken"} or _is_in_a_row(name):
            continue
        if kind == "textarea":
            yield name, words
        elif kind in {"hidden", "number"} and control.get("value"):
            yield name, str(control["value"])
        elif kind in {"radio", "checkbox"} and name not in chosen:
            chosen.add(name)
            yield name, str(control.get("value", ""))
