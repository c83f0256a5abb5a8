"""What a file says as JSON and back, for the way from the child process that reads it."""

import json
from base64 import b64decode, b64encode
from typing import Any

from .first import Text
from .parts import PLAIN, Comment, Look, Mark, Package, Para, Picture, Row, Run


def packed(package: Package) -> bytes:
    """Without the pictures themselves."""
    made = {
        "flow": [_row(unit) if isinstance(unit, Row) else _para(unit) for unit in package.flow],
        "notes": [_para(note) for note in package.notes],
        "comments": [
            [one.author, one.when, one.text, one.answers, one.resolved, one.block] for one in package.comments
        ],
        "properties": package.properties,
        "left_out": package.left_out,
    }
    return json.dumps(made).encode()


def unpacked(content: bytes) -> Package:
    made = json.loads(content)
    return Package(
        [_row_of(one) if one[0] == "row" else _para_of(one) for one in made["flow"]],
        [_para_of(one) for one in made["notes"]], [Comment(*one) for one in made["comments"]], made["properties"], {},
        made["left_out"],
    )  # fmt: skip


def packed_text(text: Text) -> bytes:
    pictures = [[one.name, one.alt, b64encode(one.content).decode()] for one in text.pictures]
    return json.dumps([text.text, text.left_out, pictures]).encode()


def unpacked_text(content: bytes) -> Text:
    text, left_out, pictures = json.loads(content)
    return Text(text, left_out, [Picture(name, alt, b64decode(bytes)) for name, alt, bytes in pictures])


def _para(para: Para) -> list[Any]:
    runs = [[run.text, None if run.look == PLAIN else run.look, run.ins, run.gone] for run in para.runs]
    return [
        "para", para.kind, para.level, para.ordered, para.number, runs, para.ins, para.gone, para.block, para.label,
        para.notes,
    ]  # fmt: skip


def _para_of(row: list[Any]) -> Para:
    _tag, kind, level, ordered, number, runs, ins, gone, block, label, notes = row
    made = [Run(text, Look(*look) if look else PLAIN, _mark(on), _mark(off)) for text, look, on, off in runs]
    return Para(kind, level, ordered, number, made, _mark(ins), _mark(gone), block, label, notes)


def _row(row: Row) -> list[Any]:
    return [
        "row",
        [[_para(para) for para in cell] for cell in row.cells],
        row.table,
        row.ins,
        row.gone,
        row.block,
    ]


def _row_of(row: list[Any]) -> Row:
    _tag, cells, table, ins, gone, block = row
    return Row([[_para_of(para) for para in cell] for cell in cells], table, _mark(ins), _mark(gone), block)


def _mark(row: list[str] | None) -> Mark | None:
    return Mark(*row) if row else None


def code_of(content: bytes) -> str:
    """Why a file could not be read."""
    return str(json.loads(content))
