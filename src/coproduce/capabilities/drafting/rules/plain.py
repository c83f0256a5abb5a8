"""The words of a block as people read them: without the marks that make it a heading, an item or a row."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .blocks import BlockKind, heading_of
from .compare import Mark, Piece, new_text, old_text
from .places import quick_kind

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_QUOTE = re.compile(r"(?m)^ {0,3}> ?")
_HEADING = re.compile(r"\s*#{1,6}[ \t]+")
_DELIMITER = re.compile(r"\r?\n {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\s*$")
_MARKERS = {
    BlockKind.HEADING: _HEADING, BlockKind.LIST_ITEM: _ITEM, BlockKind.QUOTE: re.compile(r"\s*> ?"),
    BlockKind.TABLE_ROW: re.compile(r"\s*\|[ \t]*"),
}  # fmt: skip
_TAILS = {BlockKind.TABLE_ROW: re.compile(r"[ \t]*\|\s*$"), BlockKind.HEADING: re.compile(r"[ \t]+#+\s*$")}
CELLS = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")


class Marked(NamedTuple):
    """The pieces of a block to be shown, and what kind of block it is."""

    kind: BlockKind
    pieces: list[Piece]


def plain(source: str) -> str:
    """A block's words in one line."""
    kind = quick_kind(source)
    if kind is BlockKind.HEADING:
        words = (heading_of(source) or (0, ""))[1]
    elif kind is BlockKind.LIST_ITEM:
        words = _ITEM.sub("", source, count=1)
    elif kind is BlockKind.QUOTE:
        words = _QUOTE.sub("", source)
    elif kind is BlockKind.TABLE_ROW:
        words = row_in_words(source)
    else:
        words = source
    return one_line(words)


def one_line(words: str) -> str:
    return " ".join(words.split())


def row_in_words(source: str) -> str:
    """The cells of a row with a bar between them; the line of dashes says nothing."""
    row = _DELIMITER.sub("", source.rstrip()).strip()
    cells = CELLS.split(row.removeprefix("|").removesuffix("|"))
    return " | ".join(cell.strip() for cell in cells)


def marked(pieces: Sequence[Piece]) -> Marked:
    """The same pieces without the marks of the block and the gaps around it, where these did not change."""
    kind = quick_kind(new_text(pieces).lstrip() or old_text(pieces).lstrip())
    shown = [piece for piece in pieces if piece.text]
    shown = _without_end(_without_start(shown, _MARKERS.get(kind)), kind)
    return Marked(kind, [piece for piece in shown if piece.text])


def _without_start(pieces: list[Piece], marker: "re.Pattern[str] | None") -> list[Piece]:
    """The marker goes where one piece has the whole of it; what came or went with it stays to be seen."""
    while pieces and not pieces[0].text.strip():
        pieces = pieces[1:]
    if not pieces:
        return []
    first = pieces[0]
    found = marker.match(first.text) if marker else None
    alone = first.mark is Mark.KEPT or len(pieces) == 1
    text = first.text[found.end() :] if found and alone else first.text.lstrip()
    return [first._replace(text=text), *pieces[1:]]


def _without_end(pieces: list[Piece], kind: BlockKind) -> list[Piece]:
    while pieces and not pieces[-1].text.strip():
        pieces = pieces[:-1]
    if not pieces:
        return []
    last = pieces[-1]
    text = last.text.rstrip()
    if kind is BlockKind.TABLE_ROW:
        text = _DELIMITER.sub("", text)
    tail = _TAILS.get(kind)
    if tail and (last.mark is Mark.KEPT or len(pieces) == 1):
        text = tail.sub("", text)
    return [*pieces[:-1], last._replace(text=text)]
