"""The headings of a text and what stands under each."""

from collections.abc import Iterable
from typing import NamedTuple

from .blocks import heading_of, line_end, parts
from .replay import State


class Heading(NamedTuple):
    block: int
    level: int
    words: str


class Chapter(NamedTuple):
    """A heading of the highest level with all the blocks under it; `heading` is None for what comes first."""

    heading: Heading | None
    blocks: list[int]


def outline(state: State) -> list[Heading]:
    """Every heading that says something, in order."""
    found = ((id, heading_of(block.text)) for id, block in state.alive() if _may_be_heading(block.text))
    return [Heading(id, *heading) for id, heading in found if heading and heading[1]]


def section_of(headings: Iterable[Heading], state: State, block: int) -> str:
    """The words of the last heading at or before a block."""
    place = {id: number for number, id in enumerate(state.order)}
    before = [heading for heading in headings if place[heading.block] <= place.get(block, -1)]
    return before[-1].words if before else ""


def chapters(state: State, headings: list[Heading]) -> list[Chapter]:
    """The text cut at its highest headings, where there are at least two of them; else at the next level."""
    level = _chapter_level(headings)
    starts = {heading.block: heading for heading in headings if heading.level <= level}
    found = [Chapter(None, [])]
    for id, _ in state.alive():
        if id in starts:
            found.append(Chapter(starts[id], []))
        found[-1].blocks.append(id)
    return [chapter for chapter in found if chapter.blocks]


def above(state: State, block: int) -> int:
    """The block before this one, also one that was removed; 0 at the top."""
    place = state.order.index(block)
    return state.order[place - 1] if place else 0


def in_its_line_ends(typed: str, source: str) -> str:
    """What came from a form, with the line ends of the text that it goes into."""
    plain = typed.replace("\r\n", "\n").replace("\r", "\n")
    words = parts(source)[1]
    if plain == words.replace("\r\n", "\n").replace("\r", "\n"):
        return words
    return plain.replace("\n", line_end(source))


def _chapter_level(headings: list[Heading]) -> int:
    for level in range(1, 7):
        if sum(heading.level <= level for heading in headings) > 1:
            return level
    return 6


def _may_be_heading(text: str) -> bool:
    """Quick: a mark at the start, or a line of marks below."""
    stripped = text.lstrip("\ufeff \t\r\n")
    return stripped.startswith("#") or "\n=" in text or "\n-" in text or "\r-" in text or "\r=" in text
