"""What people said goes back to them (domain.md §3.11, steps 20 to 22, with the figures of §3.9).

A project of its own, told to the eve of publication with S39 unanswered; real e-mail. Each step builds on the others.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Site, check_with_axe
from tests.support.mail import Inbox
from tests.support.postgres import free_port

from .test_demo_walkthrough import at, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("ysdid"), pytest.mark.timeout(600)]

# §3.9: accepted, in part, declined, passed on.
STATEMENTS = {
    "Y01": ("S01 S02 S03 S32", 3, 0, 1, 0),
    "Y02": ("S04 S05", 2, 0, 0, 0),
    "Y03": ("S06 S07 S10 S35", 4, 0, 0, 0),
    "Y04": ("S08 S11 S18", 2, 1, 0, 0),
    "Y05": ("S09 S12 S13 S14", 0, 3, 0, 1),
    "Y06": ("S15 S16", 1, 1, 0, 0),
    "Y07": ("S19 S20", 2, 0, 0, 0),
    "Y08": ("S17 S22 S33 S34", 1, 1, 1, 1),
    "Y09": ("S24 S25 S26 S27 S28", 3, 0, 2, 0),
    "Y10": ("S23 S29 S30 S31", 2, 0, 1, 1),
    "Y11": ("S21 S36 S37 S38", 2, 1, 0, 1),
    "Y12": ("S39 S40", 0, 0, 2, 0),
}


@dataclass
class Eve:
    """The project on the eve, who is signed in there, and the inbox of everybody."""

    site: Site
    told: dict[str, Any]
    inbox: Inbox

    @property
    def public(self) -> str:
        return self.site.url + str(self.told["public"])

    def enter(self, page: Page, code: str, *links: str) -> None:
        """As somebody who is signed in, from the project on by links only."""
        session = {"name": "session", "value": self.told["sessions"][code], "url": self.site.url}
        page.context.add_cookies([session])
        page.goto(self.site.url + self.told["path"])
        follow(page, *links)


@pytest.fixture(scope="module")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Eve]:
    inbox = Inbox()
    inbox.port = free_port()
    post = Controller(inbox, hostname="127.0.0.1", port=inbox.port)
    post.start()
    mail = {"COPRODUCE_SMTP_HOST": "127.0.0.1", "COPRODUCE_SMTP_PORT": str(inbox.port)}
    server = servers.start("serve", tmp_path_factory.mktemp("eve") / "home", **mail)
    told = servers.run_beside(server, "tests.journeys.you_said_we_did")
    yield Eve(Site(server), told, inbox)
    server.stop()
    post.stop()


def on_both_sizes(page: Page) -> None:
    """axe at 360 and at 1280 pixels, and nothing to scroll sideways."""
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        check_with_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def counts_of(page: Page, public: str) -> dict[str, Any]:
    rows = page.request.get(f"{public}data.json").json()["statements"]
    parts = ("accepted", "in_part", "declined", "passed_on")
    return {row["ref"]: (" ".join(row["suggestions"]), *(row[part] for part in parts)) for row in rows}


def test_step_20_the_manager_may_not_publish_while_s39_has_no_answer(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "P18", "You said, we did", "Sign and publish")
    reads(desktop, "40 of 40 suggestions are in a statement", "Not decided yet: S39")
    desktop.get_by_role("button", name="Publish for everyone").click()
    expect(desktop.get_by_role("alert")).to_contain_text("Not decided yet: S39")
    assert desktop.request.get(f"{eve.public}data.json").status == 404
    on_both_sizes(desktop)


def test_the_manager_answers_s39_with_its_reason(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "P18", "You said, we did", "S39")
    desktop.get_by_role("button", name=re.compile("^Answer")).click()
    desktop.locator("[name=outcome][value=declined]").check()
    field = desktop.locator("[name=reason_code]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option("EVIDENCE")
    else:
        desktop.locator("[name=reason_code][value=EVIDENCE]").check()
    desktop.locator("[name=reason]").fill("Monthly figures jump by chance and would mislead.")
    desktop.get_by_role("button", name="Save the answer").click()
    reads(desktop, "Declined")


def test_step_20_with_all_forty_answered_it_is_published(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "P18", "You said, we did", "Sign and publish")
    desktop.get_by_role("button", name="Publish for everyone").click()
    at(desktop, "You said, we did")
    assert counts_of(desktop, eve.public) == STATEMENTS
    reads(
        desktop, "26 people made 40 suggestions", "22 accepted, 7 in part, 7 declined and 4 passed on",
        "29 of 40 suggestions were taken in, in full or in part: 72.5%", "We made 9 promises.",
    )  # fmt: skip
    # R88: comments closed in August 2025.
    reads(desktop, "They came late")
    on_both_sizes(desktop)


def test_the_facilitator_sends_everyone_their_own_points_and_nothing_twice(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "F01", "You said, we did", "Letters")
    on_both_sizes(desktop)
    desktop.get_by_role("button", name="Send all letters").click()
    sent = [str(message["X-Envelope-To"]) for message in eve.inbox.messages]
    assert sorted(sent) == eve.told["emails"]
    reads(desktop, f"{len(sent)} letters are sent by e-mail.", "Everyone has been written to.")
    expect(desktop.get_by_role("button", name="Send all letters")).to_have_count(0)
    [to_tom] = eve.inbox.to("tom.ridley@example.org")
    assert set(re.findall(r"^(S\d\d),", to_tom.get_content(), re.MULTILINE)) == {"S13"}
    subjects = {str(message["Subject"]) for message in eve.inbox.messages}
    assert subjects == {"What came of what you said"}


def test_the_facilitator_prints_the_others_and_notes_that_they_went(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "F01", "You said, we did", "Letters", "Print them")
    maureen = desktop.get_by_role("article", name="Letter to Maureen Hallett")
    expect(maureen).to_contain_text("Ten free weeks for everybody")
    expect(maureen).not_to_contain_text("24 hours' notice to the family")
    on_both_sizes(desktop)
    desktop.get_by_label("By post").check()
    desktop.get_by_role("button", name="These letters have gone").click()
    reads(desktop, "The letters are noted as handed over.")
    total = letters_sent(desktop)
    assert total[0] == total[1]


def letters_sent(page: Page) -> tuple[int, int]:
    words = page.locator("main").inner_text()
    found = re.search(r"(\d+) of (\d+) letters are sent", words)
    assert found
    return int(found[1]), int(found[2])


def test_step_20_maureen_reads_her_own_lines_on_a_phone_without_javascript(
    eve: Eve, without_javascript: Page, phone: Page
) -> None:
    page = without_javascript
    eve.enter(page, "P01", "You said, we did", "My points and what came of them")
    reads(page, "S08", "Accepted", "It is in version 0.4", "S23", "Ten free weeks for everybody", "Declined")
    reads(page, "£1,900,000 a year", "Know who is coming", "We will, by 31 October 2025", "Overdue")
    words = page.locator("main").inner_text()
    assert set(re.findall(r"\bS\d\d\b", words)) == {"S08", "S23"}
    eve.enter(phone, "P01", "You said, we did", "My points and what came of them")
    on_both_sizes(phone)


def test_a_visitor_changes_the_headings_by_a_plain_link(
    eve: Eve, without_javascript: Page, phone: Page
) -> None:
    page = without_javascript
    page.goto(eve.public)
    follow(page, "We asked, you said, we did")
    at(page, "We asked, you said, we did")
    reads(page, "What in this plan should change, what is missing, and what must stay?")
    follow(page, "We talked, we did together")
    reads(page, "We did together")
    follow(page, "Easy Read")
    reads(page, "Give us one name and one number.", "It is late.")
    phone.goto(page.url)
    on_both_sizes(phone)
    assert (
        phone.locator(".feedback-easy p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
        >= 18.6
    )


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_the_poster_is_one_sheet(eve: Eve, desktop: Page, size: str, points: tuple[int, int]) -> None:
    desktop.goto(f"{eve.public}poster/?size={size}")
    on_both_sizes(desktop)
    printed = desktop.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert box
    assert (round(float(box[1])), round(float(box[2]))) == pytest.approx(points, abs=1)
    expect(desktop.get_by_role("img", name="Code to scan")).to_be_visible()
    reads(desktop, "Reporting and review")


class _Elsewhere(BaseHTTPRequestHandler):
    """A council's own website."""

    framed = ""

    def do_GET(self) -> None:  # noqa: N802
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        page = f'<!DOCTYPE html><html lang="en"><title>Council</title><iframe title="a" src="{self.framed}"></iframe>'
        self.wfile.write(page.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Quietly."""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """`elsewhere(address)` is the address of a page of another website with that address in a frame."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()

    def framing(address: str) -> str:
        _Elsewhere.framed = address
        return f"http://localhost:{server.server_port}/"

    yield framing
    server.shutdown()
    server.server_close()


def test_another_website_shows_the_page_for_frames_and_no_other(
    eve: Eve, desktop: Page, elsewhere: Callable[[str], str], watch: Any
) -> None:
    watch.allow(r"favicon|frame-ancestors|refused to connect|Refused to frame|Framing")
    desktop.goto(elsewhere(f"{eve.public}embed/"))
    inside = desktop.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_contain_text("You said, we did")
    expect(inside.locator("form, script, button")).to_have_count(0)
    desktop.goto(elsewhere(eve.public))
    expect(desktop.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)


def test_the_page_for_frames_is_sound(eve: Eve, desktop: Page) -> None:
    desktop.goto(f"{eve.public}embed/")
    on_both_sizes(desktop)


def test_the_facilitator_says_what_became_of_a_promise_and_everyone_reads_it(
    eve: Eve, desktop: Page, phone: Page
) -> None:
    eve.enter(desktop, "F01", "You said, we did", "Y03")
    at(desktop, "What has become of it?")
    on_both_sizes(desktop)
    desktop.get_by_role("radio", name="Done").check()
    desktop.get_by_label("What is new?").fill("Four people agreed the card. 300 are printed.")
    desktop.get_by_role("button", name="Publish the update").click()
    reads(desktop, "Everyone can read the update now.")
    phone.goto(f"{eve.public}#Y03")
    one = phone.locator("#Y03")
    expect(one).to_contain_text("Done, as of")
    expect(one).to_contain_text("300 are printed.")
    reads(phone, "We made 9 promises. 1 done, 8 under way.")
    # Those whose point it was have something new to read, and nobody else has.
    eve.enter(desktop, "F01", "You said, we did", "Letters")
    reads(desktop, "4 people have not been told yet, or have something new to read.")


def test_step_21_s34_is_not_deleted_and_withdrawn_it_stays(eve: Eve, phone: Page) -> None:
    eve.enter(phone, "P21", "You said, we did", "Read the public page", "S34")
    refused = phone.request.fetch(phone.url, method="DELETE")
    assert refused.status in {403, 405}
    expect(phone.get_by_role("button", name=re.compile("Delete"))).to_have_count(0)
    follow(phone, "Withdraw")
    phone.get_by_role("textbox").first.fill("The fee process has begun.")
    phone.get_by_role("button", name=re.compile("^Withdraw")).click()
    reads(phone, "Withdrawn", "The fee process has begun.")
    phone.goto(eve.public)
    # What was withdrawn is not counted; the statement that answered it stays.
    counted = partial(counts_of, phone, eve.public)
    assert counted()["Y08"] == ("S17 S22 S33", 1, 1, 0, 1)
    reads(phone, "29 of 39 suggestions were taken in")


def test_step_22_twenty_nine_changes_lead_to_a_person_and_a_date(eve: Eve, desktop: Page) -> None:
    eve.enter(desktop, "P18", "Master copy")
    chosen = desktop.locator(".app-cards a")
    if chosen.count():
        chosen.click()
    follow(desktop, "Compare")
    desktop.get_by_label("From version").select_option(label="0.3")
    desktop.get_by_label("To version").select_option(label="0.5")
    desktop.get_by_role("button", name="Compare").click()
    at(desktop, "What changed from 0.3 to 0.5")
    links = desktop.locator("main").get_by_role("link", name=re.compile(r"^S\d\d"))
    assert len({words[:3] for words in links.all_inner_texts()}) == 29
    follow(desktop, "S08")
    reads(desktop, "by Maureen Hallett, 28 May 2025", "by Helen Marsh, 12 August 2025")
