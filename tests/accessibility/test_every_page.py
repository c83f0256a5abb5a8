"""Every page of the demo, with axe, on a phone and on a desktop, and with JavaScript switched off."""

from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Page

from tests.permissions import grid
from tests.support.browser import DESKTOP, PHONE, Journeys, Site, violations
from tests.support.crawl import Visitor, kind_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# Who sees what: the facilitator every page, a participant fewer, a visitor the public ones.
FACILITATOR, PARTICIPANT, VISITOR = "Facilitator", "P01", None

# Pages that a walk along the links cannot reach, with the reason.
NOT_LINKED: dict[str, str] = {
    "accounts:claim": "only before anybody looks after the installation",
    "projects:join": "only by a personal link",
    "health": "for machines",
}


@dataclass(frozen=True)
class Walk:
    person: str | None
    pages: tuple[str, ...]


def walk(site: Site, person: str | None) -> Walk:
    visitor = Visitor(site.url)
    if person:
        visitor.sign_in_as(person)
    answers = list(visitor.pages())
    wrong = [f"{answer.status_code} {path}" for path, answer in answers if answer.status_code != 200]
    assert not wrong, "\n".join(["Links that lead nowhere:", *wrong])
    return Walk(person, tuple(path for path, answer in answers if _is_page(answer)))


def _is_page(answer: httpx.Response) -> bool:
    return "text/html" in answer.headers.get("Content-Type", "") and "attachment" not in str(
        answer.headers.get("Content-Disposition", "")
    )


@pytest.fixture(scope="session")
def walks(demo_site: Site) -> dict[str | None, Walk]:
    return {person: walk(demo_site, person) for person in (FACILITATOR, PARTICIPANT, VISITOR)}


def _sign_in(site: Site, page: Page, person: str | None) -> None:
    if person:
        site.sign_in_as(page, person)


@pytest.mark.parametrize("person", [FACILITATOR, PARTICIPANT, VISITOR])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(
    size: tuple[int, int],
    person: str | None,
    demo_site: Site,
    walks: dict[str | None, Walk],
    journeys: Journeys,
) -> None:
    page = journeys.open(*size)
    _sign_in(demo_site, page, person)
    faults = []
    for path in walks[person].pages:
        page.goto(demo_site.url + path)
        faults += [f"{path}: {fault}" for fault in [*violations(page), *_too_wide(page)]]
    assert not faults, "\n".join([f"{len(walks[person].pages)} pages", *faults])


@pytest.mark.parametrize("person", [FACILITATOR, PARTICIPANT])
def test_each_page_shows_its_content_without_javascript(
    person: str, demo_site: Site, walks: dict[str | None, Walk], without_javascript: Page
) -> None:
    _sign_in(demo_site, without_javascript, person)
    faults = []
    for path in walks[person].pages:
        without_javascript.goto(demo_site.url + path)
        if not without_javascript.locator("main h1").first.is_visible():
            faults.append(f"{path}: no visible heading")
        faults += [f"{path}: {words}" for words in _needs_javascript(without_javascript)]
    assert not faults, "\n".join(faults)


def test_the_walk_reaches_every_page_of_the_grid(walks: dict[str | None, Walk]) -> None:
    """Nothing that has an address is left out of the checks above without a reason."""
    met = {kind_of(path).split("?")[0] for each in walks.values() for path in each.pages}
    pages = {row.url for row in grid.rows() if row.method == "GET" and row.page}
    assert not sorted(pages - met - set(NOT_LINKED))


def _too_wide(page: Page) -> list[str]:
    """Nobody has to scroll sideways to read (WCAG 1.4.10)."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"is {wide} px wider than the screen"] if wide > 1 else []


def _needs_javascript(page: Page) -> list[str]:
    """A button outside a form, or a link to nowhere, does nothing without JavaScript."""
    dead = page.locator("button:not(form button):visible, a[href='#']:visible, a:not([href]):visible")
    return [f"does nothing: {dead.nth(number).inner_text()[:60]}" for number in range(dead.count())]
