"""The report of `coproduce analyse` as a file on a disk: on a phone, on a desktop, without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from coproduce.outward.vote_report.found import find
from coproduce.outward.vote_report.page import as_html
from coproduce.outward.vote_report.tests.conversations import a_conversation
from tests.support.browser import DESKTOP, PHONE, Journeys, violations

from .test_every_page import too_wide


@pytest.mark.parametrize("has_groups", [True, False])
def test_axe_finds_nothing_and_nothing_is_fetched(
    has_groups: bool, journeys: Journeys, tmp_path: Path
) -> None:
    found = find(a_conversation(groups=has_groups), method="available-case", seed=0, small_number=10)
    file = tmp_path / "report.html"
    file.write_text(as_html(found), encoding="utf-8")
    page = journeys.open(*PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert faults_of(page) == []
    assert asked == [file.as_uri()]


def faults_of(page: Page) -> list[str]:
    found = []
    for width, height in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}: {fault}" for fault in [*violations(page), *too_wide(page)]]
    return found
