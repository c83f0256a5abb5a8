"""From three minutes without a project to a foreword, an approach, hard questions and their gates.

Steps 1 and 2 of the scenario's walkthrough. One example of its own, because it is changed; the steps follow one
another in the order of the file.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import Site

from .test_consultation import OWEN, TODAY, dated, press
from .test_demo_walkthrough import enter, follow, reads

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
HELEN, MAUREEN = "P18", "P01"
TITLE = "May we ask once more?"
SAID = "We forgot to say what becomes of the frames."
Check = Callable[[Page], None]
QUESTIONS = (
    "Is there already a way", "Could a specialist", "Does the result depend", "Has the same answer",
    "Are things changing so fast",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    server = servers.start("demo", tmp_path_factory.mktemp("approach") / "home", seconds=400)
    yield Site(server)
    server.stop()


def choose(page: Page, question: str, said: str) -> None:
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))
    group.get_by_label(said, exact=True).check()


def answer_five(page: Page, *said: str) -> None:
    for question, one in zip(QUESTIONS, said, strict=True):
        choose(page, question, one)


def refused(page: Page, *words: str) -> None:
    summary = page.locator(".govuk-error-summary")
    for one in words:
        expect(summary).to_contain_text(one)


def test_a_newcomer_has_an_answer_in_three_minutes_without_an_account(
    site: Site, journeys: object, axe: Check
) -> None:
    page = journeys.open(360, 740, javascript=False)  # type: ignore[attr-defined]
    page.goto(site.url)
    page.get_by_role("link", name="Should we co-produce?").click()
    press(page, "Show the answer")
    refused(page, "Choose an answer; “not sure” is one too.")
    answer_five(page, "No", "Partly", "Yes", "Yes", "No")
    press(page, "Show the answer")
    expect(page.locator("h1")).to_contain_text("Yes: co-produce it")
    reads(page, "The result depends on people’s relationships", "What to do next", "Nothing was stored.")
    assert page.url.endswith("/should-we-co-produce/")
    assert not [cookie for cookie in page.context.cookies() if cookie["name"] == "session"]


def test_whoever_may_goes_on_to_a_project_with_these_answers(site: Site, desktop: Page, axe: Check) -> None:
    page = desktop
    site.sign_in_as(page, OWEN)
    follow(page, "Should we co-produce?")
    axe(page)
    answer_five(page, "Yes", "No", "No", "No", "No")
    press(page, "Show the answer")
    expect(page.locator("h1")).to_contain_text("Probably not")
    axe(page)
    press(page, "Start a project with these answers")
    page.get_by_label("What is to be decided?").fill("How bins are collected")
    page.get_by_label("Name of the project").fill("Bins")
    page.get_by_label("What is it for").fill("Collect the bins on the same day each week.")
    axe(page)
    press(page, "Start the project")
    reads(page, "The answers suggest: Simple.")
    assert "yes" not in page.url
    press(page, "Confirm")
    page.get_by_label("Co-produce", exact=True).check()
    page.get_by_label("Who holds the decision?").select_option(label="1: mostly the organisation")
    page.get_by_label("Who has the power to act?").select_option(label="2: shared equally")
    press(page, "Save the level")
    refused(page, "It looks simple, and you choose to co-produce it. Say why.")
    page.get_by_label("Why this level?").fill("The street asked for it.")
    press(page, "Save the level")
    reads(page, "That is to involve people, not to co-produce.", "We decide together")
    axe(page)


def test_R02_step_1_money_as_an_aim_with_no_amount_is_refused(site: Site, desktop: Page, axe: Check) -> None:
    page = desktop
    enter(site, page, HELEN, "Foreword", "Change the foreword")
    page.get_by_label("How much, in pounds a year?").fill("")
    page.get_by_label("What will the money be used for?").fill("")
    press(page, "Save the foreword")
    refused(page, "Saving money is an aim: enter how much", "(rule R02)")
    axe(page)
    enter(site, page, HELEN, "Foreword")
    reads(page, "Saving money is an aim: £420,000 a year.")


def test_a_shared_foreword_says_what_changed_when_by_whom_and_why(
    site: Site, phone: Page, axe: Check
) -> None:
    enter(site, phone, MAUREEN, "Foreword")
    reads(phone, "It has changed 2 times since.", "10 February 2025", "19 August 2025", "Helen Marsh")
    reads(
        phone,
        "Suggestion S02. Five people in the round saw",
        "Better outcomes for people; Save money; Free capacity",
    )
    follow(phone, "Easy Read")
    reads(phone, "We want to save £420,000 a year.", "You can take part until 4 August 2025.")
    axe(phone)


def test_R03_step_2_no_dropped_option_stops_a_consultation_unless_somebody_is_named(
    site: Site, desktop: Page, axe: Check
) -> None:
    page = desktop
    _keep_every_option(site, page)
    _plan_another(site, page)
    press(page, "Open the consultation")
    press(page, "Open it")
    refused(page, "List at least one option that was dropped, and why.", "(rule R03)")
    page.get_by_label("To go on despite this, write your reason").fill(
        "There was only one way. Owen Pritchard."
    )
    press(page, "Open it")
    reads(page, TITLE)
    expect(page.get_by_role("button", name="Open the consultation")).to_have_count(0)


def _keep_every_option(site: Site, page: Page) -> None:
    enter(site, page, OWEN, "Foreword")
    dropped = page.locator("table", has=page.locator("#options-caption")).get_by_role("row", name="Dropped")
    while dropped.count():
        dropped.first.get_by_role("link").click()
        page.get_by_label("Kept", exact=True).check()
        press(page, "Save the option")
        refused(page, "People have read this foreword. Say why it changes")
        page.get_by_label("Why do you change it?").fill("It came back.")
        press(page, "Save the option")


def _plan_another(site: Site, page: Page) -> None:
    enter(site, page, OWEN, "Consultation")
    press(page, "Plan a consultation")
    page.get_by_label("What is it called in public?").fill(TITLE)
    page.get_by_role("radio", name=re.compile(r", 0\.3\s*$")).check()
    # The foreword's decision is on its way already; the plan then moves it.
    dated(page, "^Opens on", date(2025, 5, 12))
    press(page, "Go on")
    for label, words in (
        ("What do you ask people?", "Is one phone line enough?"), ("What does it cost?", "£48,000 a year."),
        ("Whom may it harm, and how?", "People who cannot use a phone."), ("Gunning 1", "Nothing is signed."),
        ("Gunning 2", "The whole draft."), ("Gunning 3", "Twelve weeks."),
        ("If it falls into a holiday", "We take paper until the middle of January."),
        ("Where can people phone", "Phone 01632 960144."),
    ):  # fmt: skip
        page.get_by_label(label).fill(words)
    for legend, days in (
        ("^Opens on", 7),
        ("^Closes on", 91),
        ("^When is it decided", 300), ("^By when does everyone", 150), ("^When is the report", 160),
        ("^When is the result", 360),
    ):  # fmt: skip
        dated(page, legend, TODAY + timedelta(days))
    page.get_by_role("group", name="Can people ask to hear what happened?").get_by_label("Yes").check()
    press(page, "Save")
    follow(page, "Questions")
    page.get_by_label("Question", exact=True).first.fill("What would you need at night?")
    press(page, "Save")


def test_a_citizen_asks_on_a_phone_and_the_manager_answers(
    site: Site, phone: Page, desktop: Page, axe: Check
) -> None:
    enter(site, phone, MAUREEN, "Hard questions")
    reads(phone, "Six kinds of question at eight stages")
    axe(phone)
    phone.get_by_role("link", name=re.compile("^Ask: If we do this")).last.click()
    expect(phone.get_by_label("Your question")).to_have_value("If we do this, what happens next?")
    phone.get_by_label("Your question").fill("What becomes of the frames when we are better?")
    axe(phone)
    press(phone, "Ask")
    reads(phone, "Your question is in the log.")
    enter(site, desktop, HELEN, "Hard questions", "All questions and answers", "What becomes of the frames")
    press(desktop, "Answer it")
    desktop.get_by_label("Changed our mind").check()
    desktop.get_by_label("The answer", exact=True).fill(SAID)
    press(desktop, "Save the answer")
    refused(desktop, "Say what changed because somebody asked.")
    desktop.get_by_label("What changed because somebody asked?").fill("The store now asks for them back.")
    axe(desktop)
    press(desktop, "Save the answer")
    reads(desktop, SAID, "Changed our mind")
    enter(site, phone, MAUREEN, "Hard questions", "What changed because we asked")
    reads(phone, "The store now asks for them back.", "What becomes of the frames when we are better?")


def test_R38_the_gate_of_a_stage_shows_what_is_missing(site: Site, desktop: Page, axe: Check) -> None:
    enter(site, desktop, HELEN, "Hard questions", "Decision")
    reads(desktop, "All six kinds of question are answered.")
    enter(site, desktop, HELEN, "Hard questions")
    desktop.locator("#main-content").get_by_role("link", name="Review").first.click()
    reads(
        desktop,
        "nobody has asked these kinds of question",
        "these kinds of question wait for an answer: Evidence.",
    )
    axe(desktop)


def test_R10_everyone_sees_planned_beside_met(site: Site, phone: Page, axe: Check) -> None:
    enter(site, phone, MAUREEN, "Approach")
    reads(
        phone, "At 1 of 5 decisions people met less than was promised.",
        "Planned: Co-produce. The middle of what people met: Involve, less than was promised. 6 of 20 people",
        "The pairing is ours.",
    )  # fmt: skip
    axe(phone)
