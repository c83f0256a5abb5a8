"""The turn clock, in Chromium: right on a phone whose own clock is wrong, and quiet between the four announcements."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .theatre import Theatre

pytestmark = pytest.mark.browser
HEARD = """() => { window.heard = []
  const region = document.querySelector('app-clock [aria-live]')
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, {childList: true}) }"""


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    there = Theatre(tmp_path).open()
    yield there
    there.close(signal.SIGKILL)


def clock(ends: str, now: str) -> str:
    return f'<app-clock data-ends="2026-03-06T{ends}Z" data-server-now="2026-03-06T{now}Z">Ends at {ends}</app-clock>'


def test_it_counts_by_the_server_and_speaks_four_times(theatre: Theatre, phone: Page) -> None:
    phone.clock.install(time="1999-12-31T23:00:00Z")
    theatre.set(part=clock("19:02:00", "19:00:00"))
    phone.goto(f"{theatre.url}/?jitter=0")
    face = phone.locator("app-clock > span").first
    expect(face).to_have_text("2:00")
    phone.evaluate(HEARD)
    phone.clock.run_for(30_500)
    expect(face).to_have_text("1:30")
    assert phone.evaluate("heard") == []
    phone.clock.run_for(120_000)
    expect(face).to_have_text("Time is up")
    assert phone.evaluate("heard") == ["60 seconds left", "30 seconds left", "10 seconds left", "Time is up"]
    assert phone.locator("app-clock").get_attribute("role") == "timer"


def test_a_clock_that_comes_late_says_nothing_of_what_is_over(theatre: Theatre, phone: Page) -> None:
    phone.clock.install()
    theatre.set(part=clock("19:02:00", "19:01:35"))
    phone.goto(f"{theatre.url}/?jitter=0")
    phone.evaluate(HEARD)
    phone.clock.run_for(26_000)
    assert phone.evaluate("heard") == ["10 seconds left", "Time is up"]


def test_a_phone_that_slept_sets_its_clock_when_it_wakes(theatre: Theatre, phone: Page) -> None:
    theatre.set(part=clock("19:02:00", "19:00:00"))
    phone.goto(f"{theatre.url}/?jitter=0")
    theatre.until(streams=1)
    for hidden in (True, False):
        phone.evaluate(
            """hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true})
            document.dispatchEvent(new Event('visibilitychange')) }""",
            hidden,
        )
        theatre.set(now="2026-03-06T19:01:30Z")
    expect(phone.locator("app-clock > span").first).to_have_text(re.compile("0:(30|2[0-9])"), timeout=9_000)


def test_without_scripts_the_time_of_the_end_stands_there(theatre: Theatre, without_javascript: Page) -> None:
    theatre.set(part=clock("19:02:00", "19:00:00"))
    without_javascript.goto(f"{theatre.url}/")
    expect(without_javascript.get_by_text("Ends at 19:02:00")).to_be_visible()
