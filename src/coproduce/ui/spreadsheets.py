"""Reading a spreadsheet that somebody uploads: every cell as text. A formula is never worked out."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from coproduce.core.text import BadText, clean

MOST_ROWS, MOST_COLUMNS = 2_000, 60
LARGEST_FILE, LARGEST_INSIDE = 4 * 1024 * 1024, 60 * 1024 * 1024
_ZIP = b"PK\x03\x04"


class BadSheet(ValueError):
    """What is wrong with the file, in words for whoever uploaded it."""


def read_sheet(content: bytes) -> list[list[str]]:
    """The rows of the first sheet from its first row with words in it; empty rows at the end are left out."""
    if len(content) > LARGEST_FILE:
        raise BadSheet(_("The file is larger than 4 megabytes. Take out what is not needed."))
    rows = list(_excel(content) if content.startswith(_ZIP) else _csv(content))
    rows = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise BadSheet(_("There are no words in this file."))
    if len(rows) > MOST_ROWS + 1:
        raise BadSheet(_("There are more than 2,000 rows in this file. Divide it."))
    width = max(at for row in rows for at, cell in enumerate(row, 1) if cell)
    return [(row + [""] * (width - len(row)))[:width] for row in rows]


def _excel(content: bytes) -> Iterable[list[Any]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_INSIDE:
                raise BadSheet(_("The file is larger than 4 megabytes. Take out what is not needed."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        rows = [
            list(row)
            for row in sheet.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True)
        ]
    except BadSheet:
        raise
    except Exception:
        # Whatever a damaged file makes of its reader.
        raise BadSheet(_not_a_sheet()) from None
    return rows


def _csv(content: bytes) -> Iterable[list[Any]]:
    if b"\x00" in content:
        raise BadSheet(_not_a_sheet())
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel writes where nobody chose UTF-8.
        words = content.decode("cp1252", errors="replace")
    first = next((line for line in words.splitlines() if line.strip()), "")
    divider = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(words, newline=""), delimiter=divider))
    except csv.Error:
        raise BadSheet(_not_a_sheet()) from None


def _not_a_sheet() -> str:
    return _("This file cannot be read as a spreadsheet. Save it as .xlsx or .csv and try again.")


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    try:
        return clean(str(cell)).strip()
    except BadText:
        raise BadSheet(_("A cell holds signs that cannot be kept. Type it again as plain text.")) from None
