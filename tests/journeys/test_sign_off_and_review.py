"""Signing off and looking back a year later (domain.md §3.11, steps 27, 28 and 30), by those who would do it.

The example runs as a server of its own. Between the steps it is stopped, its clock is put forward, and it starts
again; the task worker beside the pages opens the review. No row is touched. Each step builds on the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from coproduce.config.serving import DEMO_DAY, DEMO_MARK
from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Site, check_with_axe

from .test_demo_walkthrough import at, enter, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("yearon"), pytest.mark.timeout(900)]

BARRIERS = ("B08", "B31", "B37", "B40", "B48", "B53")
IN_SEPTEMBER = datetime(2026, 9, 15, 9, tzinfo=UTC)
AFTER_THE_DATE = datetime(2026, 10, 16, 9, tzinfo=UTC)


@dataclass
class Time:
    """The example's server, and the hand that puts its clock forward."""

    home: Path
    site: Site

    def forward_to(self, moment: datetime) -> None:
        """The example counts its days from when it was made; it was made earlier now."""
        self.site.server.stop()
        ago = datetime.now(UTC) - (moment - DEMO_DAY)
        (self.home / DEMO_MARK).write_text(ago.isoformat())
        self.site = Site(_server(self.home))


def _server(home: Path) -> servers.Server:
    return servers.start("demo", home, seconds=400, COPRODUCE_WORKER_SECONDS="1")


@pytest.fixture(scope="module")
def time(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Time]:
    home = tmp_path_factory.mktemp("year") / "home"
    running = Time(home, Site(_server(home)))
    yield running
    running.site.server.stop()


def on_both_sizes(page: Page) -> None:
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        check_with_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_27_a_review_after_more_than_a_year_is_refused_and_within_it_saved(time: Time, desktop: Page) -> None:
    """R97, R98: at the next sign-off of the example."""
    enter(time.site, desktop, "Owen Pritchard", "Sign-off", "Prepare the next sign-off")
    desktop.get_by_label("What was decided?").fill("Agreed once more.")
    _review_on(desktop, "20", "10", "2026")
    desktop.get_by_role("button", name="Save").click()
    reads(desktop, "R97", "The latest date is 15 October 2026")
    _review_on(desktop, "15", "10", "2026")
    desktop.get_by_role("button", name="Save").click()
    reads(desktop, "The sign-off is saved. It is not signed yet.", "What is ready, and what is missing")
    reads(desktop, "has not said how they took into account what people said", "Who can mend it:")
    on_both_sizes(desktop)


def test_27_both_calendars_have_the_review(time: Time, desktop: Page, tmp_path: Path) -> None:
    enter(time.site, desktop, "P18", "Sign-off", "Home After Hospital, version 1.0")
    with desktop.expect_download() as found:
        desktop.get_by_role("link", name="Put both reminders into a calendar").click()
    file = tmp_path / "review.ics"
    found.value.save_as(file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {event.decoded("dtstart").isoformat() for event in events} == {"2026-10-15"}
    titles = sorted(str(event["summary"]) for event in events)
    assert "(Helen Marsh, manager)" in titles[0]
    assert "(Owen Pritchard, facilitator)" in titles[1]


def test_28_the_sign_off_lists_six_barriers_with_a_person_each_and_six_standing_commitments(
    time: Time, desktop: Page
) -> None:
    """R36, and R80: what each who decided wrote."""
    enter(time.site, desktop, "P01", "Sign-off", "Home After Hospital, version 1.0")
    rows = desktop.get_by_role("region", name="Barriers without a response").locator("tbody tr")
    assert tuple(rows.locator("th").all_inner_texts()) == BARRIERS
    assert all(name.strip() for name in rows.locator("td:nth-of-type(2)").all_inner_texts())
    commitments = desktop.locator("h2", has_text="Standing commitments").locator(
        "xpath=following-sibling::ul[1]/li"
    )
    expect(commitments).to_have_count(6)
    reads(desktop, "21 promises were made", "An action or a standing commitment carries each of them")
    reads(desktop, "Written by Helen Marsh, 13 October 2025", "Nothing was decided yet")
    on_both_sizes(desktop)


def test_30_on_15_september_the_review_is_open_and_exactly_those_who_opted_in_are_invited(
    time: Time, desktop: Page
) -> None:
    """R99."""
    time.forward_to(IN_SEPTEMBER)
    enter(time.site, desktop, "Owen Pritchard", "Review")
    _until(desktop, lambda: desktop.get_by_role("link", name="Review 1").count() > 0)
    follow(desktop, "Review 1")
    reads(desktop, "23 people are invited.", "To be closed by 15 October 2026", "Before it can be closed")
    on_both_sizes(desktop)
    follow(desktop, "All letters")
    reads(desktop, "The demo sends no e-mail")
    follow(desktop, "Print them")
    letters = desktop.locator("article.feedback-letter")
    expect(letters.filter(has_text="Maureen Hallett")).to_contain_text("B01")
    expect(letters.filter(has_text="Maureen Hallett")).to_contain_text("You asked to be invited")
    on_both_sizes(desktop)


def test_30_maureen_says_how_it_is_and_what_became_of_her_barriers(time: Time, phone: Page) -> None:
    enter(time.site, phone, "P01", "Review", "Review 1", "What has become of the barriers I raised")
    at(phone, "Barriers that you raised")
    first = phone.locator(".barriers-quick").first
    first.get_by_label("Gone", exact=True).check()
    phone.get_by_role("button", name="Save the answers").click()
    reads(phone, "One answer is kept.")
    follow(phone, "Review", "Review 1")
    phone.get_by_role("button", name="Say how it is now").click()
    phone.get_by_label("How is it now?").fill("I knew who came, and on which day.")
    phone.get_by_role("button", name="Save").click()
    reads(phone, "I knew who came, and on which day.", "1 of")
    on_both_sizes(phone)


def test_R100_after_the_date_everyone_reads_that_it_is_overdue(time: Time, journeys: Journeys) -> None:
    visitor = journeys.open(*PHONE)
    project = _project_id(time.site, journeys.open(*DESKTOP))
    visitor.goto(f"{time.site.url}/projects/{project}/you-said-we-did/")
    expect(visitor.locator("main")).not_to_contain_text("should have been looked at again")
    time.forward_to(AFTER_THE_DATE)
    visitor.goto(f"{time.site.url}/projects/{project}/you-said-we-did/")
    reads(visitor, "Overdue: this should have been looked at again by 15 October 2026.")
    on_both_sizes(visitor)


def _review_on(page: Page, day: str, month: str, year: str) -> None:
    for name, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f'[name="review_on_{name}"]').fill(value)


def _until(page: Page, is_so: Callable[[], bool]) -> None:
    """The task worker beside the pages looks once a second."""
    until = datetime.now(UTC) + timedelta(seconds=60)
    while not is_so() and datetime.now(UTC) < until:
        page.wait_for_timeout(500)
        page.reload()
    assert is_so()


def _project_id(site: Site, page: Page) -> str:
    enter(site, page, "P01")
    return page.url.split("/projects/")[1].split("/")[0]
