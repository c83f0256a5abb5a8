"""Lists as files: CSV that spreadsheets read rightly, and Excel. Text never becomes a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON

# What a spreadsheet may take for the start of a formula, also after blanks and in full-width letters.
_FORMULA = re.compile("^[\\s\ufeff\u200b\u00a0]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_EXCEL_TEXT = 32_767
_LARGEST_EXCEL_NUMBER = 10**15
_UTF8_MARK = "\ufeff"

type_excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    out = io.StringIO()
    out.write(_UTF8_MARK)
    writer = csv.writer(out)
    writer.writerow([guarded(heading) for heading in headings])
    writer.writerows([_csv_value(value) for value in row] for row in rows)
    return _download(out.getvalue().encode(), f"{name}.csv", "text/csv; charset=utf-8")


def as_excel(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": "d mmmm yyyy"})
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, bold)
            sheet.set_column(at, at, 24)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value, dated)
    return _download(out.getvalue(), f"{name}.xlsx", type_excel)


def guarded(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would otherwise run it."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain(value: Any) -> Any:
    """A value without marks of the page: numbers stay numbers, dates dates, all else is text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return value.astimezone(LONDON).replace(tzinfo=None)
    if isinstance(value, int | float | Decimal | date):
        return value
    text = strip_tags(value).strip() if isinstance(value, SafeString) else str(value)
    return _CONTROL.sub("", text)


def _csv_value(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return guarded(value) if isinstance(value, str) else value


def _write(sheet: Any, line: int, at: int, value: Any, dated: Any) -> None:
    value = plain(value)
    if isinstance(value, date):
        sheet.write_datetime(line, at, value, dated)
    elif isinstance(value, int | float | Decimal) and abs(float(value)) < _LARGEST_EXCEL_NUMBER:
        sheet.write_number(line, at, value)
    else:
        sheet.write_string(line, at, str(value)[:_LONGEST_EXCEL_TEXT])


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
