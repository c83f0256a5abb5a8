"""The first evening of an installation: claim it once, add a passkey, sign in with it."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support import servers

pytestmark = pytest.mark.browser


@pytest.fixture
def fresh(tmp_path: Path) -> Any:
    server = servers.start("serve", tmp_path / "home", fresh=True)
    yield server
    server.stop()


def claim_link(server: Any) -> str:
    """The link as printed, under the name that passkeys need: an address of numbers cannot have any."""
    found = re.search(r"/claim/[\w-]+/", server.log.read_text())
    assert found, server.log.read_text()
    return local(server) + found[0]


def local(server: Any) -> str:
    return str(server.url).replace("127.0.0.1", "localhost")


def claim(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Ada Keeper")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Claim").click()
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()


def test_an_installation_is_claimed_once(fresh: Any, desktop: Page, phone: Page, watch: Any) -> None:
    link = claim_link(fresh)
    claim(desktop, link)
    expect(desktop.get_by_role("button", name="Start a project")).to_be_visible()
    watch.allow("404")
    assert phone.goto(link).status == 404


def test_a_passkey_signs_its_person_in(fresh: Any, desktop: Page) -> None:
    page = desktop
    _a_phone_that_holds_passkeys(page)
    claim(page, claim_link(fresh))
    page.goto(f"{local(fresh)}/account/2fa/webauthn/add/")
    if page.url.endswith("/reauthenticate/"):
        pytest.fail(f"asked to sign in again: {page.url}")
    page.get_by_role("button", name=re.compile("passkey|Add", re.I)).last.click()
    expect(page.get_by_text(re.compile("passkey", re.I)).first).to_be_visible()
    page.goto(f"{local(fresh)}/account/logout/")
    page.locator("main").get_by_role("button", name=re.compile("sign out", re.I)).click()
    page.goto(f"{local(fresh)}/account/login/")
    page.get_by_role("button", name=re.compile("passkey", re.I)).click()
    expect(page.get_by_role("heading", name="Your projects")).to_be_visible()


def _a_phone_that_holds_passkeys(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
