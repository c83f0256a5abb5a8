"""From a carer's phone to an answer that satisfies: domain.md §3.11, steps 18, 19 and 21, and all around them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import DESKTOP, PHONE, Journeys
from tests.support.servers import Server

from .answering import VISITS
from .test_demo_walkthrough import at, follow, reads, search

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Axe = Callable[[Page], None]


@dataclass
class Table:
    """A project of its own, and everybody's browser."""

    server: Server
    journeys: Journeys
    places: dict[str, Any]

    def page(self, who: str, size: tuple[int, int] = DESKTOP, *, javascript: bool = True) -> Page:
        page = self.journeys.open(*size, javascript=javascript)
        session = {"name": "session", "value": self.places["sessions"][who], "url": self.server.url}
        page.context.add_cookies([session])  # type: ignore[list-item]
        return page

    def go(self, page: Page, place: str = "document", rest: str = "") -> None:
        page.goto(self.server.url + self.places[place] + rest)

    def suggestion(self, page: Page, ref: str) -> None:
        self.go(page, rest="suggestions/")
        follow(page, ref)
        at(page, f"Suggestion {ref}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = servers.start("serve", tmp_path_factory.mktemp("answering") / "home")
    yield started
    started.stop()


@pytest.fixture
def table(server: Server, journeys: Journeys) -> Table:
    return Table(server, journeys, servers.run_beside(server, "tests.journeys.answering"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def send(table: Table) -> Page:
    """S05, by the carer on her phone, in two sittings and without JavaScript."""
    page = table.page("Priya", PHONE, javascript=False)
    table.go(page, rest=f"blocks/{VISITS}/change/")
    box = page.get_by_label("The words as they should be")
    box.fill(box.input_value().replace("twice a day", "three times a day").replace("six", "eight"))
    press(page, "Keep it for later")
    at(page, "My suggestions")
    reads(page, "Only you can see these.", "three times a day")
    follow(page, "Go on writing")
    page.get_by_label("Why? (optional)").fill("Twice was not enough for my mother")
    press(page, "Send the suggestion")
    at(page, "Thank you. Suggestion S05 is on the record.")
    reads(page, "Answer promised by", "three times", "You are told.")
    return page


def test_a_carer_suggests_two_managers_decide_and_she_asks_again(table: Table, axe: Axe) -> None:
    carer = send(table)
    helen, marta = table.page("Helen"), table.page("Marta")
    for manager in (helen, marta):
        table.suggestion(manager, "S05")
        press(manager, "Answer it")
    # Helen takes one of the two changes, in words of her own, and sees first whose words they will be.
    helen.get_by_role("checkbox", name=re.compile("six")).uncheck()
    press(helen, "Put these into the final words")
    final = helen.get_by_label("Final words of")
    assert "three times a day in the first week, and the visits end after six weeks" in final.input_value()
    final.fill(final.input_value().replace("three times a day", "three times on weekdays"))
    press(helen, "Show whose words these will be")
    reads(helen, "Priya: three times", "You: on weekdays")
    axe(helen)
    helen.get_by_label("In part").check()
    helen.get_by_label("Kind of reason").select_option("SAFE")
    helen.get_by_label("Reason in plain words").fill("There are too few workers at weekends.")
    press(helen, "Save the answer")
    reads(helen, "In part by Helen", "three times on weekdays")

    marta.get_by_label("Declined").check()
    marta.get_by_label("Kind of reason").select_option("LAW")
    marta.get_by_label("Reason in plain words").fill("What I had thought about for an hour")
    press(marta, "Save the answer")
    reads(marta, "Answered while you were writing", "Helen has decided this already: In part.")
    expect(marta.get_by_label("Reason in plain words")).to_have_value("What I had thought about for an hour")
    axe(marta)

    table.go(carer, "mine")
    follow(carer, "Say whether the answer satisfies you")
    carer.get_by_label("Not satisfied").check()
    carer.get_by_label("What does it leave open").fill("People fall on Sundays, too")
    carer.get_by_label("Ask again", exact=True).check()
    press(carer, "Send")
    reads(
        carer,
        "Asked again.",
        "A new answer is promised by",
        "People fall on Sundays, too",
        "In part by Helen",
    )

    fay = table.page("Fay")
    table.go(fay, rest="queue/")
    follow(fay, "1 asked again")
    follow(fay, "S05")
    reads(fay, "The first answer stays beside it:")
    axe(fay)


def test_one_answer_goes_to_all_who_say_the_same(table: Table, axe: Axe) -> None:
    len_ = table.page("Len", PHONE, javascript=False)
    for words in (
        "Keep the night bus to the villages going",
        "Please keep the night bus to the villages going",
    ):
        table.go(len_, rest="suggest/")
        len_.get_by_label("Your suggestion, in your own words").fill(words)
        len_.get_by_label("Do not show my name").check()
        press(len_, "Send the suggestion")
        reads(len_, "No name given, Carers")
    fay = table.page("Fay")
    table.go(fay, rest="queue/")
    axe(fay)
    follow(fay, "Those that say the same")
    reads(fay, "S05 and 1 more", "94 of 100 words shared. Only here: please.", "No name given, Carers")
    axe(fay)
    press(fay, "These say the same")
    at(fay, "S05: 2 voices say the same")
    axe(fay)
    press(fay, "Answer all of them")
    fay.get_by_label("Passed on").check()
    fay.get_by_label("Kind of reason").select_option("PARTNER")
    fay.get_by_label("Reason in plain words").fill("The bus company decides.")
    fay.get_by_label("If it is for others").fill("The bus company")
    press(fay, "Save the answer")
    follow(fay, "S06")
    reads(fay, "Answered together with S05", "Waiting for a reply.", "No name given")
    axe(fay)
    table.go(len_, "mine")
    reads(len_, "S05", "S06", "Passed on")


def test_walkthrough_18_19_a_decline_needs_its_reason_and_cost_its_figure(table: Table, axe: Axe) -> None:
    page = table.page("Helen")
    table.suggestion(page, "S02")
    press(page, "Answer it")
    answers = page.get_by_role("group", name="What is the answer?").get_by_role("radio")
    assert answers.evaluate_all("all => all.map(one => one.value)") == [
        "accepted", "in_part", "declined", "passed_on",
    ]  # fmt: skip
    page.get_by_label("Declined").check()
    press(page, "Save the answer")
    reads(page, "Choose the kind of reason. (rule R83)", "Give the reason in plain words. (rule R83)")
    axe(page)
    page.get_by_label("Kind of reason").select_option("COST")
    page.get_by_label("Reason in plain words").fill("The budget has no room for it.")
    press(page, "Save the answer")
    reads(page, "The reason is cost: enter how much, in pounds. (rule R84)")
    page.get_by_label("If the reason is cost: how much?").fill("£1,900,000")
    page.get_by_label("Is that").select_option("a_year")
    press(page, "Save the answer")
    reads(page, "Declined by Helen", "£1,900,000 a year")


def test_walkthrough_21_nothing_is_deleted_and_its_author_may_withdraw(table: Table, axe: Axe) -> None:
    fay, len_ = table.page("Fay"), table.page("Len", PHONE, javascript=False)
    table.suggestion(fay, "S03")
    expect(fay.get_by_text(re.compile("delete", re.IGNORECASE))).to_have_count(0)
    address = fay.url
    token = next(one["value"] for one in fay.context.cookies() if one["name"] == "csrf")
    refused = fay.request.delete(address, headers={"X-CSRFToken": token, "Referer": address})
    assert refused.status == 405
    follow(fay, "Take words out")
    reads(fay, "A suggestion is never deleted.")
    axe(fay)
    fay.get_by_label("Which words are taken out?").fill("nine per cent")
    press(fay, "Take the words out")
    reads(fay, "(rule R86)")
    fay.get_by_label("Why?").fill("The figure is confidential until May.")
    press(fay, "Take the words out")
    reads(fay, "A […] fee uplift", "The figure is confidential until May.")

    table.suggestion(len_, "S03")
    follow(len_, "Withdraw this suggestion")
    len_.get_by_label("Why do you withdraw it?").fill("I was wrong")
    press(len_, "Withdraw it")
    reads(len_, "Withdrawn", "kept on the record", "I was wrong")
    table.go(fay, rest="suggestions/")
    search(fay, "S03")
    reads(fay, "S03", "Withdrawn")


def test_wordings_stand_side_by_side_and_are_supported(table: Table, axe: Axe) -> None:
    send(table)
    page = table.page("Priya", PHONE)
    table.go(page, rest="alternatives/")
    reads(page, "S01, S05", "Four, as for my father", "Twice was not enough for my mother")
    axe(page)
    page.get_by_role("link", name=re.compile(r"Support it \(S01\)")).click()
    axe(page)
    press(page, "I support this")
    reads(page, "Supported by 1 person: Carers 1.")
    axe(page)
    table.go(page, rest=f"blocks/{VISITS}/")
    reads(page, "S01 Len, Carers", "1 supports it.")
    axe(page)


def test_a_copy_on_paper_finds_its_way_back(table: Table, axe: Axe) -> None:
    page = table.page("Fay")
    table.go(page, rest="printed/")
    axe(page)
    code = page.locator(".drafting-code strong").first.inner_text()
    number = page.locator(".drafting-number").nth(3).inner_text().removeprefix("Passage ")
    follow(page, "Enter what came back")
    page.get_by_label("Code, at the foot of the page").fill(code.lower())
    page.get_by_label("Number of the passage, with its letter").fill(number)
    press(page, "Find the passage")
    reads(page, "Read it back", "Care workers visit twice a day in the first week")
    axe(page)
    page.get_by_label("Whose suggestion is it?").select_option("other")
    page.get_by_label("Name, if the person is not in the list").fill("Mo")
    page.get_by_label("How did it reach you?").select_option("paper")
    for part, value in (("Day", "20"), ("Month", "5"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Take it out").check()
    press(page, "Enter the suggestion")
    reads(page, "Compare the passage and the words with the paper")
    page.get_by_label("I have compared the passage").check()
    press(page, "Enter the suggestion")
    expect(page.locator("body")).to_contain_text("Suggestion S05 is on the record.")
    table.suggestion(page, "S05")
    reads(page, "Remove, by Mo", "Paper, entered by Fay")


def test_the_short_summary_asks_a_few_plain_questions(table: Table, axe: Axe) -> None:
    page = table.page("Priya", PHONE)
    table.go(page, rest="summary/")
    axe(page)
    first = page.get_by_role("group", name="You get two visits a day in the first week.")
    first.get_by_label("Change it").check()
    page.get_by_label("Your words on point 1 (optional)").fill("Three, at least")
    page.get_by_role("group", name="Your family is asked").get_by_label("Keep it like this").check()
    press(page, "Send my answers")
    at(page, "My suggestions")
    reads(page, "S05", "Three, at least", "S06", "Summary: Your family is asked what it needs.")
    axe(page)
