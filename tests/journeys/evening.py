"""Who comes to the evening, on which device, and what each of them does in a browser."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from coproduce.capabilities.projects.terms import Intent
from coproduce.capabilities.rounds.terms import RATING_WORDS, BuiltOn
from coproduce.config.demo.story import rows, story
from tests.support.browser import DESKTOP, PHONE, Journeys, say_more

PAPER, CALL, SUPPORTED = "Paper", "By phone call", "With a supporter"
# Thirteen answer by themselves. Grace, who is blind, is one of them, so Tom takes her phone call from the story.
BY_CODE = ("P08", "P12", "P13", "P14", "P16")
ONLINE = ("P07", "P08", *(f"P{number}" for number in (12, 13, 14, 15, 16, 17, 18, 20, 22, 23, 24)))
HELPED = {
    "P01": PAPER, "P02": PAPER, "P04": PAPER, "P09": PAPER, "P11": PAPER,
    "P03": CALL, "P06": CALL, "P10": CALL, "P05": SUPPORTED,
}  # fmt: skip
CHANNELS = {PAPER: "Paper", CALL: "Phone", SUPPORTED: "Easy Read, with a supporter"}
BLIND, LATE, SILENT, WITHOUT_A_PHONE = "P07", "P21", "P19", "P04"
LEADERS = {"Helen Marsh", "Wei Chen"}
WITHOUT_SCRIPT = {"P12", "P14", "P20", "P23", "P03", "P10"}
AT_A_DESK = {"P07", "P15", "P18", "P20", "P24"}

ANSWERS = {answer.person: answer for answer in story().answers}
BARRIERS = {
    code: [barrier for barrier in story().barriers if barrier.person == code] for code in ANSWERS
}  # fmt: skip


def markers(code: str) -> list[str]:
    """Every word of somebody's answer that others must not see before its turn."""
    told = ANSWERS[code]
    answer = [told.me_words, told.around_words, told.intention_words, told.question]
    return [words for words in [*answer, *(barrier.words for barrier in BARRIERS[code])] if words]


def seen_in(page: str) -> set[str]:
    """Whose words stand in this HTML, whole or in part."""
    text = html.unescape(page)
    return {code for code in ANSWERS if any(words in text for words in markers(code))}


@dataclass
class Guest:
    """Somebody at a browser of their own. `watches` is the address of the page that they keep open."""

    code: str
    page: Page
    site: str
    has_script: bool
    watches: str = ""

    @property
    def person(self) -> rows.Person:
        return next(one for one in story().people if one.code == self.code)

    # Coming in

    def sign_in(self, way: dict[str, str]) -> None:
        if "link" in way:
            self.page.goto(self.site + way["link"])
            self.page.get_by_role("button", name="Yes, that is me").click()
        else:
            self.page.context.add_cookies([{"name": "session", "value": way["session"], "url": self.site}])

    def take_seat(self, sessions: str) -> None:
        self.page.goto(self.site + sessions)
        self.page.get_by_role("button", name="Take my seat").click()
        self._go_to_the_room()

    def join_by_code(self, code: str, group: str) -> None:
        self.page.goto(f"{self.site}/live/")
        self.page.get_by_label("Code on the screen").fill(code)
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_label("What should we call you?").fill(self.person.name.split()[0])
        self.page.get_by_label(group).check()
        self.page.get_by_role("button", name="Come in").click()
        self._go_to_the_room()

    def _go_to_the_room(self) -> None:
        expect(self.page.locator(".app-words")).to_be_visible()
        self.page.get_by_role("button", name="Go to the room").click()
        self.page.wait_for_load_state()
        self.watches = self.page.url

    # In the room

    def look(self) -> None:
        """Without JavaScript nothing changes by itself: press Refresh."""
        if not self.has_script:
            self.page.get_by_role("link", name="Refresh").click()

    def sees(self, *words: str) -> None:
        self.look()
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one, timeout=20_000)

    def html(self) -> str:
        """What stands on the screen, and what their browser gets when it asks afresh."""
        return self.page.content() + self.fresh()

    def fresh(self) -> str:
        return self.page.context.request.get(self.watches).text()

    def write(self) -> None:
        self.page.get_by_role("button", name="Write my answer").click()
        fill_answer(self.page, self.code)

    def send(self) -> None:
        self.page.get_by_role("button", name="Seal my answer").click()
        expect(self.page.get_by_role("heading", name="Thank you. Your answer is sealed")).to_be_visible()
        self.page.get_by_role("link", name="Go on").click()

    def shows_own_words(self) -> None:
        self.sees("It is your turn")
        self.page.get_by_role("button", name="Show my words to all").click()

    def answers_again(self) -> None:
        self.look()
        self.page.get_by_role("button", name="Give my second answer").click()
        fill_second(self.page, self.code)
        self.page.get_by_role("button", name="Save the second answer").click()
        self.sees("Your second answer is sealed")


def fill_answer(page: Page, code: str) -> None:
    """By the names that a screen reader says, never by ids."""
    told = ANSWERS[code]
    say_more(page)
    _choose(page, "For me it would be", str(RATING_WORDS[told.me]))
    page.get_by_label("What it would change for you").fill(told.me_words)
    _choose(page, "For people around me it would be", str(RATING_WORDS[told.around]))
    page.get_by_label("What it would change for them").fill(told.around_words)
    intent = Intent(told.intention).label if told.intention in Intent.values else "I do not know"
    page.get_by_label(str(intent), exact=True).check()
    page.get_by_label("Why you think so").fill(told.intention_words)
    for number, barrier in enumerate(BARRIERS[code], 1):
        _fill_barrier(page, number, barrier)
    if told.question:
        page.get_by_label("A question you want answered").fill(told.question)


def _fill_barrier(page: Page, number: int, barrier: rows.Barrier) -> None:
    row = page.get_by_role("group", name=re.compile(rf"^Barrier {number}\b"))
    if not row.count():
        page.get_by_role("button", name="Add another: Barrier").click()
    say_more(page)
    row.get_by_label("use your own words").fill(barrier.words)
    levels = ("Me", "People around me", "What those leading this want")
    row.get_by_label(levels[barrier.level - 1], exact=True).check()
    row.get_by_label("How much does it matter?").select_option(str(barrier.importance))
    row.get_by_label("How easy is it to remove?").select_option(str(barrier.ease))
    row.get_by_label("What makes you think so?").select_option(label=str(BuiltOn(barrier.built_on).label))


def fill_second(page: Page, code: str) -> None:
    told = ANSWERS[code]
    again = told.me if told.again is None else told.again
    _choose(page, "For me it would be", str(RATING_WORDS[again]))
    _choose(page, "For people around me it would be", str(RATING_WORDS[told.around]))
    if told.again_words:
        page.get_by_label("What changed for you").fill(told.again_words)


def _choose(page: Page, legend: str, choice: str) -> None:
    page.get_by_role("group", name=legend).get_by_label(choice).check()


@dataclass
class Facilitator:
    """At the console, on whichever laptop works."""

    page: Page
    site: str
    project: str
    console: str = ""

    def at(self, address: str) -> Page:
        self.page.goto(self.site + address)
        return self.page

    def go(self, *links: str) -> None:
        for name in links:
            self.page.get_by_role("link", name=name).first.click()

    def step(self, button: str, *, because: str = "") -> None:
        """A button of the console; with a reason where it asks for one."""
        if not self.page.url.endswith("/console/"):
            self.page.goto(self.console)
        if because:
            self.page.get_by_label("reason").first.fill(because)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def says(self) -> Locator:
        return self.page.locator("main")

    def sets_a_place(self, name: str, device: str) -> None:
        self.page.goto(self.console)
        self.go("Who is in the room")
        self.page.get_by_role("button", name="Add someone without a phone").click()
        self._choose_person(name)
        self.page.get_by_label(device, exact=True).check()
        self.page.get_by_role("button", name="Add them").click()

    def _choose_person(self, name: str) -> None:
        box = self.page.get_by_label("Who is it?")
        words = box.locator("option").filter(has_text=name).inner_text()
        box.select_option(label=words)

    def helps(self, name: str, link: str) -> None:
        """Unfold the seat of this person in the list of the room, and follow the link in it."""
        self.page.goto(self.console)
        self.go("Who is in the room")
        self.at_seat(name).get_by_role("link", name=link).click()

    def at_seat(self, name: str) -> Locator:
        seat = self.page.locator("details").filter(has_text=name)
        seat.locator("summary").click()
        return seat

    def enters(self, code: str, name: str, device: str) -> None:
        self.helps(name, "Type in their answer")
        fill_answer(self.page, code)
        self.page.get_by_label(CHANNELS[device], exact=True).check()
        self.page.get_by_label("I have read the answer back").check()
        self.page.get_by_role("button", name="Seal this answer").click()
        expect(self.page.get_by_role("heading", name="The answer is entered")).to_be_visible()

    def enters_again(self, code: str, name: str) -> None:
        self.helps(name, "Type in their second answer")
        fill_second(self.page, code)
        self.page.get_by_label("I have read the answer back").check()
        asked = self.page.url
        self.page.get_by_role("button", name="Save the second answer").click()
        # Sent in the background and tried again when the line is bad: the page moves on once it has arrived.
        self.page.wait_for_url(lambda address: address != asked)


@dataclass
class Evening:
    """Where the evening stands: who sits at which browser, and the steps lived so far."""

    site: str
    given: dict[str, Any]
    journeys: Journeys
    guests: dict[str, Guest] = field(default_factory=dict)
    lived: list[str] = field(default_factory=list)
    broken: str = ""
    code: str = ""
    root: str = ""
    read: list[str] = field(default_factory=list)
    leader: Facilitator = field(init=False)
    wall: Guest = field(init=False)

    def __post_init__(self) -> None:
        self.leader = self.facilitator("F01")

    def facilitator(self, code: str) -> Facilitator:
        page = self.journeys.open(*DESKTOP)
        self._sign_in(page, code)
        return Facilitator(page, self.site, self.given["project"])

    def _sign_in(self, page: Page, code: str) -> None:
        cookie = {"name": "session", "value": self.given["people"][code]["session"], "url": self.site}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    def opens_the_wall(self, address: str) -> None:
        page = self.journeys.open(1280, 720)
        self._sign_in(page, "F01")
        page.goto(address)
        self.wall = Guest("wall", page, self.site, has_script=True, watches=address)

    def comes(self, code: str) -> Guest:
        has_script = code not in WITHOUT_SCRIPT
        page = self.journeys.open(*(DESKTOP if code in AT_A_DESK else PHONE), javascript=has_script)
        guest = self.guests[code] = Guest(code, page, self.site, has_script)
        return guest

    @property
    def sessions(self) -> str:
        return f"{self.given['project']}live/"

    def name(self, code: str) -> str:
        return str(self.given["people"][code]["name"])

    def in_the_room(self) -> list[Guest]:
        return [guest for guest in self.guests.values() if "/live/" in guest.watches]

    def nobody_sees(self, hidden: Iterable[str], *, among: Iterable[Guest] | None = None) -> None:
        """No browser holds a word of these people's answers, on the screen or when it asks afresh."""
        hidden = set(hidden)
        for guest in [*(self.guests.values() if among is None else among), self.wall]:
            early = seen_in(guest.html()) & hidden
            assert not early, f"{guest.code} sees the words of {sorted(early)} early"
        early = seen_in(self.leader.page.content()) & hidden
        assert not early, f"The console shows the words of {sorted(early)} early"
