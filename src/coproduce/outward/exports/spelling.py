"""Values of the data in words: names for identifiers, labels for codes, dates as people say them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON

from .contents import Contents
from .looks import LOOKS
from .wording import in_words

Row = Mapping[str, Any]

_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Columns that are part of a short name: the name stands in their place.
_NUMBERS = ("number", "major")
# What a row is called where another row points at it, if it has no short name: the first that it has.
_CALLED = ("code", "credit", "title", "name", "what")
# Rows that stand for whom they are about.
_STANDS_FOR = ("person_id",)


class Speller:
    def __init__(self, contents: Contents) -> None:
        self._names, self._rows = contents.names, contents.rows

    def column(self, table: str, name: str, row: Row) -> str:
        """One value of a row as people read it."""
        look = LOOKS[table]
        if look.ref and name in _NUMBERS:
            return look.ref.format(**row)
        value = row.get(name)
        if isinstance(value, str | int | list) and look.model:
            labels = _labels(look.model, name)
            if isinstance(value, list):
                return ", ".join(labels.get(one) or self.value(one) for one in value)
            return labels.get(value) or self.value(value)
        return self.value(value)

    def value(self, value: Any) -> str:
        match value:
            case None | "":
                return ""
            case bool():
                return _("Yes") if value else _("No")
            case list():
                return ", ".join(self.value(one) for one in value)
            case dict():
                return "\n".join(f"{in_words(name)}: {self.value(one)}" for name, one in value.items() if one)
            case str():
                return self._text(value)
            case _:
                return str(value)

    def part_of_an_answer(self, name: str, value: Any) -> str:
        """Words with their rating, what people think is wanted, or the barriers one a line."""
        match value:
            case {"rating": rating, "words": words}:
                told = f"{rating:+d}".replace("-", "−") if rating else _("skipped") if rating is None else "0"
                return f"{told}: {words}" if words else ("" if rating is None else told)
            case {"picked": picked, "words": words}:
                told = _("Don't know") if value.get("dont_know") else self.value(picked)
                return ": ".join(one for one in (told, words) if one)
            case list() if name == "barriers":
                return "\n".join(f"• {barrier['words']}" for barrier in value)
            case _:
                return self.value(value)

    def name_of(self, id: str) -> str:
        """What people call the thing or the person with this identifier; nothing if it has no name."""
        if id in self._names:
            return self._names[id]
        if id not in self._rows:
            return ""
        table, row = self._rows[id]
        look = LOOKS.get(table.name)
        if look and look.ref:
            return look.ref.format(**row)
        called = next((str(row[name]) for name in _CALLED if row.get(name)), "")
        if table.name == "groups":
            called = f"{called} {row['name']}"
        return called or next((self.name_of(row[name]) for name in _STANDS_FOR if row.get(name)), "")

    def moment(self, value: str) -> str:
        return date_format(datetime.fromisoformat(value).astimezone(LONDON), "j F Y, H:i")

    def _text(self, value: str) -> str:
        if _UUID.fullmatch(value):
            return self.name_of(value)
        if _MOMENT.fullmatch(value):
            return self.moment(value)
        if _DAY.fullmatch(value):
            return date_format(date.fromisoformat(value), "j F Y")
        return in_words(value) if _CODE.fullmatch(value) else value


@cache
def _choices(model: str, column: str) -> tuple[tuple[Any, Any], ...]:
    field: Any = next((one for one in apps.get_model(model)._meta.fields if one.attname == column), None)
    return tuple(field.flatchoices) if field is not None else ()


def _labels(model: str, column: str) -> dict[Any, str]:
    return {value: str(label) for value, label in _choices(model, column)}
