"""A page that stands open, in Chromium: it follows what happens and takes nothing away from whoever types."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Journeys, check_with_axe

from .theatre import Theatre

pytestmark = pytest.mark.browser
FORM = '<form><label for="w">Words</label> <input id="w" name="w"> <button id="b" type="button">Pass</button></form>'
SAID = "app-live > [aria-live].govuk-visually-hidden"


@pytest.fixture
def theatre(tmp_path: Path) -> Iterator[Theatre]:
    there = Theatre(tmp_path).open()
    yield there
    there.close(signal.SIGKILL)


@pytest.fixture
def page(theatre: Theatre, phone: Page) -> Page:
    return phone


def begin(page: Page, theatre: Theatre, query: str = "jitter=0") -> None:
    page.goto(f"{theatre.url}/?{query}")
    theatre.until(streams=1)


def hide(page: Page, hidden: bool) -> None:
    page.evaluate(
        """hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true})
        document.dispatchEvent(new Event('visibilitychange')) }""",
        hidden,
    )


def test_what_is_new_comes_by_itself_and_is_said_once(page: Page, theatre: Theatre) -> None:
    begin(page, theatre)
    theatre.set(seq=2, part="<p>Maureen reads.</p>", say="Maureen’s turn", title="Turn 1")
    expect(page.get_by_text("Maureen reads.")).to_be_visible()
    expect(page.locator(SAID)).to_have_text("Maureen’s turn")
    expect(page).to_have_title("Turn 1")
    check_with_axe(page)
    theatre.set(seq=3, part="<p>Maureen still reads.</p>", say="Maureen’s turn")
    expect(page.get_by_text("Maureen still reads.")).to_be_visible()
    assert theatre.seen()["fetches"] == 2


def test_focus_and_place_stay_where_they_were(page: Page, theatre: Theatre) -> None:
    tall = "".join(f"<p>{number}</p>" for number in range(80)) + FORM
    theatre.set(part=tall)
    begin(page, theatre)
    page.locator("#b").focus()
    place = page.evaluate("scrollY")
    assert place > 500
    theatre.set(seq=2, part=tall + "<p>News</p>")
    expect(page.get_by_text("News")).to_be_attached()
    expect(page.locator("#b")).to_be_focused()
    assert page.evaluate("scrollY") == place


def test_focus_on_what_is_gone_stays_in_the_part(page: Page, theatre: Theatre) -> None:
    theatre.set(part=FORM)
    begin(page, theatre)
    page.locator("#b").focus()
    theatre.set(seq=2, part="<p>News</p>")
    expect(page.locator("#live-part")).to_be_focused()


def test_focus_stays_on_the_button_that_does_the_same(page: Page, theatre: Theatre) -> None:
    """The next person is called while somebody's focus is on a button, which has no id."""
    buttons = """<form><button name="action" value="show">Show</button>
                 <button name="action" value="next">Pass</button></form>"""
    theatre.set(part=buttons)
    begin(page, theatre)
    page.get_by_role("button", name="Pass").focus()
    theatre.set(seq=2, part=f"<p>News</p>{buttons}")
    expect(page.get_by_text("News")).to_be_visible()
    expect(page.get_by_role("button", name="Pass")).to_be_focused()


def test_what_someone_types_is_not_taken_away(page: Page, theatre: Theatre) -> None:
    theatre.set(part=FORM)
    begin(page, theatre)
    page.get_by_label("Words").fill("It is hard")
    page.locator("#b").focus()
    theatre.set(seq=2, part=f"<p>News</p>{FORM}", say="News")
    expect(page.get_by_text("There is something new.")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("It is hard")
    expect(page.get_by_text("News")).to_have_count(0)
    check_with_axe(page)
    theatre.set(seq=3, part=f"<p>Newer</p>{FORM}", say="Newer")
    page.get_by_role("button", name="Show what is new").click()
    expect(page.get_by_text("Newer", exact=True).first).to_be_visible()
    expect(page.get_by_text("There is something new.")).to_have_count(0)
    expect(page.get_by_label("Words")).to_have_value("")


def test_a_field_that_was_only_looked_at_holds_the_news_back_until_it_is_left(
    page: Page, theatre: Theatre
) -> None:
    theatre.set(part=FORM)
    begin(page, theatre)
    page.get_by_label("Words").focus()
    theatre.set(seq=2, part="<p>News</p>")
    expect(page.get_by_text("There is something new.")).to_be_visible()
    expect(page.get_by_label("Words")).to_be_focused()
    page.get_by_role("link", name="Refresh").focus()
    expect(page.get_by_text("News")).to_be_visible()


def test_many_steps_at_once_are_few_requests(page: Page, theatre: Theatre) -> None:
    begin(page, theatre, "jitter=1500")
    for seq in range(2, 42):
        theatre.set(seq=seq, part=f"<p>Step {seq}</p>")
    expect(page.get_by_text("Step 41", exact=True)).to_be_visible(timeout=10_000)
    assert theatre.seen()["fetches"] <= 10


def test_a_request_that_fails_is_made_again(page: Page, theatre: Theatre, watch: Any) -> None:
    watch.allow("status of 500")
    begin(page, theatre)
    theatre.set(seq=2, part="<p>News</p>", broken=2)
    expect(page.get_by_text("News")).to_be_visible(timeout=10_000)
    assert theatre.seen()["fetches"] == 3


def test_a_page_that_nobody_sees_has_no_stream(page: Page, theatre: Theatre) -> None:
    begin(page, theatre)
    hide(page, True)
    theatre.until(streams=0)
    theatre.set(seq=2, part="<p>While away</p>")
    page.wait_for_timeout(300)
    expect(page.get_by_text("While away")).to_have_count(0)
    hide(page, False)
    expect(page.get_by_text("While away")).to_be_visible()
    theatre.until(streams=1)


def test_without_a_stream_the_page_asks(page: Page, theatre: Theatre, watch: Any) -> None:
    watch.allow("status of 404")
    page.goto(f"{theatre.url}/?jitter=0&token=wrong")
    page.wait_for_timeout(500)
    theatre.set(seq=2, part="<p>News</p>")
    expect(page.get_by_text("News")).to_be_visible(timeout=10_000)
    assert theatre.seen()["asked"] >= 1


def test_a_browser_without_streams_asks(page: Page, theatre: Theatre) -> None:
    page.add_init_script("delete window.EventSource")
    page.goto(f"{theatre.url}/?jitter=0")
    theatre.set(seq=2, part="<p>News</p>")
    expect(page.get_by_text("News")).to_be_visible(timeout=10_000)
    assert theatre.seen()["streams"] == 0


def test_a_stream_that_only_looks_open_is_noticed(page: Page, theatre: Theatre) -> None:
    page.clock.install()
    begin(page, theatre)
    theatre.set(seq=2, part="<p>Untold</p>", told=False)
    page.clock.run_for(80_000)
    expect(page.get_by_text("Untold")).to_be_visible()
    theatre.until(streams=1)


def test_a_killed_server_is_found_again_and_nothing_that_happened_is_missed(
    page: Page, theatre: Theatre, watch: Any
) -> None:
    watch.allow(
        "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE"
    )
    begin(page, theatre)
    theatre.close(signal.SIGKILL)
    page.wait_for_timeout(8_000)
    expect(page.get_by_text("Connection lost. Trying again.")).to_have_count(0)
    expect(page.get_by_text("Connection lost. Trying again.")).to_be_visible(timeout=10_000)
    check_with_axe(page)
    theatre.open()
    theatre.set(seq=7, part="<p>After the restart</p>", told=False)
    expect(page.get_by_text("After the restart")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Connection lost. Trying again.")).to_have_count(0)
    theatre.until(streams=1)
    theatre.set(seq=8, part="<p>Going on</p>")
    expect(page.get_by_text("Going on")).to_be_visible()


def test_a_server_that_stops_does_not_wait_for_its_streams(
    journeys: Journeys, theatre: Theatre, watch: Any
) -> None:
    watch.allow("ERR_")
    for _ in range(3):
        journeys.open(360, 740).goto(f"{theatre.url}/?jitter=0")
    theatre.until(streams=3)
    assert theatre.close() < 3
    assert theatre.process is not None
    assert theatre.process.returncode in {0, -signal.SIGTERM}


def test_a_page_that_has_moved_on_is_followed_but_not_by_whoever_types(page: Page, theatre: Theatre) -> None:
    theatre.set(part=FORM)
    begin(page, theatre)
    page.get_by_label("Words").fill("Wait")
    theatre.set(seq=2, moved="/moved/")
    expect(page.get_by_text("There is something new.")).to_be_visible()
    assert page.url.startswith(f"{theatre.url}/?")
    page.get_by_role("button", name="Show what is new").click()
    page.wait_for_url(f"{theatre.url}/moved/")


def test_without_scripts_the_page_is_read_and_refreshed(theatre: Theatre, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(f"{theatre.url}/")
    expect(page.get_by_text("The lobby")).to_be_visible()
    theatre.set(seq=2, part="<p>News</p>")
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("News")).to_be_visible()
