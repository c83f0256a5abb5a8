"""Journeys in real Chromium against the real server. What the console says against a page fails its test."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from . import machine, servers
from .run_folder import run_folder
from .servers import Server

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions",
]  # fmt: skip
PHONE, DESKTOP = (360, 740), (1280, 900)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = Path("test-results")


@dataclass
class Watch:
    """What the browser complained of while a test drove it."""

    allowed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """A complaint that this test expects, such as the 404 that it asks for."""
        self.allowed.append(pattern)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def unexpected(self) -> list[str]:
        return [words for words in self.complaints if not any(re.search(ok, words) for ok in self.allowed)]


@dataclass
class Journeys:
    """Opens pages and remembers them, so that they are closed and their complaints read."""

    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(self, width: int, height: int, *, javascript: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, locale="en-GB",
            has_touch=width < 600, service_workers="block",
        )  # fmt: skip
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", self.watch.heard)
        page.on("pageerror", lambda error: self.watch.complaints.append(f"{page.url}: {error}"))
        self.contexts.append(context)
        self.pages.append(page)
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    # Playwright keeps an event loop in this thread; Django would take it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    program = machine.browser_program()
    if program is None:
        pytest.fail("Chromium is not installed here. On Debian or Ubuntu: apt-get install chromium")
    chromium = _playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
    yield chromium
    chromium.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def journeys(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Journeys]:
    opened = Journeys(browser, watch)
    yield opened
    if getattr(request.node, "failed_in_call", False):
        take_pictures(opened, request.node.name)
    opened.close()
    assert not watch.unexpected(), "\n".join(["The browser complained:", *watch.unexpected()])


@pytest.fixture
def page_at(journeys: Journeys) -> Callable[[int], Page]:
    """`page_at(width)` opens a page of that width in a browser of its own."""
    return lambda width: journeys.open(width, PHONE[1] if width < 600 else DESKTOP[1])


@pytest.fixture
def phone(journeys: Journeys) -> Page:
    return journeys.open(*PHONE)


@pytest.fixture
def desktop(journeys: Journeys) -> Page:
    return journeys.open(*DESKTOP)


@pytest.fixture
def without_javascript(journeys: Journeys) -> Page:
    return journeys.open(*PHONE, javascript=False)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with each violation of WCAG 2.2 AA and of axe's best practice on the page."""
    return check_with_axe


def check_with_axe(page: Page) -> None:
    found = violations(page)
    assert not found, "\n".join([f"axe on {page.url} at {page.viewport_size}:", *found])


def violations(page: Page) -> list[str]:
    from axe_playwright_python.base import AXE_SCRIPT

    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARDS}}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    results: Any = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in rule["nodes"][:5])
        for rule in results["violations"]
    ]


def say_more(page: Page) -> None:
    """Open every fold of the answer form, as someone does who has something to say."""
    page.get_by_role("group", name="For me it would be").wait_for()
    folds = page.locator("form.app-form details:not([open]) > summary")
    while folds.count():
        folds.first.click()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if call.when == "call":
        item.failed_in_call = report.failed  # type: ignore[attr-defined]
    return report


def take_pictures(opened: Journeys, test: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    for number, page in enumerate(opened.pages):
        name = re.sub(r"[^A-Za-z0-9]+", "-", test)[:80]
        try:
            page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)
        except Exception as trouble:
            print(f"No picture of {page.url}: {trouble}")


@dataclass(frozen=True)
class Site:
    """The demo, served once for the whole run. Tests that change it make projects of their own."""

    server: Server

    @property
    def url(self) -> str:
        return self.server.url

    def sign_in_as(self, page: Page, person: str) -> None:
        """Through the example people's cards, as a visitor does: by code or by name, such as "P01"."""
        page.goto(f"{self.url}/demo/people/")
        by_code, by_name = page.locator(f'[data-person="{person}"]'), page.get_by_role("button", name=person)
        (by_code if by_code.count() else by_name.first).click()
        page.wait_for_load_state()


@pytest.fixture(scope="session")
def demo_site() -> Site:
    folder = run_folder()
    return Site(servers.shared(folder, "demo", lambda: servers.start("demo", folder / "demo")))


@pytest.fixture(scope="session")
def empty_site() -> Site:
    """An installation that nobody looks after yet."""
    folder = run_folder()
    return Site(servers.shared(folder, "empty", lambda: servers.start("serve", folder / "empty")))
