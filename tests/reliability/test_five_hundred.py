"""Five hundred people suggest on one document at once while a manager decides: nothing lost, nothing doubled."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from tests.support import servers
from tests.support.databases import EmptyDatabases
from tests.support.servers import Server

from .document_of_500 import PASSAGES, PEOPLE, WORDS, passage
from .storm import CSRF, Post, Storm

SENT_TWICE = 50  # as when a phone sends again what it had no answer to
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.usefixtures("any_database")]


@dataclass
class Plan:
    """A server with a document on it, and everybody in front of it."""

    server: Server
    extra: dict[str, str]
    there: dict[str, Any]

    def posts(self) -> list[Post]:
        """Each person puts one word, which nobody else has, at a place of their own into one of the passages."""
        return [
            Post(
                f"{self.there['document']}blocks/{number % PASSAGES + 1}/change/", session,
                {"typed": _with_own_word(number), "base_seq": str(PASSAGES), "reason": f"Because {number}"},
            )
            for number, session in enumerate(self.there["sessions"])
        ]  # fmt: skip


def _with_own_word(number: int) -> str:
    words = passage(number % PASSAGES).split()
    at = 2 + number // PASSAGES * (WORDS // (PEOPLE // PASSAGES))
    return " ".join([*words[:at], f"said{number}", *words[at:]])


@dataclass
class Manager:
    """Accepts every third open suggestion that the list shows, one after the other, until told to stop."""

    url: str
    there: dict[str, Any]
    done: threading.Event = field(default_factory=threading.Event)
    seen: set[str] = field(default_factory=set)
    decided: int = 0

    def work(self) -> None:
        cookies = {"session": self.there["manager"], "csrf": CSRF}
        with httpx.Client(base_url=self.url, timeout=60, cookies=cookies) as line:
            while not self.done.is_set():
                for path in self._waiting(line):
                    self._accept(line, path)

    def _waiting(self, line: httpx.Client) -> list[str]:
        page = line.get(f"{self.there['document']}suggestions/?status=open").text
        found = dict.fromkeys(re.findall(rf"{self.there['suggestions']}[0-9a-f-]+/", page))
        new = [path for path in found if path not in self.seen]
        self.seen.update(new)
        return new[::3]

    def _accept(self, line: httpx.Client, path: str) -> None:
        form = _form_on(line.get(f"{path}decide/").text)
        answer = line.post(
            f"{path}decide/", data={**form, "outcome": "accepted", "csrfmiddlewaretoken": CSRF}
        )
        assert answer.status_code == 302, answer.text
        self.decided += 1


def _form_on(page: str) -> dict[str, str]:
    """The form as the page gives it, nothing changed."""
    form = next(
        form
        for form in BeautifulSoup(page, "html.parser").find_all("form")
        if form.find(attrs={"name": "request_key"})
    )
    return {
        str(one["name"]): _value(one)
        for one in form.find_all(["input", "textarea", "select"])
        if _is_sent(one)
    }


def _is_sent(control: Tag) -> bool:
    chosen = control.get("type") not in ("radio", "checkbox") or control.has_attr("checked")
    return bool(control.get("name")) and chosen


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.text.removeprefix("\n")
    if control.name == "select":
        option = control.find("option", selected=True)
        return str(option.get("value", "")) if option else ""
    return str(control.get("value", ""))


@pytest.fixture
def plan(tmp_path: Any, any_database: EmptyDatabases) -> Iterator[Plan]:
    address = any_database.create(f"plan_{os.getpid()}")
    extra = {"DATABASE_URL": address} if address else {}
    server = servers.start("serve", tmp_path / "home", **extra)
    try:
        yield Plan(server, extra, servers.run_beside(server, "tests.reliability.document_of_500", **extra))
    finally:
        server.stop(signal.SIGKILL)


def test_five_hundred_suggestions_at_once_are_each_there_once_while_a_manager_decides(plan: Plan) -> None:
    posts = plan.posts()
    manager = Manager(plan.server.url, plan.there)
    deciding = threading.Thread(target=manager.work)
    deciding.start()
    try:
        storm = Storm(plan.server.url, [*posts, *posts[:SENT_TWICE]]).all_at_once()
    finally:
        manager.done.set()
        deciding.join()

    assert set(storm.statuses.values()) == {302}
    assert manager.decided > 0, "the manager decided nothing while people suggested"
    found = servers.run_beside(
        plan.server, "tests.reliability.judge_of_suggestions", [post.key for post in posts], **plan.extra
    )
    everyone = sorted(f"said{number}" for number in range(PEOPLE))
    assert found["missing"] == []
    assert found["suggestions"] == found["told"] == PEOPLE
    assert found["numbers"] == list(range(1, PEOPLE + 1))
    assert found["words"] == everyone
    assert len(found["accepted"]) == manager.decided
    assert found["in_the_text"] == found["accepted"]
    assert found["other_words"] == " ".join(map(passage, range(PASSAGES))).split()
    assert found["answered_twice"] == found["altered"] == found["ledger_faults"] == []
    assert found["replayed_is_todays"]
