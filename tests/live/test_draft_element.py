"""A bad Wi-Fi, a phone that reloads, a session that has ended: what someone wrote is sent once, and never lost."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support import servers
from tests.support.browser import check_with_axe, say_more
from tests.support.servers import Server

pytestmark = [
    pytest.mark.browser,
]
OFFLINE = "ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION"
WAITING = "Saved on this phone, not sent yet. We keep trying."
KEPT = "We kept what you typed on this phone."


@dataclass
class Hall:
    server: Server
    path: str
    sessions: list[str]

    def enter(self, page: Page) -> "Hall":
        """The next person opens the form."""
        self.session = self.sessions.pop()
        self.come_back(page)
        page.goto(self.server.url + self.path)
        return self

    def come_back(self, page: Page) -> None:
        page.context.add_cookies([{"name": "session", "value": self.session, "url": self.server.url}])

    def answers(self) -> Any:
        return servers.run_beside(self.server, "tests.reliability.judge", [])["answers"]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    server = servers.start("serve", tmp_path_factory.mktemp("drafts") / "home")
    prepared = servers.run_beside(server, "tests.reliability.round_of_200")
    yield Hall(server, prepared["path"], prepared["sessions"])
    server.stop(signal.SIGKILL)


def words(page: Page) -> Any:
    say_more(page)
    return page.locator("textarea[name=me_words]")


def write(page: Page, text: str = "Two buses") -> None:
    """An answer in which nothing is missing."""
    words(page).fill(text)
    for name in ("me_rating", "around_rating", "confidence"):
        page.locator(f"input[name={name}]").first.check()
    page.locator("input[name=intents]").first.check()


def kept(page: Page) -> Any:
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('app-draft:')).length")


def seal(page: Page) -> None:
    page.get_by_role("button", name="Seal my answer").click()


def test_what_was_typed_is_there_after_a_reload_and_can_be_thrown_away(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    words(phone).fill("Two buses")
    phone.locator("input[name=me_rating]").first.check()
    phone.reload()
    expect(words(phone)).to_have_value("Two buses")
    expect(phone.locator("input[name=me_rating]").first).to_be_checked()
    expect(phone.get_by_text(KEPT)).to_be_visible()
    check_with_axe(phone)
    phone.get_by_role("button", name="Throw it away").click()
    expect(phone.get_by_text(KEPT)).to_have_count(0)
    expect(words(phone)).to_have_value("")
    assert kept(phone) == 0


def test_what_is_typed_and_taken_back_leaves_nothing(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    words(phone).fill("Two buses")
    phone.wait_for_timeout(500)
    assert kept(phone) == 1
    words(phone).fill("")
    phone.wait_for_timeout(500)
    assert kept(phone) == 0


def test_without_a_network_it_waits_and_goes_by_itself(hall: Hall, phone: Page, watch: Any) -> None:
    watch.allow(OFFLINE)
    before = hall.enter(phone).answers()
    write(phone)
    phone.context.set_offline(True)
    seal(phone)
    expect(phone.get_by_text(WAITING)).to_be_visible()
    expect(phone.locator("app-draft form")).to_have_attribute("inert", "")
    check_with_axe(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert hall.answers() == before + 1
    assert kept(phone) == 0


def test_an_answer_whose_acknowledgement_was_lost_is_written_once(
    hall: Hall, phone: Page, watch: Any
) -> None:
    watch.allow(OFFLINE)
    before, lost = hall.enter(phone).answers(), []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    phone.route("**/answer/", lose_the_first)
    write(phone)
    seal(phone)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert lost[0].ok
    assert hall.answers() == before + 1


def test_a_phone_that_is_closed_before_it_could_send_sends_when_it_opens_again(
    hall: Hall, phone: Page, watch: Any
) -> None:
    watch.allow(OFFLINE)
    before = hall.enter(phone).answers()
    write(phone)
    phone.context.set_offline(True)
    seal(phone)
    expect(phone.get_by_text(WAITING)).to_be_visible()
    phone.context.set_offline(False)
    phone.goto("about:blank")
    phone.goto(hall.server.url + hall.path)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert hall.answers() == before + 1


def test_who_stops_may_change_it_and_sends_a_new_request(hall: Hall, phone: Page, watch: Any) -> None:
    watch.allow(OFFLINE)
    hall.enter(phone)
    write(phone)
    first = phone.locator("input[name=request_key]").input_value()
    phone.context.set_offline(True)
    seal(phone)
    phone.get_by_role("button", name="Stop and change it").click()
    words(phone).fill("Three buses")
    phone.context.set_offline(False)
    assert phone.locator("input[name=request_key]").input_value() != first
    # A second press within a second counts as the same one.
    phone.wait_for_timeout(1_000)
    seal(phone)
    phone.get_by_role("link", name="Read or change my answer").click()
    expect(words(phone)).to_have_value("Three buses")


def test_rows_that_were_added_come_back(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    write(phone)
    rows = phone.locator("textarea[name^=barriers-][name$=-words], input[name^=barriers-][name$=-words]")
    shown = rows.count()
    phone.get_by_role("button", name="Add").first.click()
    phone.wait_for_load_state()
    rows.nth(shown).fill("No lift")
    phone.locator(f"input[name=barriers-{shown}-level]").first.check()
    phone.wait_for_timeout(500)
    phone.goto(hall.server.url + hall.path)
    expect(rows.nth(shown)).to_have_value("No lift")
    seal(phone)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert kept(phone) == 0


def test_what_the_server_refuses_is_shown_and_stays(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    words(phone).fill("Two buses")
    seal(phone)
    expect(phone.get_by_text("There is a problem")).to_be_visible()
    expect(words(phone)).to_have_value("Two buses")
    phone.goto(hall.server.url + hall.path)
    expect(words(phone)).to_have_value("Two buses")
    write(phone)
    seal(phone)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert kept(phone) == 0


def test_a_session_that_has_ended_does_not_take_the_draft_with_it(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    write(phone)
    phone.context.clear_cookies(name="session")
    seal(phone)
    phone.wait_for_url("**/account/login/**")
    assert kept(phone) == 1
    hall.come_back(phone)
    phone.goto(hall.server.url + hall.path)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()
    assert kept(phone) == 0


def test_a_draft_of_yesterday_is_gone(hall: Hall, phone: Page) -> None:
    hall.enter(phone)
    write(phone)
    phone.wait_for_timeout(500)
    phone.evaluate(
        """() => { const name = Object.keys(localStorage).find(one => one.startsWith('app-draft:'))
        const draft = JSON.parse(localStorage.getItem(name))
        localStorage.setItem(name, JSON.stringify({...draft, at: draft.at - 25 * 3600 * 1000})) }"""
    )
    page = phone.context.new_page()
    page.goto(hall.server.url + hall.path)
    expect(words(page)).to_have_value("")
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_on_a_shared_device_nothing_is_kept_and_it_is_sent_all_the_same(
    hall: Hall, phone: Page, watch: Any
) -> None:
    watch.allow(OFFLINE)

    def as_shared(route: Route) -> None:
        page = route.fetch()
        route.fulfill(response=page, body=page.text().replace("<app-draft ", "<app-draft data-shared "))

    phone.route(
        "**/answer/", lambda route: as_shared(route) if route.request.method == "GET" else route.continue_()
    )
    hall.enter(phone)
    write(phone)
    phone.context.set_offline(True)
    seal(phone)
    expect(phone.get_by_text("Not sent yet. Keep this page open. We keep trying.")).to_be_visible()
    assert kept(phone) == 0
    phone.context.set_offline(False)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()


def test_a_browser_that_stores_nothing_sends_all_the_same(hall: Hall, phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(window, 'localStorage', {get () { throw new Error('no') }})")
    hall.enter(phone)
    write(phone)
    seal(phone)
    expect(phone.get_by_text("Your answer is sealed")).to_be_visible()


def test_without_scripts_the_form_is_sent_as_ever(hall: Hall, without_javascript: Page) -> None:
    page = without_javascript
    hall.enter(page)
    write(page)
    seal(page)
    expect(page.get_by_text("Your answer is sealed")).to_be_visible()
