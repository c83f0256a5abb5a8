"""The checks of the browser tests can fail."""

import pytest
from playwright.sync_api import Page

from tests.support.browser import Site, Watch, violations

pytestmark = pytest.mark.browser


def test_axe_finds_a_picture_without_words_and_grey_on_grey(desktop: Page) -> None:
    desktop.set_content(
        "<html><body><img src='data:,'><p style='color:#999;background:#888'>Hello</p></body></html>"
    )
    found = " ".join(violations(desktop))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_the_watch_hears_of_inline_style_and_script(empty_site: Site, desktop: Page, watch: Watch) -> None:
    desktop.goto(f"{empty_site.url}/account/login/")
    desktop.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    desktop.evaluate("document.body.appendChild(document.createElement('script')).text = '1'")
    desktop.wait_for_timeout(100)
    assert len(watch.complaints) >= 2
    watch.allow("Content Security Policy")


def test_the_watch_hears_of_a_script_that_fails(empty_site: Site, desktop: Page, watch: Watch) -> None:
    desktop.goto(f"{empty_site.url}/account/login/")
    desktop.evaluate("setTimeout(() => { throw new Error('broken') }, 0)")
    desktop.wait_for_timeout(100)
    assert watch.unexpected()
    watch.allow("broken")
