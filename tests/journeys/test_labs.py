"""Labs as people meet them: a facilitator who counts turns in the room, and a citizen who reads what came of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import Site

from .test_demo_walkthrough import enter, follow, reads

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str]]]:
    """Labs of today with three turns each: the address, and the facilitator's session. No example is changed."""
    server = servers.start("serve", tmp_path_factory.mktemp("labs") / "home")
    places = servers.run_beside(server, "tests.accessibility.midway", ["labs:tally"] * 3)
    yield [(server.url + place["path"], place["session"]) for place in places]
    server.stop()


@pytest.fixture
def tally(tallies: list[tuple[str, str]]) -> tuple[str, str]:
    """A lab that no other test has counted in."""
    return tallies.pop()


def open_tally(page: Page, tally: tuple[str, str]) -> None:
    address, session = tally
    page.context.add_cookies([{"name": "session", "value": session, "url": address}])
    page.goto(address)


def said(page: Page, words: str) -> None:
    expect(page.locator(".labs-said")).to_have_text(words)


def test_turns_are_counted_and_taken_back_on_a_phone_without_javascript(
    tally: tuple[str, str], without_javascript: Page
) -> None:
    page = without_javascript
    open_tally(page, tally)
    said(page, "3 turns so far.")
    button = page.locator(".labs-tally__button")
    box = button.bounding_box()
    assert box
    assert box["height"] >= 72
    for total in (4, 5):
        button.click()
        said(page, f"Counted: People who use it, now {total}.")
    page.get_by_role("button", name="Take the last one back: G1 (1)").click()
    said(page, "The last one is taken back.")
    expect(button).to_contain_text("4")
    page.go_back()
    button.click()
    said(page, "Counted: People who use it, now 5.")


def test_turns_are_counted_by_keyboard_and_the_focus_stays(tally: tuple[str, str], desktop: Page) -> None:
    page = desktop
    open_tally(page, tally)
    page.locator(".labs-tally__button").focus()
    for total in (4, 5, 6):
        page.keyboard.press("Enter")
        said(page, f"Counted: People who use it, now {total}.")
        expect(page.locator(".labs-tally__button")).to_be_focused()


def test_a_press_that_the_network_sends_again_counts_once(tally: tuple[str, str], phone: Page) -> None:
    open_tally(phone, tally)
    again = """form => { const sent = new URLSearchParams(new FormData(form));
        sent.set("group", form.querySelector("button").value);
        const post = () => fetch(form.action, {method: "POST", body: sent});
        return Promise.all([post(), post()]).then(answers => answers.map(answer => answer.status)); }"""
    assert phone.locator(".labs-tally form").evaluate(again) == [200, 200]
    phone.reload()
    said(phone, "4 turns so far.")


def test_R51_maureen_reads_that_the_third_one_was_collaboration(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Labs", "L3")
    reads(phone, "Collaboration", "this was collaboration and not co-production")
    phone.get_by_role("button", name="Record of the lab").click()
    reads(phone, "Collaboration", "7 people came, 0 of them citizens.", "No citizen was asked")
    expect(phone.get_by_text("Add an idea")).to_have_count(0)


def test_R54_helen_reads_whose_voice_was_too_loud_and_whether_citizens_are_in_every_stage(
    demo_site: Site, desktop: Page
) -> None:
    enter(demo_site, desktop, "P18", "Labs", "L2", "Who came and who spoke")
    reads(desktop, "“Leaders and managers” spoke far more than its share: voice ratio 1.95.")
    follow(desktop, "L2", "Labs")
    follow(desktop, "Citizens in each stage")
    reads(desktop, "No citizens in this stage: Foreword.", "No citizens in this stage: Decision.")
