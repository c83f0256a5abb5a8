"""Every page of the demo, with axe, on a phone and on a desktop, and with JavaScript switched off."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from tests.permissions import grid
from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys, Site, violations
from tests.support.crawl import Visitor, kind_of

# The facilitator sees every page, a participant fewer, a visitor the public ones.
FACILITATOR, PARTICIPANT, VISITOR = "Facilitator", "P01", None
Sizes = tuple[tuple[int, int], ...]
WALKERS = (FACILITATOR, PARTICIPANT, VISITOR)
pytestmark = [pytest.mark.browser, pytest.mark.timeout(2400)]

# The demo's story is over: what people see while the work goes on is made apart, by the grid's own means.
MIDWAY = [
    "consultation:asked", "consultation:close", "consultation:confirm", "consultation:consider", "consultation:edit",
    "consultation:enter", "consultation:follow", "consultation:formats", "consultation:leave", "consultation:open",
    "consultation:paper", "consultation:questions", "consultation:received", "consultation:reply",
    "consultation:set_aside",
    # In the example the assessment is begun and read, and the forms are too few for a table.
    "equality:begin", "equality:publish_table", "equality:read",
    "drafting:decide", "drafting:withdraw", "feedback:print_letters", "feedback:publish", "projects:join",
    "rounds:answer", "rounds:edit_round", "rounds:entered", "rounds:invite", "rounds:language", "rounds:languages",
    "rounds:more_time", "rounds:open_round", "rounds:receipt", "rounds:seal_round", "rounds:supporter",
    "signoff:barriers", "signoff:consider", "signoff:sign",
    # The example's first review opens eleven months after its day.
    "review:close", "review:letter", "review:letters", "review:print_letters", "review:public", "review:review",
    "review:say", "review:write",
    # In the example the charter is public, the one report is answered, and nobody looks after the installation.
    "charter:answer", "charter:publish", "charter:received", "charter:settings",
    # The example's round is closed; these belong to one that is not.
    "rounds:enter_second", "rounds:second_answer",
    # In the example everybody is answered, and nobody has a draft.
    "drafting:bundle", "drafting:decide_bundle", "drafting:drop_draft", "drafting:receipt", "drafting:support",
    # In the example no Word file waits to be confirmed, and every promise is kept.
    "drafting:word_upload", "feedback:add_update",
    # Of the example's statements two are walked, and the one that is evidence for something is another.
    "insights:take_back",
    # The example's ballot is for the people of the project, who read its result there.
    "insights:public_group", "insights:public_result", "insights:public_statements", "insights:public_where_am_i",
    # Only a manager reviews plans and sees what one person carries; in the example no spreadsheet waits.
    "plans:import", "plans:new_review", "plans:person", "plans:to_review",
    # The example's ballot is closed.
    "voting:add", "voting:choose", "voting:close_ballot", "voting:edit_ballot", "voting:enter_paper",
    "voting:enter_phone", "voting:erase", "voting:mine", "voting:next", "voting:open_ballot", "voting:papers",
    "voting:replace", "voting:reword", "voting:start", "voting:statement", "voting:undo", "voting:word", "voting:write",
]  # fmt: skip
MACHINES_OF_THE_ROOM = ("live:state", "live:console_state", "consultation:state")
LIVE = [
    "live:come_back", "live:console", "live:enter_code", "live:enter_comment", "live:hand_on", "live:join",
    "live:new_session", "live:places", "live:poster", "live:recognise", "live:room", "live:screen",
    "live:sessions", "live:set_a_place", "live:show_out", "live:themes", "live:welcome",
]  # fmt: skip
NOT_WALKED: dict[str, str] = {
    "accounts:claim": "only before anybody looks after the installation: see test_signing_in.py",
    "health": "for machines",
    "drafting:picture": "a picture is not a page",
    "calendar:feed": "for calendar programs",
    **dict.fromkeys(LIVE, "see test_live_rooms.py"),
    **dict.fromkeys(MACHINES_OF_THE_ROOM, "for machines"),
    **dict.fromkeys(MIDWAY, "see test_axe_finds_nothing_while_the_work_goes_on"),
}


@dataclass(frozen=True)
class Walk:
    """What one person met: the pages, one or two of each kind; all kinds of answers; what was broken."""

    person: str | None
    pages: tuple[str, ...]
    kinds: frozenset[str]
    broken: tuple[str, ...]

    def one_of_each_kind(self) -> list[str]:
        """In another order, or turned to its second page, a list is the same kind of page."""
        kinds = {kind_of(path, aside=("sort", "page")): path for path in reversed(self.pages)}
        return list(kinds.values())


def walk(site: Site, person: str | None) -> Walk:
    visitor = Visitor(site.url)
    if person:
        visitor.sign_in_as(person)
    answers = list(visitor.pages())
    return Walk(
        person,
        pages=tuple(path for path, answer in answers if answer.status_code == 200 and _is_page(answer)),
        kinds=frozenset(kind_of(path).split("?")[0] for path, _answer in answers),
        broken=tuple(f"{answer.status_code} {path}" for path, answer in answers if answer.is_error),
    )


def _is_page(answer: httpx.Response) -> bool:
    kept = str(answer.headers.get("Content-Disposition", ""))
    return "text/html" in answer.headers.get("Content-Type", "") and "attachment" not in kept


@pytest.fixture(scope="session")
def walks(demo_site: Site) -> dict[str | None, Walk]:
    return {person: walk(demo_site, person) for person in WALKERS}


def test_no_link_leads_nowhere(walks: dict[str | None, Walk]) -> None:
    broken = [f"{each.person or 'a visitor'}: {link}" for each in walks.values() for link in each.broken]
    assert not broken, "\n".join(["", *broken])


@pytest.mark.parametrize("person", WALKERS)
def test_axe_finds_nothing_on_phone_and_desktop(
    person: str | None, demo_site: Site, walks: dict[str | None, Walk], journeys: Journeys
) -> None:
    page = journeys.open(*PHONE)
    if person:
        demo_site.sign_in_as(page, person)
    faults = [
        fault for path in walks[person].one_of_each_kind() for fault in faults_at(page, demo_site.url + path)
    ]
    assert not faults, "\n".join(["", *faults])


@pytest.fixture
def busy_site(tmp_path: Path) -> Iterator[Site]:
    """A server of its own: the people who are made in it claim it."""
    server = servers.start("serve", tmp_path / "busy")
    yield Site(server)
    server.stop()


def test_axe_finds_nothing_while_the_work_goes_on(busy_site: Site, journeys: Journeys) -> None:
    places = servers.run_beside(busy_site.server, "tests.accessibility.midway", MIDWAY)
    page, faults = journeys.open(*PHONE), []
    for place in places:
        page.context.clear_cookies()
        if place["session"]:
            page.context.add_cookies([{"name": "session", "value": place["session"], "url": busy_site.url}])
        faults += faults_at(page, busy_site.url + place["path"])
    assert not faults, "\n".join(["", *faults])
    assert len(places) >= len(MIDWAY)


def faults_at(page: Page, address: str, sizes: Sizes = (PHONE, DESKTOP)) -> list[str]:
    """What axe and the eye find at each size."""
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        return [f"{address}: {answer and answer.status}"]
    faults = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"{address} at {width}: {fault}" for fault in [*violations(page), *too_wide(page)]]
    return faults


@pytest.mark.parametrize("person", [FACILITATOR, PARTICIPANT])
def test_each_page_works_without_javascript(
    person: str, demo_site: Site, walks: dict[str | None, Walk], without_javascript: Page
) -> None:
    demo_site.sign_in_as(without_javascript, person)
    faults = []
    for path in walks[person].pages:
        without_javascript.goto(demo_site.url + path)
        if not without_javascript.locator("main h1").first.is_visible():
            faults.append(f"{path}: no visible heading")
        faults += [f"{path}: {words}" for words in needs_javascript(without_javascript)]
    assert not faults, "\n".join(faults)


def test_the_walk_reaches_every_page_of_the_grid(walks: dict[str | None, Walk]) -> None:
    """Nothing that has an address is left out of the checks above without a reason."""
    met = {kind for each in walks.values() for kind in each.kinds}
    pages = {row.url for row in grid.rows() if row.method == "GET"}
    missed = sorted(pages - met - set(NOT_WALKED))
    assert not missed, ", ".join(missed)


def too_wide(page: Page) -> list[str]:
    """Nobody has to scroll sideways to read (WCAG 1.4.10)."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"is {wide} px wider than the screen"] if wide > 1 else []


def needs_javascript(page: Page) -> list[str]:
    """A button outside a form, or a link to nowhere, does nothing without JavaScript."""
    dead = page.locator("button:not(form button):visible, a[href='#']:visible, a:not([href]):visible")
    return [f"does nothing: {dead.nth(number).inner_text()[:60]}" for number in range(dead.count())]
