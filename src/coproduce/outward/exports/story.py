"""The record as a page for people: the same rows as in its data, with names in the place of identifiers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from coproduce.core.findings import Words

from .contents import Contents, Table
from .looks import ANSWER, INSIDE, LOOKS, Look
from .spelling import Speller
from .wording import HIDDEN, in_words

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    label: Words
    value: str


@dataclass(frozen=True)
class Shown:
    """One table of the page, as cards or as a table; each row may have tables of its own."""

    name: str
    title: Words
    as_cards: bool
    headings: list[Words]
    rows: list["ShownRow"]


@dataclass(frozen=True)
class ShownRow:
    fields: list[Field]
    parts: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class ShownSection:
    name: str
    title: Words
    tables: list[Shown]


@dataclass(frozen=True)
class Line:
    """One entry of the ledger."""

    seq: int
    what: str
    hash: str
    when: str = ""
    who: str = ""
    for_whom: str = ""
    about: str = ""


def as_html(contents: Contents, made: dict[str, Any]) -> str:
    css = (Path(__file__).parent / "record.css").read_text()
    story = Story(contents)
    context = {**made, "css": css, "sections": list(story.sections()), "lines": list(story.lines())}
    return render_to_string("exports/record/index.html", context)


class Story:
    """The contents of one record in the order and the words in which people read them."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.tables = {table.name: table for table in contents.tables}
        self.spell = Speller(contents)
        self._parts: dict[str, dict[str, list[Row]]] = {}

    def sections(self) -> Iterator[ShownSection]:
        for part in self.contents.parts:
            names = [name for name in LOOKS if name not in INSIDE]
            mine = {table.name: table for table in part.tables if table.rows}
            shown = [self._table(mine[name], mine[name].rows) for name in names if name in mine]
            yield ShownSection(part.section.name, part.section.title, shown)

    def lines(self) -> Iterator[Line]:
        for entry in self.contents.entries:
            yield Line(entry["seq"], str(HIDDEN), entry["hash"]) if "withheld" in entry else self._line(entry)

    def _table(self, table: Table, rows: Sequence[Row]) -> Shown:
        look = LOOKS[table.name]
        columns = [name for name in look.columns if any(_is_something(row.get(name)) for row in rows)]
        return Shown(
            name=table.name,
            title=look.title,
            as_cards=look.as_cards,
            headings=[look.columns[name] for name in columns],
            rows=[self._row(table, look, columns, row) for row in rows],
        )

    def _row(self, table: Table, look: Look, columns: list[str], row: Row) -> ShownRow:
        fields: list[Field] = []
        for name in columns:
            if name == "content":
                fields += self._answer(row[name])
            else:
                fields.append(Field(look.columns[name], self.spell.column(table.name, name, row)))
        parts = [self._part(name, column, row) for name, column in look.parts.items()]
        return ShownRow(fields, [part for part in parts if part])

    def _part(self, name: str, column: str, row: Row) -> Shown | None:
        rows = self._rows_by(name, column).get(str(row["id"]), [])
        return self._table(self.tables[name], rows) if rows else None

    def _rows_by(self, name: str, column: str) -> dict[str, list[Row]]:
        if name not in self._parts:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.tables[name].rows if name in self.tables else []:
                found[str(row[column])].append(row)
            self._parts[name] = found
        return self._parts[name]

    def _answer(self, content: Row) -> Iterator[Field]:
        """An answer is kept as one value; people read its parts."""
        for name, label in ANSWER.items():
            words = self.spell.part_of_an_answer(name, content.get(name))
            if words:
                yield Field(label, words)

    def _line(self, entry: Row) -> Line:
        spell = self.spell
        kind = in_words(entry["object_kind"].partition(".")[2])
        return Line(
            seq=entry["seq"],
            when=spell.moment(entry["at"]),
            who=spell.name_of(entry["actor"]),
            for_whom=spell.name_of(entry["on_behalf_of"]) if entry["on_behalf_of"] else "",
            what=in_words(entry["verb"].partition(".")[2]),
            about=f"{kind} {spell.name_of(entry['object_id'])}".strip(),
            hash=entry["hash"],
        )


def _is_something(value: Any) -> bool:
    return value not in (None, "", [], {})
