"""People of the example project find what became of their words, by following links only.

Nothing here changes the example: everybody only reads. The figures are those of domain.md §3.
"""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Site

pytestmark = [pytest.mark.browser]

PROJECT = "Home After Hospital"


def enter(site: Site, page: Page, person: str, *links: str) -> None:
    """Sign in by a card, open the project, and go on by these links."""
    site.sign_in_as(page, person)
    follow(page, PROJECT, *links)


def follow(page: Page, *links: str) -> None:
    """The first link on the page whose words begin like this."""
    for words in links:
        link = page.get_by_role("link", name=re.compile(f"^{re.escape(words)}")).locator("visible=true").first
        folded = page.locator(".app-project__pages:not([open]) > summary")
        if not link.count() and folded.is_visible():
            folded.click()
        link.click()
        page.wait_for_load_state()


def reads(page: Page, *words: str) -> None:
    for one in words:
        expect(page.locator("main")).to_contain_text(one)


def at(page: Page, heading: str) -> None:
    expect(page.locator("h1")).to_contain_text(heading)


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Show", exact=True).click()


def open_document(page: Page) -> None:
    """The only one: readers land on it, and those who may open another choose it first."""
    follow(page, "Master copy")
    chosen = page.locator(".app-cards a")
    if chosen.count():
        chosen.click()


def find_suggestion(page: Page, ref: str, words: str) -> None:
    """Through the list of all forty, searched by words."""
    open_document(page)
    follow(page, "Suggestions")
    search(page, words)
    follow(page, ref)
    at(page, f"Suggestion {ref}")


# P01, Maureen, 81, on her phone


def test_maureen_reads_what_it_is_about_and_what_can_change(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Foreword")
    reads(phone, "Saving money is an aim: £420,000 a year", "What people can change", "Dropped")
    follow(phone, "People", "My seat and my choices")
    at(phone, "Maureen Hallett")
    reads(phone, "P01", "People who use the service")


def test_maureen_finds_her_own_answer_among_the_others(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Rounds", "What would one home-start team")
    reads(phone, "You answered on", "Your receipt:")
    follow(phone, "Summary of the round")
    reads(phone, "22 of 24 answers were sealed on time: 91.7%")
    follow(phone, "Back to the round", "All answers")
    reads(phone, "Maureen Hallett", "Me: +1")


def test_maureen_finds_what_is_done_about_her_barrier(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Barriers")
    search(phone, "not knowing who was coming")
    follow(phone, "B01")
    reads(phone, "I went home not knowing who was coming or when", "Maureen Hallett", "Remove it")
    follow(phone, "A01")
    at(phone, "Put one name and one number on every discharge card")


def test_maureen_reads_one_chapter(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Master copy", "4. Before you leave hospital")
    expect(
        phone.locator("main").get_by_text("one name and one number", exact=False).first
    ).to_be_in_viewport()


def test_maureen_follows_her_suggestion_to_what_came_of_it_and_back(demo_site: Site, phone: Page) -> None:
    """S08: suggestion → decision → version → action → statement, and each leads back."""
    enter(demo_site, phone, "P01")
    find_suggestion(phone, "S08", "One name and number")
    reads(phone, "by Maureen Hallett, 28 May 2025", "Accepted", "by Helen Marsh, 12 August 2025")
    follow(phone, "version 0.4")
    at(phone, "Version 0.4")
    reads(phone, "29 August 2025", "You will get a card with one name and one number")
    follow(phone, "What changed since 0.3", "S08")
    follow(phone, "A01")
    reads(phone, "50-card audit", "Imran Sheikh", "31 October 2025")
    follow(phone, "Suggestion S08")
    at(phone, "Suggestion S08")
    follow(phone, "Y04")
    expect(phone.get_by_role("heading", name="Know who is coming")).to_be_in_viewport()
    follow(phone, "S08")
    at(phone, "Suggestion S08")


def test_maureen_reads_why_ten_free_weeks_were_declined(demo_site: Site, without_javascript: Page) -> None:
    """S23, with JavaScript switched off."""
    page = without_javascript
    enter(demo_site, page, "P01")
    find_suggestion(page, "S23", "Ten free weeks")
    reads(page, "Declined", "Cost", "£1,900,000 a year", "case by case")
    follow(page, "Y10")
    reads(page, "Charges", "S23 Declined")


def test_len_who_has_no_internet_is_in_it_with_his_paper(demo_site: Site, phone: Page) -> None:
    """P04: what others typed for him stands under his name, with theirs beside it."""
    enter(demo_site, phone, "P04", "Rounds", "What would one home-start team", "All answers")
    own = phone.get_by_role("article").filter(has_text="Len Bartram")
    expect(own).to_contain_text("Me: −2")
    expect(own).to_contain_text("Paper, entered by")
    expect(own).to_contain_text("read back")
    find_suggestion(phone, "S01", "Say plainly that saving money")
    reads(phone, "by Len Bartram", "Paper, entered by")


# P18, Helen, who answers for it


def test_helen_sees_what_she_owns_and_what_she_signed(demo_site: Site, desktop: Page) -> None:
    enter(demo_site, desktop, "P18", "Actions", "My actions")
    reads(desktop, "A09", "A15")
    enter(demo_site, desktop, "P18", "Sign-off", "Home After Hospital, version 1.0")
    reads(desktop, "Signed by Helen Marsh", "15 October 2026", "40 suggestions, all with an answer")
    reads(desktop, *("B08", "B31", "B37", "B40", "B48", "B53"))
    expect(desktop.locator("li").filter(has_text=re.compile(r"^C0\d:"))).to_have_count(6)


def test_tunde_whose_answer_came_late_finds_it_marked(demo_site: Site, phone: Page) -> None:
    """P21, R27: kept and flagged, outside the figures."""
    enter(demo_site, phone, "P21", "Rounds", "What would one home-start team", "All answers")
    own = phone.get_by_role("article").filter(has_text="Tunde Bakare")
    expect(own).to_contain_text("Late")


# The facilitator and the figures


def test_the_figures_come_out_of_the_product(demo_site: Site, desktop: Page) -> None:
    enter(
        demo_site,
        desktop,
        "Owen Pritchard",
        "Rounds",
        "What would one home-start team",
        "Summary of the round",
    )
    reads(desktop, "22 of 24 answers were sealed on time: 91.7%", "level 1 +0.14, level 2 −0.55")
    reads(desktop, "15 of 22 people named at least one thing that the leaders state: 68.2%")
    reads(desktop, "8 of 22 people moved at level 1: 6 up and 2 down", "from +0.14 to +0.32")
    reads(desktop, "from 1.32 to 1.02", "Convergence is 0.23", "lower than level 1 for 13 people")
    follow(desktop, "Barriers", "What they add up to")
    reads(desktop, "43 of the 49 important barriers have a response (87.8%)", "matter 4.13 and are 3.02")
    reads(desktop, "Do now: 14", "Plan: 35", "No theme comes from a single group")
    open_document(desktop)
    follow(desktop, "Suggestions", "Suggestions in figures")
    reads(desktop, "29 of 40 (72.5%)", "37 of 40 (92.5%)", "People who use the service (10/12)")
    follow(desktop, "Actions")
    reads(desktop, "2 done, 8 in progress, 5 not started, 0 overdue", "own or share 3; partners 4")


def test_comparing_two_versions_names_everyone_behind_a_change(demo_site: Site, desktop: Page) -> None:
    """Step 22: from 0.3 to 0.5 there are 29 changes, each with its person and its date."""
    enter(demo_site, desktop, "Owen Pritchard")
    open_document(desktop)
    follow(desktop, "Compare")
    desktop.get_by_label("From version").select_option(label="0.3")
    desktop.get_by_label("To version").select_option(label="0.5")
    desktop.get_by_role("button", name="Compare").click()
    at(desktop, "What changed from 0.3 to 0.5")
    follow(desktop, "By suggestion")
    causes = desktop.locator(".drafting-causes > li")
    expect(causes).to_have_count(29)
    for words in causes.all_inner_texts():
        assert re.match(
            r"S\d\d \S.+, \d{1,2} \w+ 2025\. .*(Accepted|In part) by .+, \d{1,2} \w+ 2025\.", words
        )
    follow(desktop, "S14")
    reads(desktop, "Margaret Finch", "In part", "by Helen Marsh")


# Anybody at all


def test_anybody_reads_the_answers_without_signing_in(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "You said, we did", "Read the public page")
    address = phone.url
    phone.context.clear_cookies()
    phone.goto(address)
    at(phone, "You said, we did")
    expect(phone.locator("article")).to_have_count(12)
    reads(phone, "Published on 22 September 2025", "S23", "We could not")
    expect(phone.get_by_role("link", name="Sign in")).to_be_visible()
    for path in ("barriers/", "documents/", "people/", "record/"):
        inside = httpx.get(address.replace("you-said-we-did/", path), follow_redirects=False)
        assert inside.status_code == 302, path


def test_the_frame_speaks_welsh(demo_site: Site, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(f"{demo_site.url}/demo/people/")
    page.get_by_role("button", name="Cymraeg").or_(page.get_by_role("link", name="Cymraeg")).click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(
        page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English"))
    ).to_be_visible()
    expect(page.locator("body")).to_contain_text("Neidio i'r prif gynnwys")
