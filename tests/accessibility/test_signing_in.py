"""The pages before anybody is signed in, and the one for what is not there."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import DESKTOP, PHONE, Journeys, Site, Watch, check_with_axe

PAGES = ["account/login/", "account/login/code/", "rules/", "there-is-no-such-page/"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_phone_and_desktop(path: str, empty_site: Site, journeys: Journeys) -> None:
    journeys.watch.allow("404")
    for size in (PHONE, DESKTOP):
        page = journeys.open(*size)
        page.goto(f"{empty_site.url}/{path}")
        check_with_axe(page)


def test_claiming_an_installation_is_accessible(empty_site: Site, phone: Page) -> None:
    claim = re.search(r"/claim/[^/]+/", empty_site.server.log.read_text())
    assert claim
    phone.goto(empty_site.url + claim[0])
    check_with_axe(phone)


def test_an_empty_sign_in_form_says_what_is_missing(empty_site: Site, phone: Page) -> None:
    phone.goto(f"{empty_site.url}/account/login/code/")
    phone.locator("main form button").first.click()
    expect(phone).to_have_title(re.compile("^Error: "))
    check_with_axe(phone)


def test_signing_in_works_without_javascript(empty_site: Site, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(f"{empty_site.url}/account/login/")
    page.get_by_label("Email address").fill("nobody@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_page_that_is_not_there_says_so_in_plain_words(
    empty_site: Site, desktop: Page, watch: Watch
) -> None:
    watch.allow("404")
    answer = desktop.goto(f"{empty_site.url}/there-is-no-such-page/")
    assert answer
    assert answer.status == 404
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()
