"""Markdown source cut into blocks, each with its exact characters: joined, they are the source again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    FRONT_MATTER = "front_matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    HTML = "html"
    BLANK = "blank"


BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_STARTS: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    (BlockKind.HEADING, _ATX),
    (BlockKind.RULE, re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")),
    (BlockKind.LIST_ITEM, re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)")),
    (BlockKind.TABLE_ROW, re.compile(r" {0,3}\|")),
    (BlockKind.QUOTE, re.compile(r" {0,3}>")),
    (BlockKind.HTML, re.compile(r" {0,3}<(?:/?[A-Za-z][\w-]*(?=[\s/>]|$)|\?)")),
)
_FLOWS_ON = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.HTML}


@dataclass(slots=True)
class _Block:
    kind: BlockKind
    lines: list[str] = field(default_factory=list)
    closed: bool = False

    def open_as(self, *kinds: BlockKind) -> bool:
        return not self.closed and self.kind in kinds


def split(text: str) -> list[str]:
    """The blocks of a whole text, in order; `"".join(split(text)) == text` for every text."""
    return ["".join(block.lines) for block in _blocks(_LINE.findall(text))]


def kind_of(source: str) -> BlockKind:
    """What a block is, by its own words alone."""
    blocks = _blocks(_LINE.findall(source))
    return next((block.kind for block in blocks if block.kind is not BlockKind.BLANK), BlockKind.BLANK)


def heading_of(source: str) -> tuple[int, str] | None:
    """The level (1 to 6) and the words of a heading; None for any other block."""
    if kind_of(source) is not BlockKind.HEADING:
        return None
    lines = [line.rstrip("\r\n") for line in _LINE.findall(body(source))]
    atx = _ATX.match(lines[0])
    if atx:
        words = lines[0][atx.end() :].strip()
        bare = words.rstrip("#")
        return len(atx[1]), bare.rstrip() if bare == "" or bare[-1] in " \t" else words
    return (1 if lines[-1].lstrip().startswith("=") else 2), " ".join(lines[:-1]).strip()


def parts(source: str) -> tuple[str, str, str]:
    """The empty lines before, the words that a form shows, and the separator after them."""
    lines = _LINE.findall(source)
    first, last = 0, len(lines)
    while first < last and _is_blank(_line(lines, first)):
        first += 1
    while last > first and _is_blank(_line(lines, last - 1)):
        last -= 1
    head, words, tail = "".join(lines[:first]), "".join(lines[first:last]), "".join(lines[last:])
    mark = BOM if not first and words.startswith(BOM) else ""
    words = words[len(mark) :]
    kept = words.rstrip("\r\n")
    return head + mark, kept, words[len(kept) :] + tail


def body(source: str) -> str:
    """A block's words without the separators around them."""
    return parts(source)[1]


def line_end(text: str) -> str:
    """The line end that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def line_count(source: str) -> int:
    """How many line ends the source has."""
    return len(_LINE.findall(source)) - (not source.endswith(("\r", "\n")) and bool(source))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    current: _Block | None = None
    position = 0
    while position < len(lines):
        block = _taken_whole(lines, position) or _block_of(lines, position, current)
        if block is not current and current:
            yield current
        if not block.lines or block is current:
            block.lines.append(lines[position])
            position += 1
        else:
            position += len(block.lines)
        current = block
    if current:
        yield current


def _line(lines: list[str], position: int) -> str:
    line = lines[position].rstrip("\r\n")
    return line.removeprefix(BOM) if position == 0 else line


def _is_blank(line: str) -> bool:
    return not line.strip(" \t")


def _taken_whole(lines: list[str], position: int) -> _Block | None:
    """Blocks that may hold blank lines: front matter, fenced code, comments."""
    line = _line(lines, position)
    fence = _FENCE.match(line)
    if position == 0 and line.rstrip() == "---":
        end = _end(lines, 1, lambda other: other.rstrip() in ("---", "..."))
        return _Block(BlockKind.FRONT_MATTER, lines[:end], closed=True) if end else None
    if fence:
        closing = re.compile(rf" {{0,3}}{re.escape(fence[1])}{re.escape(fence[1][0])}*[ \t]*$")
        end = _end(lines, position + 1, lambda other: bool(closing.match(other))) or len(lines)
        return _Block(BlockKind.CODE, lines[position:end], closed=True)
    if line[:7].lstrip(" ").startswith("<!--"):
        end = _end(lines, position, lambda other: "-->" in other) or len(lines)
        return _Block(BlockKind.HTML, lines[position:end], closed=True)
    return None


def _end(lines: list[str], start: int, fits: Callable[[str], bool]) -> int:
    """The number after the first line that fits, or 0."""
    found = (number + 1 for number in range(start, len(lines)) if fits(_line(lines, number)))
    return next(found, 0)


def _block_of(lines: list[str], position: int, current: _Block | None) -> _Block:
    """The block that a line belongs to: the current one, or a new one that it starts."""
    line = _line(lines, position)
    if _is_blank(line):
        return _closed(current) if current else _Block(BlockKind.BLANK, closed=True)
    following = _line(lines, position + 1) if position + 1 < len(lines) else ""
    if current and _goes_on(line, current):
        return current
    in_table = bool(current and current.open_as(BlockKind.TABLE_ROW))
    kind = _starts(line) or (BlockKind.TABLE_ROW if in_table or _heads_table(line, following) else None)
    if kind is None and current and current.open_as(*_FLOWS_ON):
        return current
    return _Block(kind or BlockKind.PARAGRAPH, closed=kind in (BlockKind.HEADING, BlockKind.RULE))


def _closed(block: _Block) -> _Block:
    block.closed = True
    return block


def _starts(line: str) -> BlockKind | None:
    return next((kind for kind, pattern in _STARTS if pattern.match(line)), None)


def _heads_table(line: str, following: str) -> bool:
    return "|" in line and "|" in following and bool(_DELIMITER.match(following))


def _goes_on(line: str, current: _Block) -> bool:
    """Whether a line that looks like a start still belongs to the block before it."""
    if current.open_as(BlockKind.PARAGRAPH) and _SETEXT.match(line):
        current.kind, current.closed = BlockKind.HEADING, True
        return True
    if current.open_as(BlockKind.TABLE_ROW):
        return len(current.lines) == 1 and "|" in line and bool(_DELIMITER.match(line))
    kind = _starts(line)
    if current.open_as(BlockKind.HTML):
        return True
    if current.open_as(BlockKind.QUOTE) and kind is BlockKind.QUOTE:
        return True
    in_prose = current.open_as(BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    counts_on = current.open_as(BlockKind.PARAGRAPH) and line.lstrip()[:1].isdigit() and not _is_first(line)
    return in_prose and (kind is BlockKind.HTML or (kind is BlockKind.LIST_ITEM and counts_on))


def _is_first(line: str) -> bool:
    return line.lstrip().startswith(("1.", "1)"))
