"""What a result comes to, as lines that a page, a Word file and a PDF all print."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..rules import Common, Holds, Opinion, share, small_groups_are_joined
from ..rules.hiding import Joined, Joining
from ..terms import COMMON, MOST_SHOWN
from . import words
from .common import Reading


@dataclass(frozen=True)
class Line:
    """A statement and what is said of it."""

    number: int
    text: str
    says: str
    also: str = ""
    href: str = ""


@dataclass(frozen=True)
class Side:
    """An opinion group and what it holds."""

    group: Opinion
    name: str
    lines: list[Line]


def chosen(reading: Reading) -> tuple[list[Common], bool]:
    """The common ground, strongest first; or, where there is none, the three that came nearest."""
    ranked = list(reading.figures.common)
    found = [one for one in ranked if one.least >= COMMON][:MOST_SHOWN]
    return (found, True) if found else (ranked[:3], False)


def common_lines(reading: Reading, rows: list[Common]) -> list[Line]:
    several = reading.several
    return [
        _line(
            reading, one.statement, words.common(one, several=several), words.two_ways(one) if several else ""
        )
        for one in rows
    ]


def divided_lines(reading: Reading) -> list[Line]:
    figures = reading.figures
    lines = []
    for one in figures.divided[:MOST_SHOWN]:
        cells = figures.statements[one.statement].groups
        ends = share(cells[one.highest]), share(cells[one.lowest])
        lines.append(_line(reading, one.statement, words.apart(one, figures, *ends)))
    return lines


def sides(reading: Reading) -> list[Side]:
    return [
        Side(one, words.opinion_name(one), [_held(reading, held) for held in one.holds])
        for one in reading.figures.opinions
    ]


def _held(reading: Reading, held: Holds) -> Line:
    return _line(reading, held.statement, words.holds(held))


def _line(reading: Reading, place: int, says: str, also: str = "") -> Line:
    one = reading.figures.statements[place]
    return Line(one.number, reading.texts[place], says, also, reading.addresses.statement(one.id))


def findings(reading: Reading) -> list[Any]:
    """Which groups are counted together, and which are not shown."""
    figures = reading.figures
    shown = tuple(Joined((), group.names, group.people) for group in figures.groups)
    joining = Joining(shown, figures.unshown, figures.unshown_people)
    return list(small_groups_are_joined(joining, figures.small_number))


@dataclass(frozen=True)
class Standing:
    """How one group stands on a statement, beside everybody."""

    number: int
    text: str
    tally: Any
    own: float
    everybody: float
    href: str

    @property
    def says(self) -> str:
        return words.about_tenths(self.own)

    @property
    def further(self) -> float:
        return abs(self.own - self.everybody)


def standings(reading: Reading, group: int) -> list[Standing]:
    """Of each statement that enough of the group saw: its share that agrees, beside that of everybody."""
    return list(_standings(reading, group))


def _standings(reading: Reading, group: int) -> Iterator[Standing]:
    for place, one in enumerate(reading.figures.statements):
        own, everybody = share(one.groups[group]), share(one.everybody)
        if own is not None and everybody is not None:
            href = reading.addresses.statement(one.id)
            yield Standing(one.number, reading.texts[place], one.groups[group], own, everybody, href)
