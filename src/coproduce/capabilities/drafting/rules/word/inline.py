"""The words inside a passage of Markdown: what a reader sees, and where each character of it stands in the source."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from .parts import BREAK, OBJECT, PLAIN, Look

DEEPEST = 20  # marks inside marks
# What XML cannot hold is not shown; it stays in the source, so nothing is lost.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile("[\\\\`*_\\[<!~&\r\n\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = r"(?P<{}>(?:\\.|[^\[\]\\])*)"
_TARGET = r"\((?P<{}>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)(?:[ \t]+\"[^\"\n]*\")?\)"
_PIECES = re.compile(
    "|".join(
        [
            r"(?P<escape>\\[!-/:-@\[-`{-~])",
            r"(?P<hard>(?: {2,}|\\)(?:\r\n|\r|\n)[ \t]*|<br[ \t]*/?>)",
            r"(?P<soft>[ \t]*(?:\r\n|\r|\n)[ \t]*)",
            r"(?P<image>!\[" + _TEXT.format("alt") + r"\]" + _TARGET.format("src") + ")",
            r"(?P<note>\[\^(?P<label>[^\]\s]{1,80})\])",
            r"(?P<link>\[" + _TEXT.format("words") + r"\]" + _TARGET.format("href") + ")",
            r"(?P<auto><(?:https?://|mailto:)[^<>\s]*>)",
            r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)",
            r"(?P<ticks>`+)",
            r"(?P<around>\*{1,3}|_{1,3}|~~)",
        ]
    )
)


class Span(NamedTuple):
    """Marks around some of the visible text: both places of each mark in the source."""

    start: int
    end: int
    opening: tuple[int, int]
    closing: tuple[int, int]
    look: Look


@dataclass(slots=True)
class Seen:
    """Visible characters, each with where it begins and ends in the source and how it looks."""

    chars: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def put(self, char: str, start: int, end: int, look: Look) -> None:
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)
        self.looks.append(look)

    def words(self, source: str, start: int, end: int, look: Look) -> None:
        """A stretch that stands for itself, without what cannot be shown."""
        for at in range(start, end):
            if not _ILLEGAL.match(source[at]):
                self.put(source[at], at, at + 1, look)


def literal(source: str, start: int, end: int, seen: Seen, look: Look = PLAIN) -> None:
    """Everything as it stands, line ends included."""
    at = start
    for found in re.finditer(r"\r\n|\r|\n", source[start:end]):
        seen.words(source, at, start + found.start(), look)
        seen.put(BREAK, start + found.start(), start + found.end(), look)
        at = start + found.end()
    seen.words(source, at, end, look)


def read(source: str, start: int, end: int, seen: Seen, look: Look = PLAIN) -> None:
    """What a reader sees of the source from `start` to `end`; marks that close nothing are words like others."""
    _Reader(source, seen).read(start, end, look)


class _Reader:
    def __init__(self, source: str, seen: Seen) -> None:
        self.source, self.seen = source, seen
        self.depth = 0

    def read(self, start: int, end: int, look: Look) -> None:
        hopeless: set[str] = set()
        at = start
        self.depth += 1
        while at < end and self.depth < DEEPEST:
            found = _PIECES.search(self.source, at, end)
            if found is None:
                break
            self.seen.words(self.source, at, found.start(), look)
            at = self._piece(found, end, look, hopeless)
        self.depth -= 1
        self.seen.words(self.source, at, end, look)

    def _piece(self, found: re.Match[str], end: int, look: Look, hopeless: set[str]) -> int:
        """Take in one piece; gives where reading goes on."""
        if found["ticks"]:
            return self._code(found, end, look, hopeless)
        if found["around"]:
            return self._around(found, end, look, hopeless)
        if found["link"]:
            inside = (found.start("words"), found.end("words"))
            self._within(found.start(), *inside, found.end(), look._replace(link=found["href"]))
        elif found["auto"]:
            target = found["auto"][1:-1]
            inside = (found.start() + 1, found.end() - 1)
            self._within(found.start(), *inside, found.end(), look._replace(link=target), plain=True)
        else:
            self._one(found, look)
        return found.end()

    def _one(self, found: re.Match[str], look: Look) -> None:
        """A piece of the source that shows as one character."""
        char = " "
        if found["escape"]:
            char = found["escape"][1]
        elif found["hard"]:
            char = BREAK
        elif found["image"]:
            char, look = OBJECT, look._replace(picture=found["image"])
        elif found["note"]:
            char, look = OBJECT, look._replace(note=found["label"])
        elif found["entity"]:
            char = unescape(found["entity"])
            if len(char) != 1 or _ILLEGAL.match(char) or char in "\r\n":
                self.seen.words(self.source, found.start(), found.end(), look)
                return
        self.seen.put(char, found.start(), found.end(), look)

    def _within(
        self, start: int, inner: int, outer: int, end: int, look: Look, *, plain: bool = False
    ) -> None:
        """What stands between two marks; with nothing to see in it, the marks are words themselves."""
        first = len(self.seen.chars)
        if plain:
            self.seen.words(self.source, inner, outer, look)
        else:
            self.read(inner, outer, look)
        if len(self.seen.chars) == first:
            self.seen.words(self.source, start, end, PLAIN)
        else:
            self.seen.spans.append(Span(first, len(self.seen.chars), (start, inner), (outer, end), look))

    def _code(self, found: re.Match[str], end: int, look: Look, hopeless: set[str]) -> int:
        ticks, inner = found["ticks"], found.end()
        closing = None
        if ticks not in hopeless:
            closing = re.compile(rf"(?<!`){ticks}(?!`)").search(self.source, inner, end)
        if closing is None or not self.source[inner : closing.start()].strip():
            hopeless.add(ticks)
            self.seen.words(self.source, found.start(), inner, look)
            return inner
        self._within(
            found.start(), inner, closing.start(), closing.end(), look._replace(code=True), plain=True
        )
        return closing.end()

    def _around(self, found: re.Match[str], end: int, look: Look, hopeless: set[str]) -> int:
        mark, inner = found["around"], found.end()
        closing = None if mark in hopeless else self._closing(found, end)
        if closing is None:
            if _opens(self.source, found, end):
                hopeless.add(mark)
            self.seen.words(self.source, found.start(), inner, look)
            return inner
        self._within(found.start(), inner, closing, closing + len(mark), _AROUND[mark](look))
        return closing + len(mark)

    def _closing(self, found: re.Match[str], end: int) -> int | None:
        """Where the same mark closes, or None."""
        if not _opens(self.source, found, end):
            return None
        mark, sign = found["around"], re.escape(found["around"][0])
        after = r"(?!\w)" if mark[0] == "_" else ""
        pattern = rf"(?<![\s\\]){re.escape(mark)}(?!{sign}){after}"
        for closing in re.compile(pattern).finditer(self.source, found.end() + 1, end):
            # A longer run of the same sign is another mark.
            if self.source[closing.start() - 1] != mark[0]:
                return closing.start()
        return None


def _opens(source: str, found: re.Match[str], end: int) -> bool:
    """A mark opens when words follow at once; inside a word an underscore is part of it."""
    stop = found.end()
    if stop >= end or source[stop].isspace() or source[stop] == found["around"][0]:
        return False
    before = source[found.start() - 1] if found.start() else " "
    return not (found["around"][0] == "_" and (before.isalnum() or before == "_"))


_AROUND: dict[str, Callable[[Look], Look]] = {
    "*": lambda look: look._replace(italic=True),
    "_": lambda look: look._replace(italic=True),
    "**": lambda look: look._replace(bold=True),
    "__": lambda look: look._replace(bold=True),
    "***": lambda look: look._replace(bold=True, italic=True),
    "___": lambda look: look._replace(bold=True, italic=True),
    "~~": lambda look: look._replace(strike=True),
}
