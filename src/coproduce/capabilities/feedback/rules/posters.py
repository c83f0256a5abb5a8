"""How much of each statement fits on one sheet, so that the poster stays one page however many there are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from ..terms import Size


class Detail(IntEnum):
    HEADINGS = 0
    FIRST_SENTENCES = 1
    WHOLE = 2


@dataclass(frozen=True)
class Room:
    """What a sheet holds below its head: measured in Chromium, less one line in ten for columns that do not fill."""

    lines: float
    letters_a_line: int


ROOM = {Size.A4: Room(2 * 46, 44), Size.A3: Room(3 * 63, 40)}
HEADING, BETWEEN = (
    2.0,
    0.15,
)  # lines that a heading takes with the space around it, and the space after a part
_END = re.compile(r"(?<=[.!?…])\s")


@dataclass(frozen=True)
class Sheet:
    """How many statements stand on it, and how much of each."""

    detail: Detail
    shown: int


def first_sentence(text: str) -> str:
    return _END.split(text.strip(), maxsplit=1)[0]


def sheet_for(statements: Sequence[Sequence[str]], size: Size) -> Sheet:
    """`statements` holds the parts of each: heading, did, will, could not. The fullest detail that fits."""
    for detail in (Detail.WHOLE, Detail.FIRST_SENTENCES, Detail.HEADINGS):
        fits = _how_many_fit(statements, detail, ROOM[size])
        if fits == len(statements):
            return Sheet(detail, fits)
    return Sheet(Detail.HEADINGS, fits)


def _how_many_fit(statements: Sequence[Sequence[str]], detail: Detail, room: Room) -> int:
    left = room.lines
    for place, parts in enumerate(statements):
        left -= _lines(parts, detail, room.letters_a_line)
        if left < 0:
            return place
    return len(statements)


def _lines(parts: Sequence[str], detail: Detail, letters: int) -> float:
    heading, *others = parts
    texts = [first_sentence(text) if detail is Detail.FIRST_SENTENCES else text for text in others if text]
    shown = texts if detail is not Detail.HEADINGS else []
    # A heading is set larger, so that fewer letters stand on a line.
    return (
        HEADING
        + _wrapped(heading, letters - 10)
        - 1
        + sum(_wrapped(text, letters) + BETWEEN for text in shown)
    )


def _wrapped(text: str, letters: int) -> int:
    return max(1, -(-len(text) // letters))
