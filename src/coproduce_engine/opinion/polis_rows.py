"""Rows of a CSV file that a stranger made: each with its line, and a fault that says where it lies."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Number = TypeVar("Number", int, float)


class BadFile(ValueError):
    """A file that cannot be read, in words for whoever has it: the file, the line, what is wrong."""


@dataclass(frozen=True)
class Row:
    """One row: its cells under the names of the head."""

    file: str
    line: int
    cells: Sequence[str]
    head: Mapping[str, int]

    def get(self, name: str, default: str = "") -> str:
        place = self.head.get(name)
        return default if place is None else self.cells[place]

    def named(self, name: str) -> str:
        """The cell, or BadFile when it is empty."""
        value = self.get(name).strip()
        if not value:
            raise self.fault(f"{name} is empty.")
        return value

    def whole(self, name: str, *, default: int = 0) -> int:
        value = self.get(name).strip()
        return self.number(name, value, int) if value else default

    def fraction(self, name: str) -> float | None:
        value = self.get(name).strip()
        return self.number(name, value, float) if value else None

    def yes(self, name: str) -> bool:
        return self.get(name).strip().lower() in {"true", "t", "1", "yes"}

    def vote(self, value: str) -> int:
        try:
            return _VOTES[value.strip()]
        except KeyError:
            raise self.fault(
                f"the vote is “{value}”; it must be 1 (agree), -1 (disagree) or 0 (pass)."
            ) from None

    def number(self, name: str, value: str, kind: Callable[[str], Number]) -> Number:
        try:
            return kind(value)
        except ValueError:
            raise self.fault(f"{name} is “{value}”, which is not a number.") from None

    def fault(self, words: str) -> BadFile:
        return BadFile(f"{self.file}, line {self.line}: {words}")


_VOTES = {"1": 1, "-1": -1, "0": 0, "1.0": 1, "-1.0": -1, "0.0": 0}


def rows(path: Path, needs: Sequence[str]) -> Iterator[Row]:
    """Each row after the head, which must have the columns that are needed. Empty lines count for nothing."""
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise BadFile(f"{path.name} is empty: its first line must name the columns {', '.join(needs)}.")
    names = [name.strip() for name in first[1]]
    head = {name: place for place, name in enumerate(names)}
    if missing := [name for name in needs if name not in head]:
        raise BadFile(f"{path.name} has no column {', '.join(missing)}.")
    if len(head) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile(f"{path.name} has the column “{twice}” twice.")
    for line, cells in lines:
        row = Row(path.name, line, cells, head)
        if len(cells) != len(names):
            raise row.fault(f"it has {len(cells)} cells; the first line names {len(names)}.")
        yield row


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """A file without a head: a name and its value in each line."""
    for line, cells in _lines(path):
        if len(cells) < 2:
            raise BadFile(f"{path.name}, line {line}: it must be a name and a value.")
        yield cells[0].strip(), cells[1]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The line where each row begins, and its cells. A quote that is never closed is a fault, not a long text."""
    begins = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if cells:
                    yield begins, cells
                begins = reader.line_num + 1
    except csv.Error as fault:
        raise BadFile(f"{path.name}, line {begins}: {fault}.") from None
    except UnicodeDecodeError:
        raise BadFile(f"{path.name}, near line {begins}: this is not UTF-8 text.") from None
    except OSError as fault:
        raise BadFile(f"{path.name} cannot be read: {fault.strerror}.") from None
