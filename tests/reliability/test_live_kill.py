"""The server is killed in each state of a live session. Nobody's answer is lost, nothing is shown early, and the room
goes on where it was: the same seats, the same pages, the next step."""

import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.support import databases, servers
from tests.support.browser import PHONE, Journeys, say_more
from tests.support.databases import EmptyDatabases
from tests.support.servers import Server

from .phones import NOT_ANSWERED, Guest, Phone, Press, listening
from .test_kill import _lose_the_last_row

PEOPLE = 6
FIRST = {
    "me_rating": "-1", "me_words": "It is hard to get there.", "around_rating": "skip", "intents": "fairness",
    "channel": "online", "barriers-count": "1", "barriers-0-words": "No bus after six", "barriers-0-level": "1",
}  # fmt: skip
SECOND = {"me_rating": "2", "around_rating": "skip", "words": "I heard them."}
WHY = "Everyone in the room is done."
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.usefixtures("any_database"),
]


@dataclass
class Evening:
    """A server, its data, a facilitator at the console, and the people in the room with their phones."""

    server: Server
    extra: dict[str, str]
    plan: dict[str, Any]
    leader: Phone
    guests: list[Guest] = field(default_factory=list)
    firsts: set[str] = field(default_factory=set)
    seconds: set[str] = field(default_factory=set)
    kills: int = 0

    def kill(self) -> None:
        self.kills += 1
        self.server.stop(signal.SIGKILL)

    def restart(self) -> None:
        port = urlsplit(self.server.url).port
        self.server = servers.start("serve", self.server.home, port=port, **self.extra)

    def found(self) -> Any:
        given = {"firsts": sorted(self.firsts), "seconds": sorted(self.seconds)}
        return servers.run_beside(self.server, "tests.reliability.live_evening", given, **self.extra)

    def join(self, name: str) -> Guest:
        guest = Guest(self.server.url).join(self.plan["code"], name, self.plan["group"])
        self.guests.append(guest)
        return guest

    # The facilitator

    def button(self, action: str, **more: str) -> Press:
        """A button of the console as it stands now, with what its page showed."""
        page = self.leader.open(self.plan["console"])
        seen = page.select_one("input[name=seen]")
        assert seen is not None
        return Press(self.plan["console"], {"action": action, "seen": str(seen["value"]), **more})

    def step(self, action: str, **more: str) -> None:
        assert self.leader.send(self.button(action, **more)) == 302

    # Everyone at once

    def storm(self, path: str, values: dict[str, str], kept: set[str], after: int) -> None:
        """All send at the same moment; `after` answers the server is killed; who got none sends again."""
        posts = [(guest, Press(path, values)) for guest in self.guests]
        statuses = _at_once([lambda g=guest, p=post: g.send(p) for guest, post in posts], self.kill, after)
        kept |= {post.key for (_guest, post), status in zip(posts, statuses, strict=True) if status == 302}
        assert set(statuses) <= {302, NOT_ANSWERED}, statuses
        self.restart()
        for (guest, post), status in zip(posts, statuses, strict=True):
            if status == NOT_ANSWERED:
                assert guest.send(post) == 302
        kept |= {post.key for _guest, post in posts}


def _at_once(works: list[Callable[[], int]], kill: Callable[[], None], after: int) -> list[int]:
    statuses, count = [NOT_ANSWERED] * len(works), threading.Semaphore(0)

    def one(number: int, work: Callable[[], int]) -> None:
        statuses[number] = work()
        count.release()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for _answer in range(after):
        count.acquire(timeout=60)
    kill()
    for thread in threads:
        thread.join()
    return statuses


@pytest.fixture
def evening(tmp_path: Path, any_database: EmptyDatabases) -> Iterator[Evening]:
    address = any_database.create(f"evening_{uuid4().hex[:8]}")
    extra = {"DATABASE_URL": address} if address else {}
    server = servers.start("serve", tmp_path / "home", **extra)
    plan = servers.run_beside(server, "tests.reliability.live_evening", {"plan": True}, **extra)
    there = Evening(server, extra, plan, Phone(server.url, {"session": plan["leader"]}))
    yield there
    there.server.stop(signal.SIGKILL)


def assert_whole(found: Any, *, opened: int, firsts: int, seconds: int = 0) -> None:
    """What was acknowledged is there, once; nothing is open that was not shown."""
    assert found["missing"] == found["second_missing"] == found["ledger_faults"] == found["elsewhere"] == []
    assert found["entries_without_answer"] == 0
    assert found["firsts"] == found["first_entries"] == firsts
    assert found["seconds"] == found["second_entries"] == seconds
    assert found["opened"] == opened
    assert found["places"] == PEOPLE


def killed(evening: Evening, state: str, **expected: int) -> Any:
    """Kill in this state, start again, and compare: the same data, the same pages, streams that come back."""
    before = [guest.sees() for guest in evening.guests], evening.found()
    stream = evening.guests[0].stream
    evening.kill()
    evening.restart()
    found = evening.found()
    assert found == before[1]
    assert found["state"] == state
    assert_whole(found, **expected)
    assert [guest.sees() for guest in evening.guests] == before[0]
    with listening(evening.server.url, stream) as ear:
        # A hub that has just begun knows no number: every page asks for the state, which is whole.
        ear.until(lambda heard: heard[:1] == [0])
        assert evening.guests[0].state() == found["seq"]
        assert evening.leader.press(evening.plan["console"] + "heads/", heads="6") == 302
        ear.until(lambda heard: heard[-1] > found["seq"])
    return found


def test_the_evening_goes_on_after_a_kill_in_each_state(evening: Evening) -> None:
    chance = random.Random(7)
    plan = evening.plan
    for number in range(PEOPLE):
        evening.join(f"Neighbour {number}")
    killed(evening, "draft", opened=0, firsts=0)

    evening.step("start")
    evening.storm(plan["answer"], FIRST, evening.firsts, chance.randrange(1, PEOPLE - 2))
    killed(evening, "open", opened=0, firsts=PEOPLE)

    evening.step("seal")
    killed(evening, "sealed", opened=0, firsts=PEOPLE)

    evening.step("begin")
    assert "We wait until they want to be heard" in evening.guests[0].sees()
    killed(evening, "reading", opened=0, firsts=PEOPLE)
    _kill_in_the_middle(evening, "show", chance)
    killed(evening, "reading", opened=1, firsts=PEOPLE)
    _kill_in_the_middle(evening, "next", chance)
    found = evening.found()
    assert_whole(found, opened=1, firsts=PEOPLE)
    assert found["steps"].count("live.end_turn") == 1
    for _turn in range(1, PEOPLE):
        evening.step("show")
        evening.step("next")

    assert evening.guests[0].press(evening.guests[0].room + "comment/", words="Thank you.") == 302
    assert "Thank you." in evening.guests[1].sees()
    killed(evening, "discussion", opened=PEOPLE, firsts=PEOPLE)

    evening.step("second")
    evening.storm(plan["second"], SECOND, evening.seconds, chance.randrange(1, PEOPLE - 2))
    found = killed(evening, "second answer", opened=PEOPLE, firsts=PEOPLE, seconds=PEOPLE)
    assert found["seconds_opened"] == 0

    _kill_in_the_middle(evening, "close", chance)
    found = killed(evening, "closed", opened=PEOPLE, firsts=PEOPLE, seconds=PEOPLE)
    assert found["seconds_opened"] == PEOPLE
    evening.step("end")
    assert "has ended" in evening.guests[0].sees()
    assert evening.kills == 13


def _kill_in_the_middle(evening: Evening, action: str, chance: random.Random) -> None:
    """Somewhere between the press and its answer; the facilitator presses once more on the same page."""
    press = evening.button(action)

    def soon() -> None:
        time.sleep(chance.random() * 0.05)
        evening.kill()

    [status] = _at_once([lambda: evening.leader.send(press)], soon, 0)
    assert status in {302, NOT_ANSWERED}
    evening.restart()
    assert evening.leader.send(press) == 302


@pytest.mark.skipif(databases.kind() != "sqlite", reason="damages a copy of the file")
@pytest.mark.parametrize("damage", ["rounds_answer", "core_entry", "live_place"])
def test_the_judge_finds_what_is_lost(evening: Evening, damage: str, tmp_path: Path) -> None:
    """Without this, the test above might look away."""
    for number in range(PEOPLE):
        evening.join(f"Neighbour {number}")
    evening.step("start")
    for guest in evening.guests:
        press = Press(evening.plan["answer"], FIRST)
        assert guest.send(press) == 302
        evening.firsts.add(press.key)
    assert_whole(evening.found(), opened=0, firsts=PEOPLE)
    evening.kill()
    home = tmp_path / "copy"
    shutil.copytree(evening.server.home, home)
    _lose_the_last_row(home / "coproduce.sqlite3", damage)
    evening.server = Server("", home, 0)
    with pytest.raises(AssertionError):
        assert_whole(evening.found(), opened=0, firsts=PEOPLE)


# Without anyone typing again


@pytest.mark.browser
def test_what_was_typed_or_sent_into_the_kill_arrives_without_typing_again(
    evening: Evening, journeys: Journeys
) -> None:
    journeys.watch.allow(r"Failed to load resource|net::ERR|Failed to fetch")
    typing, sending = (_in_the_room(evening, journeys, name) for name in ("Maureen", "Priya"))
    evening.step("start")
    for page in (typing, sending):
        page.goto(evening.server.url + evening.plan["answer"])
        say_more(page)
    _fill(sending, "I wait longer.")
    typing.get_by_label("What it would change for you, in your own words").fill("Half of a senten")
    expect(typing.locator("app-draft")).to_be_visible()
    _is_kept_on_the_phone(typing)
    evening.kill()
    sending.get_by_role("button", name="Seal my answer").click()
    expect(sending.get_by_text("not sent yet")).to_be_visible(timeout=30_000)
    evening.restart()
    expect(sending.get_by_text("Your answer is sealed")).to_be_visible(timeout=60_000)
    typing.reload()
    expect(typing.get_by_label("What it would change for you, in your own words")).to_have_value(
        "Half of a senten"
    )
    found = evening.found()
    assert (found["firsts"], found["first_entries"], found["places"]) == (1, 1, 2)
    sending.goto(f"{evening.server.url}{_room_of(sending)}")
    evening.step("seal", override_reason=WHY)
    expect(sending.get_by_role("heading", name="Sealed")).to_be_visible(timeout=30_000)
    evening.kill()
    evening.restart()
    evening.step("begin")
    # The open page finds the new server and the new step by itself.
    expect(sending.get_by_role("heading", name="Read in turn")).to_be_visible(timeout=90_000)


def _is_kept_on_the_phone(page: Page) -> None:
    """Asked again and again from here: the page itself may run no text as code."""
    for _ in range(100):
        if page.evaluate("Object.keys(localStorage).some(one => one.startsWith('app-draft:'))"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("What was typed is not kept on the phone.")


_ROOMS: dict[Page, str] = {}


def _in_the_room(evening: Evening, journeys: Journeys, name: str) -> Page:
    page = journeys.open(*PHONE)
    page.goto(f"{evening.server.url}/live/join/{evening.plan['code']}/")
    page.get_by_label("What should we call you?").fill(name)
    page.get_by_label("Neighbours").check()
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("button", name="Go to the room").click()
    _ROOMS[page] = urlsplit(page.url).path
    return page


def _room_of(page: Page) -> str:
    return _ROOMS[page]


def _fill(page: Page, words: str) -> None:
    page.locator("[name=me_rating][value='-1']").check()
    page.get_by_label("What it would change for you, in your own words").fill(words)
    page.locator("[name=around_rating][value='skip']").check()
    page.locator("[name=intents][value='fairness']").check()
    channel = page.locator("[name=channel][value='online']")
    if channel.count():
        channel.check()
