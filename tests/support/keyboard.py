"""Drives a page with the keyboard alone, and fails where a person with a keyboard would be stuck."""

from dataclasses import dataclass

from playwright.sync_api import Page

FAR = 250  # presses of Tab before somebody gives up

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const tidy = text => (text || '').replace(/\\s+/g, ' ').trim();
  const group = at.type === 'radio' ? at.closest('fieldset') : null;
  const style = getComputedStyle(at);
  const label = at.labels && at.labels.length ? at.labels[0] : null;
  const drawn = at.type === 'radio' || at.type === 'checkbox';
  const beside = drawn ? getComputedStyle(at.nextElementSibling || at, '::before') : style;
  return {
    name: tidy(at.getAttribute('aria-label') || (label ? label.innerText : at.innerText) || at.value),
    group: group ? tidy(group.querySelector('legend') && group.querySelector('legend').innerText) : '',
    kind: drawn ? at.type : at.tagName.toLowerCase(),
    seen: [style, beside].some(s => s.boxShadow !== 'none' || parseFloat(s.outlineWidth) > 0),
  };
}"""


@dataclass
class Focus:
    name: str
    group: str
    kind: str
    seen: bool


@dataclass
class Keyboard:
    page: Page

    def focus(self) -> Focus | None:
        found = self.page.evaluate(FOCUSED)
        return Focus(**found) if found else None

    def reach(self, name: str, *kinds: str) -> Focus:
        """Press Tab until what is called `name` has the focus, and see that the focus shows.

        A part of its name is enough; “=Actions” is all of it.
        """
        met: list[str] = []
        whole = name.startswith("=")
        name = name.removeprefix("=").lower()
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            at = self.focus()
            fits = at and (at.name.strip().lower() == name if whole else name in at.name.lower())
            if at and fits and (not kinds or at.kind in kinds):
                assert at.seen, f"The focus on “{at.name}” of {self.page.url} cannot be seen."
                return at
            met.append(at.name if at else "(nothing)")
        tail = ", ".join(dict.fromkeys(met))
        raise AssertionError(f"No way to “{name}” with Tab on {self.page.url}; met: {tail[:2000]}")

    def follow(self, name: str) -> None:
        """A link, or a button that leads on."""
        self.reach(name, "a", "button", "summary")
        self._press_and_arrive("Enter")

    def unfold(self, name: str) -> None:
        """What stands folded under `name`."""
        self.reach(name, "summary")
        self.page.keyboard.press("Enter")

    def write(self, label: str, words: str) -> None:
        self.reach(label, "input", "textarea")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)

    def tick(self, label: str) -> None:
        self.reach(label, "checkbox")
        self.page.keyboard.press("Space")

    def pick(self, label: str, group: str = "") -> None:
        """One of several: Tab enters the group, the arrows go through it."""
        entered = self._enter_group(label, group)
        for _ in range(40):
            at = self.focus()
            if at and at.kind == "radio" and label.lower() in at.name.lower():
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No “{label}” under “{entered}” on {self.page.url}")

    def select(self, label: str, option: str) -> None:
        self.reach(label, "select")
        self.page.keyboard.type(option)

    def _enter_group(self, label: str, group: str) -> str:
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            at = self.focus()
            if at and at.kind == "radio" and self._offers(at, label, group):
                return at.group
        raise AssertionError(f"No group “{group or label}” on {self.page.url}")

    def _offers(self, at: Focus, label: str, group: str) -> bool:
        return group.lower() in at.group.lower() if group else label.lower() in self._choices().lower()

    def _choices(self) -> str:
        words = """() => [...document.querySelectorAll('input[type=radio]')]
            .filter(one => one.name === document.activeElement.name && one.form === document.activeElement.form)
            .map(one => one.labels.length ? one.labels[0].innerText : '').join(' | ')"""
        return str(self.page.evaluate(words))

    def _press_and_arrive(self, key: str) -> None:
        before = self.page.url
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()
        if self.page.url == before:
            self.page.wait_for_timeout(50)
            self.page.wait_for_load_state()
