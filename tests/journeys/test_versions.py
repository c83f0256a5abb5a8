"""Versions as people meet them: by ear, by keyboard, on a phone, in print; and from every number to its rows."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import servers
from tests.support.browser import Site, violations
from tests.support.by_ear import Ear

from .hands import Hands
from .test_demo_walkthrough import at, enter, follow, open_document, reads

pytestmark = [pytest.mark.browser]

WAYS = ("marked", "sides", "sentences", "causes")
BY = "Amina Yusuf, suggestion "


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A comparison in which a paragraph, a list and a table changed: its address, and a session."""
    server = servers.start("serve", tmp_path_factory.mktemp("versions") / "home")
    place = servers.run_beside(server, "tests.journeys.two_versions")
    yield {"site": server.url, "address": server.url + place["path"], "session": place["session"]}
    server.stop()


def opened(page: Page, changed: dict[str, str], query: str = "") -> Page:
    page.context.add_cookies([{"name": "session", "value": changed["session"], "url": changed["site"]}])
    page.goto(changed["address"] + query)
    return page


def passage(page: Page, heading: str) -> str:
    """The way to the marked-up words below a heading."""
    found = page.locator("section.drafting-place", has=page.get_by_role("heading", name=heading))
    return f"#{found.get_attribute('id')} .drafting-marked"


@pytest.mark.parametrize(
    "heading, sentence",
    [
        (
            "Visits, paragraph 1",
            f"Care workers visit taken out by {BY}S01: twice (end of what was taken out) "
            f"added by {BY}S01: three times (end of addition) a day.",
        ),
        ("Visits, paragraph 2 (New passage)", f"added by {BY}S02: They ring first. (end of addition)"),
        (
            "Visits, list item 1",
            f"Ask taken out by {BY}S03: each (end of what was taken out) "
            f"added by {BY}S03: every (end of addition) carer",
        ),
        (
            "Visits, list item 2 (Taken out)",
            f"taken out by {BY}S04: Write the answer down (end of what was taken out)",
        ),
        ("Visits, table row 1", f"Day 1 ; A call added by {BY}S05: and a visit (end of addition)"),
        (
            "Visits, table row 2 (Taken out)",
            f"taken out by {BY}S06: Day 2 ; A visit (end of what was taken out)",
        ),
        (
            "Visits, paragraph 2 (Taken out)",
            f"taken out by {BY}S07: Nobody is asked how it went. (end of what was taken out)",
        ),
    ],
)
def test_a_changed_passage_is_a_sensible_sentence_by_ear(
    heading: str, sentence: str, changed: dict[str, str], phone: Page
) -> None:
    """As Chromium's accessibility tree has it, not as the source spells it."""
    page = opened(phone, changed)
    words, ear = passage(page, heading), Ear(page)
    assert ear.hears(words) == sentence
    marks = {"insertion": sentence.count("added by"), "deletion": sentence.count("taken out by")}
    assert {role: ear.roles(words).count(role) for role in marks} == marks


def test_side_by_side_each_side_is_a_sentence_of_its_own_by_ear(
    changed: dict[str, str], desktop: Page
) -> None:
    ear = Ear(opened(desktop, changed, "?show=sides"))
    row = ".drafting-sides tbody tr:first-child"
    assert ear.hears(f"{row} th") == "Visits, paragraph 1"
    assert ear.hears(f"{row} td:nth-child(2)") == (
        f"Care workers visit taken out by {BY}S01: twice (end of what was taken out) a day."
    )
    assert ear.hears(f"{row} td:nth-child(3)") == (
        f"Care workers visit added by {BY}S01: three times (end of addition) a day."
    )
    new = ".drafting-sides tbody tr:nth-child(2) td:nth-child(2)"
    assert ear.hears(new) == "(not there yet)"


def test_the_list_is_as_good_by_ear_as_the_marks(changed: dict[str, str], phone: Page) -> None:
    ear = Ear(opened(phone, changed, "?show=sentences"))
    words = ear.hears(".drafting-lines > li:first-child p")
    assert re.fullmatch(
        r"In “Visits”, paragraph 1, Amina Yusuf’s suggestion S01 replaced “twice” by “three times” on \d+ \w+ \d{4}\.",
        words,
    )


def test_who_wrote_this_is_said_between_the_words(changed: dict[str, str], phone: Page) -> None:
    opened(phone, changed)
    follow(phone, "Who wrote this")
    ear = Ear(phone)
    words = "#b2 .drafting-blame__words"
    assert ear.hears(words) == f"Care workers visit written by {BY}S01: three times (end) a day."
    assert ear.hears("#b2 .drafting-because") == "This passage changed because of: (Visits, paragraph 1)"


@pytest.mark.parametrize("show", WAYS)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    show: str, width: int, changed: dict[str, str], page_at: Callable[[int], Page]
) -> None:
    page = opened(page_at(width), changed, f"?show={show}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_mark_is_a_line_and_not_a_colour_alone(changed: dict[str, str], desktop: Page) -> None:
    page = opened(desktop, changed)
    for media in ("screen", "print"):
        page.emulate_media(media=media, forced_colors="active")  # type: ignore[arg-type]
        assert line_of(page.locator("ins").first) == "underline"
        assert line_of(page.locator("del").first) == "line-through"


def line_of(place: Locator) -> str:
    return str(place.evaluate("one => getComputedStyle(one).textDecorationLine"))


def test_everything_is_reached_by_keyboard(changed: dict[str, str], desktop: Page, tmp_path: Path) -> None:
    hands = Hands(opened(desktop, changed))
    for way, words in (
        ("Side by side", "(not there yet)"), ("As a list", "Amina Yusuf’s suggestion S01 replaced"),
        ("By suggestion", "Changed twice to three times"), ("Marked up", "Words put in are underlined."),
    ):  # fmt: skip
        hands.follow(way)
        hands.reads(words)
    hands.select("To version", "The text")
    hands.press("Compare")
    hands.is_at("What changed from 0.1 to the text as it stands")
    hands.follow("Show the whole text")
    hands.reads("When")
    with hands.takes("CSV", tmp_path / "changes.csv"):
        rows = list(csv.DictReader((tmp_path / "changes.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 7
    desktop.reload()
    hands.follow("7 suggestions")
    hands.is_at("7 suggestions")
    hands.follow("S05")
    hands.is_at("Suggestion S05")


def test_invariant_15_in_print_the_same_people_stand_beside_the_same_words(
    changed: dict[str, str], desktop: Page
) -> None:
    page = opened(desktop, changed)
    on_screen = causes_of(page)
    page.emulate_media(media="print")
    assert causes_of(page) == on_screen
    assert len(on_screen) == 7
    assert all("Amina Yusuf" in causes for causes in on_screen.values())
    expect(page.get_by_role("button", name="Compare")).to_be_hidden()
    expect(page.get_by_role("link", name="Side by side")).to_be_hidden()
    expect(page.locator(".drafting-blame__ref").first).to_be_visible()
    page.goto(changed["address"] + "?show=sentences")
    expect(page.locator(".drafting-lines > li")).to_have_count(7)


def causes_of(page: Page) -> dict[str, str]:
    """The words of each passage that can be seen, and what is said beside them of people."""
    places = page.locator("section.drafting-place").all()
    return {
        place.locator(".drafting-marked").inner_text(): place.locator(".drafting-blame__causes").inner_text()
        for place in places
    }


# The example project: step 22, and from numbers to rows


def test_maureen_compares_two_versions_on_her_phone_without_javascript(
    demo_site: Site, without_javascript: Page
) -> None:
    """Step 22: 29 attributed changes, and from each of them to the person and the date."""
    page = without_javascript
    enter(demo_site, page, "P01")
    open_document(page)
    follow(page, "Compare")
    page.get_by_label("From version").select_option("0.3")
    page.get_by_label("To version").select_option("0.5")
    page.get_by_role("button", name="Compare").click()
    at(page, "What changed from 0.3 to 0.5")
    reads(page, "57 changes, because of 29 suggestions.")
    follow(page, "As a list")
    sentences = page.locator(".drafting-lines > li")
    expect(sentences).to_have_count(57)
    for words in sentences.all_inner_texts():
        assert re.match(r"In “.+”, .+’s suggestion S\d\d .+ on \d{1,2} \w+ 2025\.", words), words
        assert re.search(r"(Accepted|In part) by .+, \d{1,2} \w+ 2025", words), words
    follow(page, "29 suggestions")
    at(page, "29 suggestions")
    follow(page, "S14")
    at(page, "Suggestion S14")


def test_helen_opens_the_numbers_of_fairness_and_lineage(demo_site: Site, desktop: Page) -> None:
    page = desktop
    enter(demo_site, page, "P18")
    open_document(page)
    follow(page, "Suggestions", "Suggestions in figures", "Whose suggestions were taken in")
    reads(page, "29 of 40 suggestions were taken in", "Chance alone could make groups differ as much")
    row = page.get_by_role("row", name="Unpaid carers")
    expect(row).to_contain_text("75.0%")
    expect(row).to_contain_text("41% to 93%")
    expect(page.get_by_role("row", name="Leaders and managers")).to_contain_text(
        "fewer than five suggestions"
    )
    row.get_by_role("link", name=re.compile("^6")).click()
    at(page, "6 suggestions")
    reads(page, "came from “Unpaid carers”", "Priya")
    page.go_back()
    follow(page, "Where suggestions went")
    reads(page, "Of 40 suggestions, 17 went to “Version 0.4”, 12 went to “Version 0.5”")
    page.get_by_text("The numbers behind").click()
    sums = page.locator(".app-plot tbody tr").last
    assert sums.inner_text().split() == ["All", "17", "12", "4", "7", "40"]
    sums.get_by_role("link", name="17").click()
    at(page, "17 suggestions")
    reads(page, "are in version 0.4 for the first time")


def test_the_picture_of_streams_can_be_read_on_a_phone(demo_site: Site, phone: Page) -> None:
    """No letter is smaller than twelve pixels, and none lies outside the picture."""
    enter(demo_site, phone, "P01")
    open_document(phone)
    follow(phone, "Versions", "Where suggestions went")
    measured = """all => all.map(one => ({
        words: one.textContent, size: one.getScreenCTM().a * parseFloat(one.getAttribute('font-size')),
        left: one.getBBox().x, right: one.getBBox().x + one.getBBox().width }))"""
    labels = phone.locator(".app-plot svg text").evaluate_all(measured)
    assert len(labels) > 20
    for label in labels:
        assert label["size"] >= 12, label
        assert -1 <= label["left"] <= label["right"] <= 341, label
    ear = Ear(phone)
    assert ear.hears(".app-plot__sentence").startswith("Of 40 suggestions, 17 went to “Version 0.4”")


def test_every_passage_of_the_master_says_because_of_whom_it_changed(demo_site: Site, phone: Page) -> None:
    """S09 was taken in in part: the words, who asked, who decided, and why not in full."""
    enter(demo_site, phone, "P01")
    open_document(phone)
    follow(phone, "Who wrote this")
    passage = phone.locator(".drafting-blame", has=phone.get_by_role("link", name="S09")).first
    for words in ("This passage changed because of", "S09", "Marta", "In part by", "Why not in full:"):
        expect(passage).to_contain_text(words)
    expect(passage).not_to_contain_text("Kowalczyk")
