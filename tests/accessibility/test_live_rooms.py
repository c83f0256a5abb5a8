"""Every page of the live room in every state: with axe, on a phone and on a desktop, with and without JavaScript.

The room is made beside the server, with long names and answers, words that run from right to left, nobody and two
hundred people in it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Hands
from tests.permissions import grid
from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Site

from .rooms import EMPTY, STATES
from .test_every_page import MACHINES_OF_THE_ROOM, faults_at, needs_javascript, too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("live rooms"),
]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    server = servers.start("serve", tmp_path_factory.mktemp("rooms") / "home")
    yield Site(server)
    server.stop()


@pytest.fixture(scope="module")
def rooms(hall: Site) -> list[dict[str, str]]:
    made: list[dict[str, str]] = servers.run_beside(hall.server, "tests.accessibility.rooms", list(STATES))
    return made


def _enter(page: Page, site: Site, room: dict[str, str]) -> None:
    # The page before asks how its room stands, and must not ask in the name of the next person.
    page.goto("about:blank")
    page.context.clear_cookies()
    kept: list[Any] = [
        {"name": name, "value": room[name], "url": site.url} for name in ("session", "place") if room[name]
    ]
    page.context.add_cookies(kept)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state_of_the_room(
    state: str, hall: Site, rooms: list[dict[str, str]], journeys: Journeys
) -> None:
    page, faults = journeys.open(*PHONE), []
    for room in rooms:
        if room["state"] == state:
            _enter(page, hall, room)
            faults += faults_at(page, hall.url + room["path"])
    assert not faults, "\n".join(["", *faults])


def test_each_page_of_the_room_works_without_javascript(
    hall: Site, rooms: list[dict[str, str]], without_javascript: Page
) -> None:
    faults = []
    for room in rooms:
        for width, height in (PHONE, DESKTOP):
            without_javascript.set_viewport_size({"width": width, "height": height})
            _enter(without_javascript, hall, room)
            without_javascript.goto(hall.url + room["path"])
            found = [*needs_javascript(without_javascript), *too_wide(without_javascript)]
            if not without_javascript.locator("main h1").first.is_visible():
                found.append("no visible heading")
            faults += [f"{room['state']} {room['path']} at {width}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_the_rooms_have_every_page_of_the_grid(rooms: list[dict[str, str]]) -> None:
    from django.urls import resolve

    met = {resolve(room["path"]).view_name for room in rooms}
    pages = {row.url for row in grid.rows() if row.method == "GET" and row.url.startswith("live:")}
    assert pages - met - set(MACHINES_OF_THE_ROOM) == set()


@pytest.fixture
def pair(tmp_path: Path, journeys: Journeys) -> Iterator[tuple[Hands, Hands, str]]:
    """A facilitator at an empty room and somebody at the door: both with a keyboard, and the code to join."""
    site = Site(servers.start("serve", tmp_path / "door"))
    made = servers.run_beside(site.server, "tests.accessibility.rooms", [EMPTY])
    console = next(room for room in made if room["path"].endswith("/console/"))
    leads, joins = journeys.open(*DESKTOP), journeys.open(*DESKTOP)
    _enter(leads, site, console)
    leads.goto(site.url + console["path"])
    joins.goto(f"{site.url}/live/")
    yield Hands(leads), Hands(joins), leads.locator(".app-console .app-code").inner_text()
    site.server.stop()


def test_an_evening_with_the_keyboard_alone(pair: tuple[Hands, Hands, str]) -> None:
    """Join, answer, one's own turn, comment, themes, second answer; and the facilitator's steps."""
    leads, joins, code = pair
    joins.write("Code on the screen", code.lower())
    joins.press("Go on")
    joins.write("What should we call you?", "Grace")
    joins.pick("People who use the service")
    joins.press("Come in")
    joins.press("Go to the room")
    expect(leads.page.get_by_role("button", name="Start writing")).to_be_visible()
    leads.reload_and_press("Start writing")
    _answers(joins)
    leads.reload_and_press("Seal the answers")
    leads.press("Begin the reading")
    _has_a_turn(leads, joins)
    joins.write("What do you want to say?", "Thank you for listening.")
    joins.press("Send to the room")
    joins.reads("Thank you for listening.")
    _finds_a_theme(leads, joins)
    leads.reload_and_press("Ask for second answers")
    joins.reads("You have heard the others")
    joins.press("Give my second answer")
    joins.pick("+2: better", "For me it would be")
    joins.pick("0: no change", "For people around me")
    joins.press("Save the second answer")
    joins.reads("Your second answer is sealed")
    leads.reload_and_press("Close the round")
    joins.reads("The round is closed. Thank you.", "1 of 1 people moved")


def _answers(joins: Hands) -> None:
    joins.reads("Write what you think")
    joins.press("Write my answer")
    joins.pick("+1: a little better", "For me it would be")
    joins.unfold("Say more about yourself")
    joins.write("What it would change for you", "I would know who comes.")
    joins.pick("0: no change", "For people around me")
    joins.tick("Save money")
    joins.write("use your own words", "No bus runs after six.")
    joins.pick("Me", "Who is it about?")
    joins.press("Seal my answer")
    joins.is_at("Thank you. Your answer is sealed")
    joins.follow("Go on")


def _has_a_turn(leads: Hands, joins: Hands) -> None:
    """What changes by itself is said, without taking the focus."""
    joins.reads("It is your turn")
    expect(joins.page.locator("app-live > [aria-live]").first).to_have_text("It is Grace’s turn.")
    expect(joins.page).to_have_title("Read in turn – Coproduce")
    joins.press("Show my words to all")
    leads.reads("I would know who comes.")
    joins.press("I have read it")
    joins.reads("Every turn is done")


def _finds_a_theme(leads: Hands, joins: Hands) -> None:
    leads.reads("Talk about it")
    leads.write("New theme", "Getting there")
    leads.press("Add the theme")
    joins.press("Put barriers into themes")
    joins.select("Theme of B", "Getting there")
    joins.follow("Move B")
    joins.reads("0 barriers have no theme yet")
    joins.follow("Back to the room")
