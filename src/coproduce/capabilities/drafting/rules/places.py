"""Where a passage stands, as people say it: in which section, and the how many-th of its kind there."""

from collections.abc import Iterable
from typing import NamedTuple

from .blocks import BlockKind, heading_of, kind_of, parts
from .replay import State

UNCOUNTED = frozenset({BlockKind.BLANK, BlockKind.RULE, BlockKind.FRONT_MATTER})


class Place(NamedTuple):
    """`number` counts within the section; 0 is the heading of a section or of a table."""

    section: str
    kind: BlockKind
    number: int


def places(blocks: Iterable[tuple[int, str]]) -> dict[int, Place]:
    """The place of each of these blocks, which are in reading order."""
    found: dict[int, Place] = {}
    section, counted = "", dict[BlockKind, int]()
    for id, text in blocks:
        kind = quick_kind(text)
        if kind is BlockKind.HEADING:
            section, counted = (heading_of(text) or (0, ""))[1] or section, {}
        found[id] = Place(section, kind, _number(kind, text, counted))
    return found


def places_of(state: State) -> dict[int, Place]:
    """The place of every block that stands."""
    return places((id, block.text) for id, block in state.alive())


def quick_kind(text: str) -> BlockKind:
    """The kind of a block; most are one line of words, which needs no parsing."""
    if text[:1].isalpha() and "|" not in text and "\n" not in text.rstrip("\n"):
        return BlockKind.PARAGRAPH
    return kind_of(text)


def heads_table(text: str) -> bool:
    """Whether a row of a table is its heading: the line of dashes goes with it."""
    return "\n" in parts(text)[1]


def _number(kind: BlockKind, text: str, counted: dict[BlockKind, int]) -> int:
    if kind is BlockKind.HEADING:
        return 0
    if kind is BlockKind.TABLE_ROW and heads_table(text):
        counted[kind] = 0
        return 0
    if kind not in UNCOUNTED:
        counted[kind] = counted.get(kind, 0) + 1
    return counted.get(kind, 0)
