"""What a Word file is made of, as far as a master copy can hold it: paragraphs, rows, runs, marks, comments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

CELL = "\x07"  # stands between two cells of a row, as in Word's own text
OBJECT = "\ufffc"  # stands for a picture or the number of a footnote
BREAK = "\n"


class Look(NamedTuple):
    """How a run looks; a picture or the number of a footnote is a run of one `OBJECT`."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    picture: str = ""
    note: str = ""


PLAIN = Look()


class Mark(NamedTuple):
    """Who put something in or took it out, and when: `when` is as the file spells it."""

    author: str
    when: str

    @property
    def minute(self) -> str:
        return self.when[:16]


class Run(NamedTuple):
    """Words that look the same and have the same history."""

    text: str
    look: Look = PLAIN
    ins: Mark | None = None
    gone: Mark | None = None


class Kind:
    """What a paragraph is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    SOURCE = "source"
    RULE = "rule"
    NOTE = "note"
    ROW = "row"


@dataclass(slots=True)
class Para:
    """A paragraph; `ins` and `gone` are about its end, the paragraph mark."""

    kind: str = Kind.PARAGRAPH
    level: int = 0
    ordered: bool = False
    number: int = 1
    runs: list[Run] = field(default_factory=list)
    ins: Mark | None = None
    gone: Mark | None = None
    block: int = 0
    label: str = ""
    notes: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Row:
    """A row of a table, each cell with its paragraphs; rows with the same `table` stand in one table."""

    cells: list[list[Para]] = field(default_factory=list)
    table: int = 0
    ins: Mark | None = None
    gone: Mark | None = None
    block: int = 0

    def paras(self) -> Iterator[Para]:
        return (para for cell in self.cells for para in cell)


Flow = list[Para | Row]


@dataclass(slots=True)
class Comment:
    """A remark on a passage; `answers` is the place in the list of the one that it replies to."""

    author: str
    when: str
    text: str
    answers: int | None = None
    resolved: bool = False
    block: int = 0
    ref: str = ""


@dataclass(slots=True)
class Picture:
    name: str
    alt: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Package:
    """All that a file says. `properties` are its own facts; `left_out` names what it has and nothing here holds."""

    flow: Flow = field(default_factory=list)
    notes: list[Para] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def all_paras(package: Package) -> Iterator[Para]:
    """Every paragraph of a file: its body, its tables, its footnotes."""
    for one in package.flow:
        yield from one.paras() if isinstance(one, Row) else (one,)
    yield from package.notes
