"""A folder of edited texts and one table that says for each of them who wrote it and when.

The table is any name.csv with the columns `file`, `name` and `date`, and perhaps `why`.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coproduce.core import clock
from coproduce.core.text import BadText, clean

from ..rules.blocks import BOM
from .folders import LONGEST_NAME, BadFolder, Files, moment_of, person_named

# The words that tables use for the same thing.
COLUMNS = {
    "file": ("file", "text", "filename"),
    "name": ("name", "contributor", "author", "person"),
    "date": ("date", "day", "said_on"),
    "why": ("why", "reason", "summary"),
}
TEXTS = (".md", ".markdown", ".txt")


@dataclass(frozen=True)
class Edited:
    """What one person made of the whole text."""

    file: str
    name: str
    day: date
    why: str
    text: str


def read_suggestions(folder: Path, base: Path, text: str) -> Iterator[Edited]:
    """Every edited text of the folder, checked; raises BadFolder before anything is written."""
    files = Files(folder)
    sheet = _sheet(files)
    known: dict[tuple[str, date, str], int] = {}
    for number, row in _rows(files, sheet):
        edited = _edited(files, f"{sheet}, row {number}", row, text)
        first = known.setdefault((edited.name, edited.day, edited.text), number)
        if first != number:
            raise BadFolder(f"{sheet}, row {number}: it says the same as row {first}.")
        yield edited
    if not known:
        raise BadFolder(f"{sheet}: there is no suggestion in it.")
    _refuse_texts_of_nobody(files, sheet, base)


def base_text(base: Path) -> str:
    """The text that everybody started from."""
    text = Files(base.parent).text(base.name)
    if not text.strip():
        raise BadFolder(f"{base.name}: the file is empty.")
    return text


def _sheet(files: Files) -> str:
    found = sorted(path.name for path in files.folder.glob("*.csv"))
    if len(found) != 1:
        names = ", ".join(found) or "none"
        raise BadFolder(
            f"{files.folder.name}: there must be one table, such as suggestions.csv; found {names}."
        )
    return found[0]


def _rows(files: Files, sheet: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by our own names of the columns."""
    lines = csv.reader(io.StringIO(files.text(sheet).removeprefix(BOM), newline=""), strict=True)
    try:
        heads = [cell.strip().lower() for cell in next(lines, [])]
        places = {name: _place(heads, words) for name, words in COLUMNS.items()}
        if missing := [name for name, place in places.items() if place is None and name != "why"]:
            raise BadFolder(f"{sheet}: the first line must name the columns {', '.join(missing)}.")
        for number, row in enumerate((row for row in lines if any(row)), 1):
            if len(row) != len(heads):
                raise BadFolder(f"{sheet}, row {number}: it has {len(row)} cells instead of {len(heads)}.")
            yield (
                number,
                {name: row[place].strip() if place is not None else "" for name, place in places.items()},
            )
    except csv.Error as wrong:
        raise BadFolder(f"{sheet}, line {lines.line_num}: {wrong}.") from None


def _place(heads: Sequence[str], words: Sequence[str]) -> int | None:
    return next((heads.index(word) for word in words if word in heads), None)


def _edited(files: Files, where: str, row: dict[str, str], base: str) -> Edited:
    if not row["file"]:
        raise BadFolder(f"{where}: the name of the file is missing.")
    name = person_named(where, row["name"])
    if not name or len(name) > LONGEST_NAME:
        raise BadFolder(f"{where}: the name of whoever wrote {row['file']} is missing or too long.")
    day, why = _day(where, row["date"]), _why(where, row["why"])
    try:
        text = in_line_ends_of(files.text(row["file"]), base)
    except BadFolder as wrong:
        raise BadFolder(f"{where}: {wrong}") from None
    if not text.strip():
        raise BadFolder(f"{where}: {row['file']} is empty.")
    if text == base:
        raise BadFolder(f"{where}: {row['file']} changes nothing.")
    return Edited(row["file"], name, day, why, text)


def _day(where: str, words: str) -> date:
    """A day, or a moment with its time zone."""
    try:
        day = date.fromisoformat(words) if len(words) == len("2026-01-31") else clock.day_of(moment_of(words))
    except ValueError:
        raise BadFolder(f"{where}: “{words}” is not a date such as 2026-01-31.") from None
    if day > clock.today():
        raise BadFolder(f"{where}: the date {words} has not come yet.")
    return day


def _why(where: str, words: str) -> str:
    try:
        return clean(words)
    except BadText as wrong:
        raise BadFolder(f"{where}: {wrong}") from None


def in_line_ends_of(text: str, base: str) -> str:
    """The text as whoever wrote it saw it: editors change every line end, or put a mark before the first word."""
    if not base.startswith(BOM):
        text = text.removeprefix(BOM)
    if "\r" not in base:
        return text.replace("\r\n", "\n")
    return text if "\r\n" in text or "\n" in base.replace("\r\n", "") else text.replace("\n", "\r\n")


def _refuse_texts_of_nobody(files: Files, sheet: str, base: Path) -> None:
    told = {(files.folder / name).resolve() for name in files.seen} | {base.resolve()}
    texts = (path for path in sorted(files.folder.iterdir()) if path.suffix.lower() in TEXTS)
    for path in texts:
        if path.resolve() not in told and path.stem.lower() != "readme":
            raise BadFolder(f"{path.name}: {sheet} does not say by whom and when.")
