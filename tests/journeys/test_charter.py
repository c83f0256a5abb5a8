"""Promises that are measured, by the people who hold the authority to them (domain.md §3.11, step 29, and §3.10).

Step 29 only reads the example. The missed promise is told and answered in a project of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Site, check_with_axe

from .test_demo_walkthrough import at, enter, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

# The record: met, and what the sentence says; the experience: the mean of the sealed answers.
TILES = {
    1: ("Met", "day 0", "3.1"),
    2: ("Met", "parts have both dates", "2.8"),
    3: ("Met", "Helen Marsh", "3.6"),
    4: ("Met", "7 of 7 versions have author and summary. 15 of 15 actions", "3.3"),
    5: ("Met", "40 of 40 suggestions", "2.9"),
    6: ("Not met", "37 of 40 answers came on time (92.5%)", "2.6"),
    7: ("Met", "40 of 40 suggestions are covered in public", "3.2"),
    8: ("Met", "have a review date in time", "3.4"),
}


def shows_seven_of_eight(page: Page) -> None:
    reads(page, "7 of 8 commitments are met.", "Commitment 6 is not met")
    tiles = page.locator(".charter-tile")
    expect(tiles).to_have_count(8)
    for number, (met, figure, mean) in TILES.items():
        tile = tiles.nth(number - 1)
        expect(tile.locator(".govuk-tag")).to_have_text(met)
        expect(tile).to_contain_text(figure)
        expect(tile).to_contain_text(f"{mean} of 4, from 20 answers")
    reads(
        page,
        "Participants give commitment 6 the lowest mark: 2.6 of 4. It is also the one that the records show",
    )


def test_R101_step_29_a_citizen_without_an_account_on_a_phone_without_javascript(
    demo_site: Site, without_javascript: Page
) -> None:
    page = without_javascript
    page.goto(f"{demo_site.url}/charter/")
    at(page, "Charter: all projects")
    expect(page.locator("main tbody tr").first).to_contain_text("6. Answer each idea")
    follow(page, "Home After Hospital")
    shows_seven_of_eight(page)
    page.get_by_role("link", name=re.compile("40 rows behind it.*6 Answer each idea")).click()
    at(page, "Answer each idea")
    expect(page.locator("main")).to_contain_text("40 in this list")
    page.get_by_label("Show", exact=True).select_option("no")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("3 in this list")
    reads(page, "S12", "S34", "S38")
    follow(page, "Charters", "Home After Hospital", "Promises that people say were missed")
    reads(page, "M01", "You promised an answer to every idea", "Owen Pritchard, 15 September 2025")


def test_step_29_the_manager_sees_the_same_and_opens_the_rows_themselves(
    demo_site: Site, desktop: Page
) -> None:
    enter(demo_site, desktop, "P18", "Charters", "Home After Hospital")
    shows_seven_of_eight(desktop)
    check_with_axe(desktop)
    desktop.get_by_role("link", name=re.compile("rows behind it.*6 Answer each idea")).click()
    follow(desktop, "S12")
    at(desktop, "Suggestion S12")
    follow(desktop, "Portfolio")
    row = desktop.locator("main tbody tr", has_text="Home After Hospital")
    expect(row).to_contain_text("7 of 8 met")
    expect(row).to_contain_text("Decision")
    expect(row).to_contain_text("Foreword: no citizens")
    check_with_axe(desktop)


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    server = servers.start("serve", tmp_path / "charter", COPRODUCE_WORKER_SECONDS="0.5")
    yield Site(server)
    server.stop()


def test_R101_a_missed_promise_is_told_answered_and_found_again(own_site: Site, journeys: Journeys) -> None:
    told: dict[str, Any] = servers.run_beside(own_site.server, "tests.journeys.two_charters")
    citizen = journeys.open(*PHONE, javascript=False)
    citizen.goto(own_site.url + told["public"])
    citizen.get_by_role("button", name="Tell us a promise was missed").click()
    at(citizen, "Tell us a promise was missed")
    citizen.get_by_role("button", name="Send").click()
    expect(citizen.locator(".govuk-error-summary")).to_be_visible()
    citizen.get_by_label("What was promised, and what happened?").fill("Nobody rang me back.")
    citizen.get_by_label("6. Answer each idea").check()
    citizen.get_by_label("No", exact=True).check()
    citizen.get_by_role("button", name="Send").click()
    at(citizen, "Thank you")
    code = citizen.locator(".govuk-panel__body").inner_text()
    citizen.goto(own_site.url + told["public"])
    reads(citizen, "M01: an answer is due by")

    manager = journeys.open(*DESKTOP)
    session = {"name": "session", "value": told["session"], "url": own_site.url}
    manager.context.add_cookies([session])
    manager.goto(own_site.url)
    at(manager, "Portfolio")
    manager.locator("main tr", has_text=told["title"]).get_by_role("link", name="met").click()
    follow(manager, "Promises that people say were missed", "Answer M01")
    reads(manager, "Nobody rang me back.", "Only those who lead the project may read these words.")
    check_with_axe(manager)
    manager.get_by_label("Yes, we missed it").check()
    manager.get_by_label("Your answer").fill("We are sorry. Bo rings you today.")
    manager.get_by_role("button", name="Send the answer").click()
    reads(manager, "We are sorry. Bo rings you today.")

    follow(citizen, "Promises that people say were missed")
    reads(citizen, "We are sorry.", told["manager"], "Not shown: the person did not want that.")
    expect(citizen.locator("main")).not_to_contain_text("Nobody rang me back")
    follow(citizen, "Find the answer to mine")
    citizen.get_by_label("The code on your receipt").fill(code)
    citizen.get_by_role("button", name="Find it").click()
    at(citizen, "The answer to M01")
    reads(citizen, "We are sorry. Bo rings you today.", told["manager"])
