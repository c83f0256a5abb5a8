"""Steps 23 to 25 of the walkthrough, by the manager, the facilitator, and P15 and P16, in an example of their own."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import Journeys, Site, check_with_axe

from .plans import move_the_end
from .test_demo_walkthrough import enter, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FACILITATOR, MANAGER = "Owen Pritchard", "P18"


@pytest.fixture(scope="module")
def own_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """These journeys change the plan, so they have a demo that no other test reads."""
    server = servers.start("demo", tmp_path_factory.mktemp("plan") / "demo", seconds=300)
    yield Site(server)
    server.stop()


@pytest.mark.parametrize("end", [("", "", ""), ("ongoing", "", ""), ("TBC", "", ""), ("1", "1", "2099")])
def test_step_23_an_end_that_is_no_date_is_refused_and_a_commitment_offered(
    own_demo: Site, desktop: Page, end: tuple[str, str, str]
) -> None:
    page = desktop
    enter(own_demo, page, FACILITATOR, "Actions")
    page.get_by_role("button", name="Add an action").click()
    page.get_by_label("What will be done?").fill("Keep the line open")
    page.get_by_label("Who owns it?").select_option(label="Ruth Llewellyn")
    for name, typed in zip(("Day", "Month", "Year"), ("1", "11", "2025"), strict=True):
        page.get_by_role("group", name="Start date").get_by_label(name, exact=True).fill(typed)
    for name, typed in zip(("Day", "Month", "Year"), end, strict=True):
        page.get_by_role("group", name="End date").get_by_label(name, exact=True).fill(typed)
    page.get_by_role("button", name="Add the action").click()
    reads(page, "R60", "standing commitment")
    expect(page.get_by_label("What will be done?")).to_have_value("Keep the line open")
    page.get_by_role("button", name="Make it a standing commitment instead").click()
    reads(page, "Add a standing commitment", "Keep the line open")


def test_steps_24_and_25_two_moves_turn_red_and_a_handover_tells_both(
    own_demo: Site, journeys: Journeys
) -> None:
    owner = journeys.open(1280, 900)
    enter(own_demo, owner, "P24", "Actions", "A02")
    move_the_end(owner, 12, 12, 2025, "The desk opens later")
    reads(owner, "Amber: end moved once")
    move_the_end(owner, 19, 12, 2025, "Two wards need training")
    reads(owner, "Red: end moved 2 times", "28 November 2025", "12 December 2025", "19 December 2025", "Anil Desai",
          "Two wards need training", "R62")  # fmt: skip
    check_with_axe(owner)

    manager = journeys.open(360, 740)
    enter(own_demo, manager, MANAGER, "Actions")
    reads(manager, "The end date of A02 has moved 2 times. Manager: look at this.")
    manager.goto(own_demo.url + "/people-and-actions/")
    reads(manager, "Anil Desai")
    check_with_axe(manager)

    follow(manager, "Imran Sheikh")
    reads(manager, "A01")
    check_with_axe(manager)
    lead = journeys.open(1280, 900)
    enter(own_demo, lead, FACILITATOR, "Actions", "A01", "Hand over")
    lead.get_by_label("Who takes them over?").select_option(label="Kelly Dawes")
    lead.get_by_label("What should they know?").fill("Ward 4 still waits for cards.")
    lead.get_by_role("button", name="Hand over").click()
    for code in ("P15", "P16"):
        page = journeys.open(360, 740)
        own_demo.sign_in_as(page, code)
        page.goto(own_demo.url + "/my-actions/")
        reads(page, "Imran Sheikh → Kelly Dawes", "A01", "Ward 4 still waits for cards.")
        check_with_axe(page)
    follow(page, "A01")
    reads(page, "Kelly Dawes", "Earlier owners", "Ward 4 still waits for cards.")


def test_a_manager_reviews_the_plan_and_puts_it_into_a_calendar(own_demo: Site, journeys: Journeys) -> None:
    page = journeys.open(360, 740, javascript=False)
    enter(own_demo, page, MANAGER, "Actions", "Reviews")
    page.get_by_role("button", name="Write down a review").click()
    page.get_by_label("What did you find, and what follows?").fill("A02 has moved twice. I ring the desk.")
    page.get_by_role("button", name="Save the review").click()
    reads(page, "The review is on the record.", "A02 has moved twice. I ring the desk.", "2 of 15 done")
    page.goto(own_demo.url + "/my-actions/calendar/")
    page.get_by_role("button", name="Make my address").click()
    address = page.locator(".app-address code").inner_text()
    feed = httpx.get(address)
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.search(r"SUMMARY:A09 ", feed.text)
    page.get_by_role("button", name="Stop this address").click()
    assert httpx.get(address).status_code == 404


def test_last_years_spreadsheet_comes_in_and_goes_again(own_demo: Site, journeys: Journeys) -> None:
    page = journeys.open(360, 740)
    enter(own_demo, page, FACILITATOR, "Actions", "Bring in a spreadsheet")
    rows = "Action,Lead,Start,Due\nPrint a map,Kelly Dawes,01/10/2025,01/12/2025\n"
    rows += "Listen,Kelly Dawes,01/10/2025,ongoing\n"
    file = {"name": "last-year.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    page.get_by_label("The spreadsheet").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Upload and look").click()
    reads(page, "1 can be taken in, 1 cannot yet", "“ongoing” is not a date", "R60")
    check_with_axe(page)
    page.get_by_role("button", name="Take it into the plan").click()
    reads(page, "The spreadsheet is in the plan.", "Print a map")
    page.get_by_role("button", name="Undo").click()
    reads(page, "All of it is out of the plan again.")
