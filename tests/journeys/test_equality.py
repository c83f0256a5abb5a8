"""Step 26 of the acceptance walkthrough, and monitoring, as people meet them in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers
from tests.support.browser import Site, violations

from .test_demo_walkthrough import enter, follow, reads

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A project whose manager may sign: nothing is missing. The address of its signature, and the manager's session."""
    server = servers.start("serve", tmp_path_factory.mktemp("equality") / "home", seconds=240)
    [place] = servers.run_beside(server, "tests.accessibility.midway", ["signoff:sign"])
    yield server.url + place["path"], place["session"]
    server.stop()


def sign_in(page: Page, ready: tuple[str, str]) -> tuple[str, str]:
    """The address of the signature, and that of the assessment of the same project."""
    address, session = ready
    # At the root: a cookie of one page would not go to the other.
    page.context.add_cookies(
        [{"name": "session", "value": session, "url": address.partition("/projects/")[0]}]
    )
    return address, address.replace("sign-off/sign/", "equality/")


def sign(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign", exact=True).click()
    page.wait_for_load_state()


def press(page: Page, button: str = "Save") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def test_R90_and_R92_rural_negative_with_no_action_is_not_signed_and_neither_is_a_late_assessment(
    ready: tuple[str, str], desktop: Page
) -> None:
    page = desktop
    signature, assessment = sign_in(page, ready)
    page.goto(assessment)
    press(page, "Add a row")
    page.get_by_label("Rural areas").check()
    press(page, "Add the row")
    page.get_by_role("link", name="Rural areas").click()
    press(page, "Change this row")
    page.get_by_label("What do we know?").fill("31% live in villages; the first visit comes after 31 hours.")
    page.get_by_label("Negative").check()
    page.get_by_label("How large is the impact?").select_option("3")
    page.get_by_label("How likely is it?").select_option("3")
    press(page)
    reads(page, "The row is saved.", "Size 3 of 3, likelihood 3 of 3")

    # Negative with no action: refused, by the rule's number, on both pages.
    follow(page, "Back", "Equality") if page.get_by_role("link", name="Back").count() else page.goto(
        assessment
    )
    keep_final(page, assessment)
    read_it(page, assessment)
    sign(page, signature)
    reads(
        page, "Rural areas: the impact is negative. Link an action, or write why nothing can be done.", "R92"
    )
    expect(page).to_have_url(signature)

    # With words that justify it, made final and read again, nothing of equality stands in the way; but the
    # decision is then said to have been taken before the assessment was final.
    page.goto(assessment)
    page.get_by_role("link", name="Rural areas").click()
    press(page, "Change this row")
    page.get_by_label("What can we do, or why can nothing be done?").fill(
        "The road is what it is; we pay for taxis."
    )
    press(page)
    sign(page, signature)
    reads(page, "has changed since its final version", "R90")
    keep_final(page, assessment)
    read_it(page, assessment)
    day_before = write_decision(page, signature, days=-1)
    sign(page, signature)
    reads(page, f"after the decision of {day_before}", "R90")
    write_decision(page, signature, days=0)
    sign(page, signature)
    reads(page, "Signed off.", "Conclusion: No change")


def keep_final(page: Page, assessment: str) -> None:
    page.goto(f"{assessment}versions/keep/")
    page.get_by_label("Final").check()
    page.get_by_label("Say in a sentence what this version is").fill("Final.")
    press(page, "Keep it")
    reads(page, "The version is kept.")


def read_it(page: Page, assessment: str) -> None:
    """The manager decides in this project."""
    page.goto(assessment)
    follow(page, "Read the assessment")
    press(page, "I have read this assessment")
    reads(page, "Your reading is on the record.")


def write_decision(page: Page, signature: str, days: int) -> str:
    """Change the day of the decision; what the page then calls that day."""
    day = page.evaluate(
        "days => { const d = new Date(Date.now() + days * 864e5); return [d.getDate(), d.getMonth() + 1,"
        " d.getFullYear(), d.toLocaleDateString('en-GB', {day: 'numeric', month: 'long', year: 'numeric'})]; }",
        days,
    )
    page.goto(signature.replace("sign-off/sign/", "sign-off/write/"))
    for part, value in zip(("day", "month", "year"), day[:3], strict=True):
        page.locator(f'[name="decided_on_{part}"]').fill(str(value))
    press(page)
    return str(day[3])


def test_maureen_reads_what_the_plan_means_for_villages(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Equality")
    reads(phone, "Adjust the plan", "read the final version on 13 October 2025")
    phone.get_by_role("link", name="Rural areas").click()
    reads(phone, "31% live in villages", "Villages lose out; nobody drives that far", "Not started")
    follow(phone, "Barrier B08")
    follow(phone, "Equality row Rural areas") if phone.get_by_role(
        "link", name="Equality row"
    ).count() else None
    expect(phone.locator("main")).to_contain_text("Villages lose out")


def test_R95_the_24_are_a_sentence_and_never_a_table(demo_site: Site, phone: Page) -> None:
    enter(demo_site, phone, "P01", "Equality", "Equality monitoring", "What everyone can see")
    reads(phone, "24 people were asked and 24 forms came back.", "No table is shown")
    expect(phone.locator("table")).to_have_count(0)
    assert not violations(phone)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = servers.start("serve", tmp_path_factory.mktemp("monitoring") / "home", seconds=240)
    [place] = servers.run_beside(server, "tests.accessibility.midway", ["equality:answer"])
    yield server.url + place["path"]
    server.stop()


def test_somebody_answers_on_a_phone_without_javascript_and_takes_it_back_with_the_code(
    form: str, without_javascript: Page
) -> None:
    page: Any = without_javascript
    page.goto(form)
    page.get_by_role("group", name="Do you look after somebody without pay?").get_by_label("Yes").check()
    press(page, "Send")
    reads(page, "Your answers are kept.", "Write it down")
    code = page.locator(".equality-code strong").inner_text()
    assert code not in page.url
    follow(page, "Take your answers back")
    page.get_by_label("Your code").fill(code.lower())
    press(page, "Delete my answers")
    reads(page, "Your answers are deleted.")
