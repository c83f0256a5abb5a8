"""A block as Word shows it: its visible text, and where each character stands in the Markdown source."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..blocks import BOM, BlockKind, kind_of, parts, split
from .inline import SPECIAL, Seen, Span, literal, read
from .parts import CELL, PLAIN, Kind, Look, Run

_ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_ITEM = re.compile(r"([ \t]*)([-*+]|(\d{1,9})[.)])(?:[ \t]+|$)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Most blocks: one line of words that stand for themselves.
_SIMPLE = re.compile(
    r"(?:(?P<heading>#{1,6}) |(?P<indent> *)(?:[-*+]|(?P<number>\d{1,9})\.) )?"
    rf"(?=[^\W\d_])(?P<words>[^|#{SPECIAL.pattern[1:-1]}]*)\n*"
)


class Shown(NamedTuple):
    """`starts` and `ends` are places in the source; `looks` is None where nothing has a look of its own."""

    kind: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    looks: Sequence[Look] | None = None
    spans: Sequence[Span] = ()
    level: int = 0
    indent: int = 0
    number: int = 0
    label: str = ""

    @property
    def shape(self) -> tuple[str, int, bool, str, int]:
        """What an edit must leave as it is to count as a change of words only."""
        level = self.level if self.kind == Kind.HEADING else self.indent
        return self.kind, level, bool(self.number), self.label, self.text.count(CELL)

    def look(self, at: int) -> Look:
        return self.looks[at] if self.looks else PLAIN

    def runs(self, start: int = 0, end: int | None = None) -> Iterator[Run]:
        """The visible text in stretches that look the same."""
        stop = len(self.text) if end is None else end
        if self.looks is None:
            if start < stop:
                yield Run(self.text[start:stop])
            return
        at = start
        for look, same in groupby(self.looks[start:stop]):
            length = sum(1 for _ in same)
            yield Run(self.text[at : at + length], look)
            at += length


def show(source: str, *, in_table: bool = False) -> Shown | None:
    """One block as Word shows it; None when there is nothing to see."""
    simple = _SIMPLE.fullmatch(source)
    if simple:
        return _simple(simple)
    pieces = [piece for piece in split(source) if piece.strip()]
    if not pieces:
        return None
    kind = kind_of(source)
    if len(pieces) > 1 or "\x00" in source:
        return _literal(source, Kind.SOURCE)
    if in_table and kind is BlockKind.PARAGRAPH:
        kind = BlockKind.TABLE_ROW
    return _WAYS[kind](source)


def layout(blocks: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, Shown]]:
    """The blocks that can be seen, in order; a row without marks of its own is known by the row before it."""
    in_table = False
    for id, source in blocks:
        shown = show(source, in_table=in_table)
        if shown:
            yield id, source, shown
        if shown or source.strip("\r\n"):
            in_table = shown is not None and shown.kind == Kind.ROW and not ends_with_gap(source)


def ends_with_gap(source: str) -> bool:
    """Whether an empty line follows the words of a block."""
    tail = parts(source)[2]
    return len(_LINE.findall(tail)) > 1


def _simple(found: re.Match[str]) -> Shown:
    start, end = found.span("words")
    places = range(start, end), range(start + 1, end + 1)
    words = found["words"]
    if found["heading"]:
        return Shown(Kind.HEADING, words, *places, level=len(found["heading"]))
    if found["indent"] is not None:
        number = int(found["number"]) if found["number"] else 0
        return Shown(
            Kind.ITEM,
            words,
            *places,
            indent=len(found["indent"]),
            number=number + 1 if found["number"] else 0,
        )
    return Shown(Kind.PARAGRAPH, words, *places)


def _made(
    kind: str, seen: Seen, *, level: int = 0, indent: int = 0, number: int = 0, label: str = ""
) -> Shown:
    looks = None if all(look is PLAIN for look in seen.looks) else seen.looks
    places = seen.starts, seen.ends
    return Shown(kind, "".join(seen.chars), *places, looks, seen.spans, level, indent, number, label)


def _words(source: str) -> tuple[int, int]:
    """Where the words of a block begin and end, without the separators around them."""
    head, words, _tail = parts(source)
    return len(head), len(head) + len(words)


def _literal(source: str, kind: str) -> Shown:
    seen = Seen()
    literal(source, *_words(source), seen)
    return _made(kind, seen)


def _html(source: str) -> Shown:
    return _literal(source, Kind.SOURCE)


def _heading(source: str) -> Shown:
    start, end = _words(source)
    seen = Seen()
    lines = list(_LINE.finditer(source, start, end))
    atx = _ATX.match(source, start, end)
    if atx:
        closing = _CLOSING.search(source, atx.end(), end)
        read(source, atx.end(), closing.start() if closing else end, seen)
        return _made(Kind.HEADING, seen, level=source[start : atx.end()].count("#"))
    level = 1 if lines[-1][0].lstrip().startswith("=") else 2
    first = re.compile(r"[ \t]*").match(source, start)
    read(source, first.end() if first else start, lines[-2].end() - _newline(lines[-2][0]), seen)
    return _made(Kind.HEADING, seen, level=level)


def _newline(line: str) -> int:
    return len(line) - len(line.rstrip("\r\n"))


def _paragraph(source: str) -> Shown:
    start, end = _words(source)
    seen = Seen()
    note = _NOTE.match(source, start, end)
    if note:
        read(source, note.end(), end, seen)
        return _made(Kind.NOTE, seen, label=note[1])
    while start < end and source[start] in " \t":
        start += 1
    read(source, start, end, seen)
    return _made(Kind.PARAGRAPH, seen)


def _item(source: str) -> Shown:
    start, end = _words(source)
    found = _ITEM.match(source, start, end)
    if found is None:
        return _literal(source, Kind.SOURCE)
    seen = Seen()
    read(source, found.end(), end, seen)
    indent = len(found[1].expandtabs(4))
    # Zero says that there is no number, so the numbers that lists begin with are kept one higher.
    return _made(Kind.ITEM, seen, indent=indent, number=int(found[3]) + 1 if found[3] else 0)


def _quote(source: str) -> Shown:
    """The marks at the beginnings of lines are not shown, and an empty line between is one break."""
    seen = Seen()
    start, end = _words(source)
    gap, empty = start, False
    for line in _LINE.finditer(source, start, end):
        mark = _QUOTE.match(line[0])
        first = line.start() + (mark.end() if mark else 0)
        last = line.end() - _newline(line[0])
        if not source[first:last].strip():
            empty = True
            continue
        if seen.chars:
            seen.put("\n" if empty else " ", gap, first, PLAIN)
        read(source, first, last, seen)
        gap, empty = last, False
    return _made(Kind.QUOTE, seen)


def _code(source: str) -> Shown:
    start, end = _words(source)
    lines = list(_LINE.finditer(source, start, end))
    first = lines[0].end()
    fence = lines[0][0].strip()[:3]
    closed = len(lines) > 1 and lines[-1][0].strip().startswith(fence)
    last = lines[-1].start() if closed else end
    last -= _newline(source[first:last]) and _last_newline(source[first:last])
    seen = Seen()
    literal(source, first, max(first, last), seen)
    return _made(Kind.CODE, seen)


def _last_newline(text: str) -> int:
    return 2 if text.endswith("\r\n") else 1


def _rule(source: str) -> Shown:
    return Shown(Kind.RULE, "", (), ())


def _row(source: str) -> Shown:
    start, end = _words(source)
    line = next(_LINE.finditer(source, start, end))
    stop = line.end() - _newline(line[0])
    bars = [start + found.start() for found in re.finditer(r"\\.|\|", source[start:stop]) if found[0] == "|"]
    first = _after_gap(source, start, stop)
    if bars and bars[0] == first:
        first = bars.pop(0) + 1
    last = stop
    if bars and not source[bars[-1] + 1 : stop].strip():
        last = bars.pop()
    seen = Seen()
    edges = [first, *(at + 1 for at in bars)], [*bars, last]
    before = 0
    for number, (left, right) in enumerate(zip(*edges, strict=True)):
        words = _trimmed(source, left, right)
        if number:
            seen.put(CELL, before, words[0], PLAIN)
        read(source, *words, seen)
        before = words[1]
    return _made(Kind.ROW, seen)


def _after_gap(source: str, start: int, end: int) -> int:
    while start < end and source[start] in " \t" + BOM:
        start += 1
    return start


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """A cell without the spaces around its words; in an empty one, the place for words."""
    words = source[start:end].strip(" \t")
    if not words:
        at = min(start + 1, end)
        return at, at
    first = source.index(words, start)
    return first, first + len(words)


_WAYS = {
    BlockKind.FRONT_MATTER: _html, BlockKind.HTML: _html, BlockKind.HEADING: _heading, BlockKind.PARAGRAPH: _paragraph,
    BlockKind.LIST_ITEM: _item, BlockKind.TABLE_ROW: _row, BlockKind.QUOTE: _quote, BlockKind.CODE: _code,
    BlockKind.RULE: _rule, BlockKind.BLANK: _html,
}  # fmt: skip
