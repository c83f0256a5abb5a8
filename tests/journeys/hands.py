"""Somebody who has no mouse: goes through the product by key, and reads what stands there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.support.keyboard import FAR, Keyboard

AROUND = """() => {
  const at = document.activeElement;
  const set = at && at.closest('fieldset');
  const legend = set && set.querySelector('legend');
  return {kind: at ? at.tagName.toLowerCase() : '', legend: legend ? legend.innerText : ''};
}"""


class Hands(Keyboard):
    """Focus moves by Tab and arrows alone; nothing is clicked, nothing is filled from outside."""

    def begin(self, address: str) -> None:
        self.page.goto(address)

    def follow(self, name: str) -> None:
        """A link or a button that leads to another page."""
        self.reach(name, "a", "button")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        """A button with exactly these words."""
        for _ in range(FAR):
            if self.reach(name, "a", "button").name == name:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"No button “{name}” on {self.page.url}")

    def reload_and_press(self, name: str) -> None:
        """Tab goes on from where it was; from the top of a fresh page everything is in reach again."""
        self.page.reload()
        self.press(name)

    def go(self, *names: str) -> None:
        for name in names:
            self.follow(name)

    def skips_to_the_content(self) -> None:
        """The first press of Tab offers it; after it, Tab goes on from the content."""
        self.page.keyboard.press("Tab")
        first = self.focus()
        assert first, "Tab reaches nothing."
        assert (first.name, first.seen) == ("Skip to main content", True)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("() => !!document.activeElement.closest('#main-content')")

    def unfold(self, name: str) -> None:
        self.reach(name, "summary")
        self.page.keyboard.press("Enter")

    def date(self, legend: str, day: date | tuple[str, str, str]) -> None:
        """The three boxes of a date; a date, or what somebody types instead."""
        boxes = day if isinstance(day, tuple) else (str(day.day), str(day.month), str(day.year))
        self._enter_boxes(legend)
        for number, box in enumerate(boxes):
            if number:
                self.page.keyboard.press("Tab")
            self.page.keyboard.press("Control+a")
            self.page.keyboard.press("Delete")
            self.page.keyboard.type(box)

    def _enter_boxes(self, legend: str) -> None:
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(AROUND)
            if at["kind"] == "input" and legend.lower() in at["legend"].lower():
                return
        raise AssertionError(f"No date “{legend}” on {self.page.url}")

    @contextmanager
    def takes(self, name: str, into: Path) -> Iterator[None]:
        """A link that gives a file, which is kept at `into`."""
        self.reach(name, "a", "button")
        with self.page.expect_download() as coming:
            self.page.keyboard.press("Enter")
        coming.value.save_as(into)
        yield

    def reads(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def reads_above(self, *words: str) -> None:
        """Names, label and banners, which stand above the page's own content."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def does_not_read(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def is_at(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_contain_text(heading)

    def is_told(self, *words: str) -> None:
        """Refused: the summary on top says why, and the title says that something is wrong."""
        summary = self.page.locator(".govuk-error-summary")
        for one in words:
            expect(summary).to_contain_text(one)
        expect(self.page).to_have_title(re.compile("^Error: "))

    def typed(self, label: str) -> str:
        """What stands in a box, reached by key."""
        self.reach(label, "input", "textarea")
        return str(self.page.evaluate("() => document.activeElement.value"))
