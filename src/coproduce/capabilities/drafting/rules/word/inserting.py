"""New paragraphs and rows as blocks: in Markdown, and in their place."""

from collections.abc import Sequence

from ..blocks import line_end, parts
from ..edits import Edit
from ..replay import OpKind
from .aligning import Base
from .parts import CELL, Kind, Package, Para, Row, Run
from .source import block_of, row_of, table_of
from .units import Unit


def as_prose(unit: Para | Row) -> Para | Row:
    """What looks like source in Word is words all the same: nobody writes Markdown there."""
    if isinstance(unit, Para) and unit.kind == Kind.SOURCE:
        return Para(Kind.PARAGRAPH, runs=unit.runs)
    return unit


def markdown_of(kind: str, units: Sequence[Para | Row]) -> str:
    if kind == Kind.ROW:
        return table_of([unit for unit in units if isinstance(unit, Row)])
    between = "\n" if kind == Kind.ITEM else "\n\n"
    return between.join(block_of(unit) for unit in units if isinstance(unit, Para) and unit.text.strip())


def going_on(above: Base, units: Sequence[Para | Row]) -> list[Edit]:
    """Items or rows right below others, with no empty line between."""
    ends, tail = line_end(above.source), parts(above.source)[2]
    width = above.shown.text.count(CELL) + 1
    indent = " " * above.shown.indent
    lines = [row_of(unit, width) if isinstance(unit, Row) else _item(unit, above, indent) for unit in units]
    made = []
    if len(tail) > len(ends):
        start = len(above.source) - len(tail) + len(ends)
        made.append(Edit(OpKind.REPLACE, above.id, start, above.source[start:], ""))
    lead = "" if tail else ends
    for number, line in enumerate(lines, 1):
        made.append(
            Edit(OpKind.INSERT_BLOCK, above.id, 0, "", lead + line + (tail if number == len(lines) else ends))
        )
        lead = "" if tail else ends
    return made


def _item(para: Para, above: Base, indent: str) -> str:
    """Like the item above it; one level deeper where it stands deeper."""
    ordered = bool(above.shown.number)
    made = block_of(Para(Kind.ITEM, 0, ordered, above.shown.number, para.runs), indent)
    mark = above.source.lstrip()[:1]
    return made.replace("*", mark, 1) if not ordered and mark in "-+" else made


def plain(unit: Unit) -> Para | Row:
    """A unit as it stands with every tracked change rejected."""
    if unit.row is not None:
        cells = [
            [Para(runs=[run for run in para.runs if run.ins is None]) for para in cell]
            for cell in unit.row.cells
        ]
        return Row(cells, unit.row.table)
    last = unit.paras[-1]
    return Para(last.kind, last.level, last.ordered, last.number, unit.base_runs())


def accepted(para: Para) -> list[Run]:
    return [run._replace(ins=None) for run in para.runs if run.gone is None]


def accepted_row(row: Row) -> Row:
    return Row([[Para(runs=accepted(para)) for para in cell] for cell in row.cells], row.table)


def note_of(package: Package, label: str) -> Para | None:
    number = int(label) - 1 if label.isdigit() else -1
    return package.notes[number] if 0 <= number < len(package.notes) else None
