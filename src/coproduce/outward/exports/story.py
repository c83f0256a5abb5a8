"""The record as a page for people: the same tables as in its data, with names in the place of identifiers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON
from coproduce.core.findings import Words

from .contents import Contents, Table
from .wording import HIDDEN, in_words

_CODE = re.compile(r"[a-z]+([_ -][a-z]+)*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What a row is called where another row points at it, the first that it has.
_NAMED_BY = ("ref", "code", "number", "title", "name")
_LONG_TEXT = 200


@dataclass(frozen=True)
class Field:
    label: str
    value: Any
    is_long: bool = False


@dataclass(frozen=True)
class Shown:
    """One table of the page: few short columns as a table, anything longer as a list of cards."""

    name: str
    title: str
    headings: list[str]
    rows: list[list[Field]]

    @property
    def as_cards(self) -> bool:
        return len(self.headings) > 6 or any(field.is_long for row in self.rows for field in row)


@dataclass(frozen=True)
class ShownPart:
    name: str
    title: Words
    tables: list[Shown]


@dataclass(frozen=True)
class Line:
    """One entry of the ledger."""

    seq: int
    when: str
    who: str
    for_whom: str
    what: str
    about: str
    hash: str


def as_html(contents: Contents, made: dict[str, Any]) -> str:
    css = (Path(__file__).parent / "record.css").read_text()
    context = {**made, "css": css, "parts": list(_parts(contents)), "lines": list(_lines(contents))}
    return render_to_string("exports/record/index.html", context)


def _parts(contents: Contents) -> Iterator[ShownPart]:
    for part in contents.parts:
        tables = [_shown(table, contents) for table in part.tables if table.rows]
        yield ShownPart(part.section.name, part.section.title, tables)


def _shown(table: Table, contents: Contents) -> Shown:
    columns = [column for column in table.columns if _is_for_people(column, table, contents)]
    headings = [in_words(column) for column in columns]
    rows = [
        [
            _field(heading, row.get(column), contents)
            for heading, column in zip(headings, columns, strict=True)
        ]
        for row in table.rows
    ]
    return Shown(table.name, in_words(table.name), headings, rows)


def _is_for_people(column: str, table: Table, contents: Contents) -> bool:
    """Leave out what is empty, the row's own identifier, and identifiers of things without a name."""
    values = [row.get(column) for row in table.rows if row.get(column) not in (None, "", [], {})]
    if column in ("id", "project_id") or not values:
        return False
    return not all(isinstance(value, str) and _UUID.fullmatch(value) for value in values) or any(
        _name_of(str(value), contents) for value in values
    )


def _field(column: str, value: Any, contents: Contents) -> Field:
    is_long = isinstance(value, str) and len(value) > _LONG_TEXT
    return Field(in_words(column), _value(value, contents), is_long)


def _value(value: Any, contents: Contents) -> str:
    match value:
        case None | "":
            return "–"
        case bool():
            return _("Yes") if value else _("No")
        case list():
            return ", ".join(_value(one, contents) for one in value) or "–"
        case dict():
            return (
                "; ".join(f"{in_words(name)}: {_value(one, contents)}" for name, one in value.items()) or "–"
            )
        case str():
            return _text(value, contents)
        case _:
            return str(value)


def _text(value: str, contents: Contents) -> str:
    if _UUID.fullmatch(value):
        return _name_of(value, contents) or "–"
    if _MOMENT.fullmatch(value):
        return _moment(value)
    if _DAY.fullmatch(value):
        return date_format(date.fromisoformat(value), "j F Y")
    return in_words(value) if _CODE.fullmatch(value) and "_" in value else value


def _name_of(id: str, contents: Contents) -> str:
    if id in contents.names:
        return contents.names[id]
    _table, row = contents.rows.get(id, (None, {}))
    return next((str(row[key]) for key in _NAMED_BY if row.get(key)), "")


def _lines(contents: Contents) -> Iterator[Line]:
    for entry in contents.entries:
        if "withheld" in entry:
            yield Line(entry["seq"], "", "", "", str(HIDDEN), "", entry["hash"])
        else:
            yield _line(entry, contents)


def _line(entry: dict[str, Any], contents: Contents) -> Line:
    name = _name_of(entry["object_id"], contents)
    return Line(
        seq=entry["seq"],
        when=_moment(entry["at"]),
        who=_name_of(entry["actor"], contents),
        for_whom=_name_of(entry["on_behalf_of"], contents) if entry["on_behalf_of"] else "",
        what=in_words(entry["verb"].partition(".")[2]),
        about=f"{in_words(entry['object_kind'].partition('.')[2])} {name}".strip(),
        hash=entry["hash"],
    )


def _moment(value: str) -> str:
    return date_format(datetime.fromisoformat(value).astimezone(LONDON), "j F Y, H:i")
