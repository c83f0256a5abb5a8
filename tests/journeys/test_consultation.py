"""A consultation as people meet it: planned against the calendar, answered on a phone, typed in, sorted, reported.

Steps 16 and 17 of the scenario's walkthrough. One example of its own, because it is changed; the steps follow one
another in the order of the file.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from coproduce.config.serving import DEMO_DAY
from tests.support import servers
from tests.support.browser import Site

from .test_demo_walkthrough import enter, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TODAY = DEMO_DAY.date()
TITLE = "What do you say about the night line?"
OWEN, SECOND = "Owen Pritchard", "Yvonne Baptiste"
WARNING = "Warning"
Check = Callable[[Page], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    server = servers.start("demo", tmp_path_factory.mktemp("consultation") / "home", seconds=180)
    yield Site(server)
    server.stop()


def dated(page: Page, legend: str, day: date) -> None:
    boxes = page.get_by_role("group", name=re.compile(legend)).last
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name).fill(str(value))


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def open_ours(site: Site, page: Page, person: str) -> None:
    enter(site, page, person, "Consultation", TITLE)


def save_dates(page: Page, opens: date, closes: date) -> None:
    """Through the plan, and back to the page that says what the rules think of it."""
    follow(page, "The plan")
    dated(page, "^Opens on", opens)
    dated(page, "^Closes on", closes)
    press(page, "Save")


def test_a_facilitator_plans_and_says_everything_that_people_need(
    site: Site, desktop: Page, axe: Check
) -> None:
    page = desktop
    enter(site, page, OWEN, "Consultation")
    press(page, "Plan a consultation")
    axe(page)
    page.get_by_label("What is it called in public?").fill(TITLE)
    page.get_by_role("radio", name=re.compile(r", 0\.3\s*$")).check()
    dated(page, "^Opens on", date(2025, 5, 12))
    dated(page, "^Closes on", date(2025, 5, 23))
    press(page, "Go on")
    for label, words in (
        ("What do you ask people?", "Is one phone line for the first three nights enough?"),
        ("What does it cost?", "£48,000 a year."), ("Whom may it harm, and how?", "People who cannot use a phone."),
        ("Gunning 1", "Nothing is signed."), ("Gunning 2", "The whole draft is on the page."),
        ("Gunning 3", "Twelve weeks."), ("Where can people phone", "Phone 01632 960144."),
    ):  # fmt: skip
        page.get_by_label(label).fill(words)
    dated(page, "^When is it decided", TODAY + timedelta(200))
    dated(page, "^By when does everyone", TODAY + timedelta(150))
    dated(page, "^When is the report", TODAY + timedelta(160))
    dated(page, "^When is the result", TODAY + timedelta(360))
    page.get_by_role("group", name="Can people ask to hear what happened?").get_by_label("Yes").check()
    axe(page)
    press(page, "Save")
    follow(page, "Questions")
    page.get_by_label("Question", exact=True).first.fill("What would you need at night?")
    press(page, "Save")
    reads(page, "1 question")
    axe(page)


def test_R74_step_16_eleven_days_are_refused_unless_somebody_is_named(
    site: Site, desktop: Page, axe: Check
) -> None:
    page = desktop
    open_ours(site, page, OWEN)
    reads(page, "People have only 11 days.")
    press(page, "Open the consultation")
    press(page, "Open it")
    reads(page, "People have only 11 days.", "(rule R74)", "To go on despite this, write your reason")
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)


def test_R75_step_16_thirty_five_days_warn(site: Site, desktop: Page) -> None:
    open_ours(site, desktop, OWEN)
    save_dates(desktop, date(2025, 5, 12), date(2025, 6, 16))
    reads(desktop, "People have 35 days. The usual time is 84 days, which is 12 weeks.", WARNING)
    expect(desktop.get_by_text("People have only")).to_have_count(0)


def test_R76_step_16_twelve_weeks_warn_of_the_school_holiday(site: Site, desktop: Page) -> None:
    open_ours(site, desktop, OWEN)
    save_dates(desktop, date(2025, 5, 12), date(2025, 8, 4))
    reads(desktop, "84 days (12 weeks)", "It overlaps a school holiday: Summer holiday of Wexcombe schools")
    expect(desktop.get_by_text("The usual time is 84 days")).to_have_count(0)


def test_R76_step_17_a_launch_on_14_april_warns_of_the_election(site: Site, desktop: Page) -> None:
    open_ours(site, desktop, OWEN)
    save_dates(desktop, date(2025, 4, 14), date(2025, 7, 7))
    reads(
        desktop, "It overlaps a pre-election period: County council elections, 25 March 2025 to 1 May 2025."
    )


def test_it_opens_and_stands_on_its_public_page(site: Site, desktop: Page, phone: Page, axe: Check) -> None:
    page = desktop
    open_ours(site, page, OWEN)
    save_dates(page, TODAY, TODAY + timedelta(84))
    # Two bank holidays fall into it, and nobody wrote what is done about them: it warns, and goes on.
    press(page, "Open the consultation")
    press(page, "Open it")
    reads(page, "It is on its public page now.", "0 replies")
    press(page, "Public page")
    address = page.url
    axe(page)
    phone.goto(address)
    reads(
        phone,
        "£48,000 a year.",
        "People who cannot use a phone.",
        "Dropped, and why",
        "25 December, 26 December",
    )
    axe(phone)
    follow(phone, "Read the draft")
    axe(phone)
    phone.goto(address)
    follow(phone, "Form to print")
    reads(phone, "Code of this form:")
    axe(phone)


@pytest.fixture
def public(site: Site, page_at: Callable[[int], Page]) -> str:
    page = page_at(1280)
    open_ours(site, page, OWEN)
    return str(page.get_by_role("button", name="Public page").get_attribute("href"))


def test_a_carer_replies_on_a_phone_without_javascript(
    site: Site, public: str, without_javascript: Page
) -> None:
    page = without_javascript
    page.goto(f"{site.url}{public}")
    follow(page, "Read the draft")
    # The number beside the passage about nights leads to the form, with the passage chosen.
    row = page.locator(".consultation-passage", has_text="At night you can ring").first
    row.get_by_role("link").click()
    page.get_by_label("What would you need at night?").fill(
        "One person who picks up. My husband falls at night."
    )
    press(page, "Add another: Passage")
    expect(page.get_by_label("What would you need at night?")).to_have_value(re.compile("My husband falls"))
    page.get_by_label("What should happen to it?").first.select_option("add")
    page.get_by_label("What do you say?").first.fill("Say how long it rings before somebody answers.")
    page.get_by_label("Why?").first.fill("I waited twenty minutes.")
    page.get_by_role("group", name="Which of these are you?").get_by_label("Unpaid carers").check()
    page.get_by_role("group", name="May we quote your words").get_by_label("Yes").check()
    page.get_by_role("group", name="May we show your name").get_by_label("No").check()
    press(page, "Send")
    expect(page.get_by_role("heading", name="Thank you. Your reply is here")).to_be_visible()
    reads(page, "R001")


def test_a_reply_that_the_network_sends_again_is_there_once(
    site: Site, public: str, phone: Page, axe: Check
) -> None:
    phone.goto(f"{site.url}{public}reply/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.get_by_label("What would you need at night?").fill("A number that is free to ring.")
    again = """form => { const sent = new URLSearchParams(new FormData(form));
        const post = () => fetch(form.action || location.href, {method: "POST", body: sent});
        return Promise.all([post(), post()]).then(answers => answers.map(answer => answer.url)); }"""
    one, other = phone.locator("form.app-form").evaluate(again)
    assert one == other
    assert "/received/" in one


def test_staff_type_in_a_paper_reply_with_its_code(site: Site, desktop: Page, axe: Check) -> None:
    page = desktop
    open_ours(site, page, SECOND)
    reads(page, "2 replies")
    code = page.locator("dt", has_text="Code on paper forms").locator("xpath=../dd").inner_text()
    press(page, "Type in a reply")
    axe(page)
    page.get_by_role("group", name="How did it come?").get_by_label("Paper").check()
    dated(page, "^On which day", TODAY)
    page.get_by_label("Code on the paper form").fill("WRONG")
    page.get_by_label("What would you need at night?").fill("Someone who comes. I do not hear the phone.")
    press(page, "Write it down")
    reads(page, "This is not the code of this consultation.")
    page.get_by_label("Code on the paper form").fill(code.lower())
    page.get_by_role("group", name="Did you read it back").get_by_label("Yes").check()
    press(page, "Write it down")
    reads(page, "R003 is written down.")
    follow(page, "Back to the consultation")
    reads(page, "3 replies", "Replies by channel")
    axe(page)


def test_it_is_closed_and_its_passages_are_suggestions(site: Site, desktop: Page, axe: Check) -> None:
    page = desktop
    open_ours(site, page, OWEN)
    follow(page, "Close the consultation")
    press(page, "Close it")
    reads(page, "Someone still has time to reply until", "To go on despite this, write your reason")
    page.get_by_label("To go on despite this, write your reason").fill("The project was stopped.")
    press(page, "Close it")
    reads(page, "It is closed.")
    press(page, "Replies")
    axe(page)
    follow(page, "R001")
    reads(page, "My husband falls at night.", "S41", "I waited twenty minutes.")


def code_it(page: Page, code: str, sentence: str) -> None:
    page.get_by_label(re.compile(re.escape(sentence))).check()
    page.get_by_label("Which code?").select_option(label=code)
    press(page, "Put the code on these words")


def add_code(page: Page, name: str) -> None:
    press(page, "Add a code")
    page.get_by_label("Name of the code").fill(name)
    page.get_by_label("What counts as this?").fill(f"Whatever is about {name.lower()}.")
    press(page, "Add")


def test_two_people_code_what_was_said_and_the_second_sees_nothing_of_the_first(
    site: Site, desktop: Page, page_at: Callable[[int], Page], axe: Check
) -> None:
    page = desktop
    open_ours(site, page, OWEN)
    follow(page, "Sort what people said")
    add_code(page, "Somebody answers")
    add_code(page, "Falls at night")
    press(page, "Code the next reply")
    axe(page)
    code_it(page, "K1 Somebody answers", "One person who picks up.")
    code_it(page, "K2 Falls at night", "My husband falls at night.")
    expect(page.locator("q")).to_have_count(2)
    press(page, "This reply is coded")
    for words in ("A number that is free to ring.", "Someone who comes."):
        code_it(page, "K1 Somebody answers", words)
        press(page, "This reply is coded")
    reads(page, "It was your last one.", "0 replies are still to be coded.")
    follow(page, "Draw a share for a second coder")
    page.get_by_label("Who codes a share of them again?").select_option(index=1)
    second = page.locator("select option:checked").first.inner_text()
    page.get_by_label("How large a share?").fill("100")
    press(page, "Draw by lot")
    reads(page, "no figure is given")
    other = page_at(1280)
    open_ours(site, other, second)
    follow(other, "Sort what people said")
    reads(other, "Counts and the codes of others are shown once you have finished it.")
    press(other, "Code the next reply")
    reads(other, "You see no code of anybody else until you are done.")
    expect(other.locator("q")).to_have_count(0)
    axe(other)


def test_the_report_says_what_was_said_what_was_decided_and_how_they_connect(
    site: Site, public: str, desktop: Page, phone: Page, axe: Check
) -> None:
    page = desktop
    open_ours(site, page, OWEN)
    follow(page, "Words of the report")
    page.get_by_label("What was decided").fill("The line is answered within five minutes.")
    press(page, "Save")
    open_ours(site, page, OWEN)
    follow(page, "Publish the report")
    press(page, "Publish it")
    reads(page, "The report is out.")
    phone.goto(f"{site.url}{public}report/")
    reads(phone, "1. What people said", "2. What was decided", "3. How the two connect",
          "The line is answered within five minutes.", "One person who picks up.")  # fmt: skip
    axe(phone)
    follow(phone, "3 replies")
    reads(phone, "R001", "R002", "R003")
    axe(phone)
    text = phone.request.get(f"{site.url}{public}report/points/?format=csv").text()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["Suggestion"] for row in rows if row["Suggestion"]} == {"S41"}
    assert all("Someone who comes" not in row["In their words, if they agreed"] for row in rows)
