"""A vote from barriers to the close: by a facilitator, a citizen's phone, somebody's keyboard, and a paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import DESKTOP, Journeys

from .test_demo_walkthrough import at, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
NARROW = (360, 740)
WORDS = ("You know who comes to your home first.", "A bus runs after six.", "Letters use plain words.")


def test_a_ballot_from_its_barriers_to_its_close(
    tmp_path: Path, journeys: Journeys, axe: Callable[[Page], None]
) -> None:
    server = servers.start("serve", tmp_path / "home")
    try:
        found = servers.run_beside(server, "tests.journeys.vote")
        lead = journeys.open(*DESKTOP)
        lead.context.add_cookies([{"name": "session", "value": found["facilitator"], "url": server.url}])
        lead.goto(server.url + found["project"])
        address = makes_a_ballot(lead, axe)
        citizen = journeys.open(*NARROW, javascript=False)
        votes_on_a_phone(citizen, address)
        votes_by_keyboard(journeys.open(*DESKTOP), address, axe)
        types_in_a_paper(lead, axe)
        closes(lead, axe)
        citizen.goto(address)
        reads(citizen, "This ballot is closed.")
    finally:
        server.stop()


def makes_a_ballot(page: Page, axe: Callable[[Page], None]) -> str:
    follow(page, "Votes on statements")
    press(page, "Make a ballot")
    axe(page)
    page.get_by_label("What do people vote about?").fill("What the plan must hold")
    page.get_by_label("Anyone with the link").check()
    page.get_by_role("button", name="Make the draft").click()
    follow(page, "Make statements from barriers")
    axe(page)
    for box in page.locator("input[name=source]").all():
        box.check()
    page.get_by_role("button", name="Word them").click()
    reads(page, "B01", "I sat and waited.")
    for area, words in zip(page.locator("textarea").all(), WORDS, strict=True):
        area.fill(words)
    axe(page)
    page.get_by_role("button", name="Add the statements").click()
    reads(page, *WORDS)
    page.get_by_role("link", name="V1").first.click()
    press(page, "Open the ballot")
    page.get_by_role("button", name="Open it").click()
    at(page, "What the plan must hold")
    axe(page)
    return page.locator("main .app-break").first.inner_text().strip()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()
    page.wait_for_load_state()


def votes_on_a_phone(page: Page, address: str) -> None:
    """One statement at a time, back to change one, and the list at the end; no JavaScript."""
    page.goto(address)
    page.get_by_label("People who use it").check()
    page.get_by_role("button", name="Start").click()
    for number, answer in enumerate(("Agree", "Disagree", "Pass"), 1):
        expect(page.locator(".voting-progress")).to_contain_text(f"{number} of 3")
        button = page.get_by_role("button", name=answer, exact=True)
        box = button.bounding_box()
        assert box
        assert box["height"] >= 64
        assert box["x"] + box["width"] <= NARROW[0]
        button.click()
    at(page, "My votes")
    reads(page, "You have voted on every statement.", "Agree", "Disagree", "Pass")
    page.get_by_role("link", name=re.compile("^Change")).first.click()
    page.get_by_role("button", name=re.compile("^Pass")).click()
    at(page, "My votes")


def votes_by_keyboard(page: Page, address: str, axe: Callable[[Page], None]) -> None:
    """The focus comes to the statement by itself; Tab, and Enter."""
    page.goto(address)
    axe(page)
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    for number in (1, 2, 3):
        expect(page.locator(".voting-progress")).to_contain_text(f"{number} of 3")
        expect(page.locator("h1")).to_be_focused()
        if number == 1:
            axe(page)
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Agree", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
    at(page, "My votes")
    axe(page)


def types_in_a_paper(page: Page, axe: Callable[[Page], None]) -> None:
    follow(page, "Print ballot papers")
    code = page.locator(".voting-paper__code").inner_text()
    follow(page, "V1", "Type in a paper")
    axe(page)
    page.get_by_label("Code on the paper").fill(code)
    for number in (1, 2):
        page.locator(f"input[name=vote_{number}][value='1']").check()
    page.get_by_role("button", name="Read back").click()
    reads(page, "Nothing is kept yet.", "1 statement has no vote.", f"1. {WORDS[0]}")
    axe(page)
    page.get_by_role("button", name="It is right: keep it").click()
    at(page, "Type in a paper")
    follow(page, "V1")


def closes(page: Page, axe: Callable[[Page], None]) -> None:
    press(page, "Close the ballot")
    page.get_by_role("button", name="Close it").click()
    reads(page, "Closed", "3 people, 8 votes")
    axe(page)
