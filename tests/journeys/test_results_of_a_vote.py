"""A vote closes, a citizen reads its result on a phone without JavaScript, and a figure becomes evidence."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from coproduce.capabilities.insights.tests.factories import TEXTS
from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Site, check_with_axe

from .test_demo_walkthrough import at, enter, find_suggestion, follow, reads, search

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
FACILITATOR, CITIZEN = "Owen Pritchard", "P01"


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, str]]]:
    """A demo of its own, with a ballot that is still open."""
    server = servers.start("demo", tmp_path_factory.mktemp("votes") / "demo", seconds=300)
    yield Site(server), servers.run_beside(server, "tests.journeys.voted")
    server.stop()


def wait_for(page: Page, words: str, seconds: float = 60) -> None:
    """By refreshing, as somebody does who has no JavaScript."""
    deadline = time.monotonic() + seconds
    while words not in page.locator("main").inner_text() and time.monotonic() < deadline:
        time.sleep(1)
        page.reload()
    reads(page, words)


def test_from_the_close_of_a_vote_to_evidence_for_a_suggestion(
    voted: tuple[Site, dict[str, str]], journeys: Journeys
) -> None:
    site, found = voted
    facilitator = journeys.open(*DESKTOP)
    enter(site, facilitator, FACILITATOR, "What people agree on", found["title"])
    reads(facilitator, "The result is shown when the vote has closed", "not even those who lead the project")
    check_with_axe(facilitator)
    facilitator.goto(site.url + found["ballot"])
    facilitator.get_by_role("button", name="Close the ballot").click()
    facilitator.get_by_role("button", name="Close it").click()
    facilitator.goto(site.url + found["result"])
    wait_for(facilitator, "What all groups agree on")

    citizen = journeys.open(*PHONE, javascript=False)
    enter(site, citizen, CITIZEN, "What people agree on", found["title"])
    reads(citizen, "81 people gave 648 votes on 8 statements", "Who voted", "in each group agree", TEXTS[0],
          "What divides the groups", "Where each group stands", "Groups of opinion",
          "It cannot say what those think who did not vote")  # fmt: skip
    expect(citizen.locator("main table").first).to_be_attached()
    citizen.get_by_role("button", name="Where am I?").click()
    at(citizen, "Where am I?")
    reads(citizen, "Only you see this page", "Your votes beside everybody’s", "You: agree")
    follow(citizen, "The whole result", "All statements with their votes")
    reads(citizen, "8 in this list", TEXTS[3])
    search(citizen, "phone number")
    reads(citizen, "1 in this list", TEXTS[4])

    use_as_evidence(facilitator, site, found)
    find_suggestion(citizen_again(site, citizen), "S08", "before leaving the ward")
    reads(citizen, "Result of a vote", TEXTS[0], "of 10 in each group")


def use_as_evidence(page: Page, site: Site, found: dict[str, str]) -> None:
    page.goto(site.url + found["result"])
    check_with_axe(page)
    follow(page, TEXTS[0])
    reads(page, "Votes by group", "This result is not used as evidence yet")
    check_with_axe(page)
    follow(page, "Use as evidence")
    search(page, "S08")
    page.get_by_label("S08").check()
    check_with_axe(page)
    page.get_by_role("button", name="Use as evidence").click()
    page.wait_for_load_state()
    reads(page, "Suggestion S08", "Take it back")


def citizen_again(site: Site, page: Page) -> Page:
    page.goto(site.url)
    follow(page, "Home After Hospital")
    return page
