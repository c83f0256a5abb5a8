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


# Lines of a column at the size of print of each sheet, measured in Chromium; two columns on A4, three on A3.
LINES = {Size.A4: 2 * 37, Size.A3: 3 * 50}
LETTERS_A_LINE = 44
AROUND = 2.6  # lines that a statement takes besides its words: heading, space
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
        fits = _how_many_fit(statements, detail, LINES[size])
        if fits == len(statements):
            return Sheet(detail, fits)
    return Sheet(Detail.HEADINGS, fits)


def _how_many_fit(statements: Sequence[Sequence[str]], detail: Detail, lines: float) -> int:
    for place, parts in enumerate(statements):
        lines -= _lines(parts, detail)
        if lines < 0:
            return place
    return len(statements)


def _lines(parts: Sequence[str], detail: Detail) -> float:
    heading, *others = parts
    texts = [first_sentence(text) if detail is Detail.FIRST_SENTENCES else text for text in others if text]
    shown = texts if detail is not Detail.HEADINGS else []
    return AROUND + _wrapped(heading) - 1 + sum(_wrapped(text) + 0.3 for text in shown)


def _wrapped(text: str) -> int:
    return max(1, -(-len(text) // LETTERS_A_LINE))
