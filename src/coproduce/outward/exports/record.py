"""The record of a project: one file with its whole dated story, for reading and for checking."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.template.loader import render_to_string

from coproduce.core import clock
from coproduce.core.ledger import chain
from coproduce.core.ledger.writing import spelled
from coproduce.ui.sheets import guarded

from . import archive, story
from .contents import Contents, contents_of
from .snapshot import one_moment
from .verify import DATA, FORMAT, LEDGER, MANIFEST, README, VERSIONS, ledger_heading, root_of

_UTF8_MARK = "\ufeff"


@dataclass(frozen=True)
class Made:
    """What was written, for whoever asked for it."""

    file: Path
    entries: int
    head: str
    root: str


def export_record(project_id: UUID, file: Path | str, *, by: Any = None) -> Made:
    """Write the record of a project; a file that could not be finished leaves no trace."""
    target = Path(file)
    with _whole_or_nothing(target) as out:
        manifest = write_record(project_id, out)
    return Made(target, manifest["chain"]["length"], manifest["chain"]["head"], manifest["root"])


def write_record(project_id: UUID, out: IO[bytes]) -> dict[str, Any]:
    """Write the pack to an open file and give back its manifest."""
    with one_moment():
        contents = contents_of(project_id)
    manifest: dict[str, Any] = {}
    for piece in archive.pieces(_files(contents, manifest)):
        out.write(piece.data)
    return manifest


def _files(contents: Contents, manifest: dict[str, Any]) -> Iterator[archive.File]:
    manifest |= _about(contents)
    listed: list[dict[str, Any]] = []
    for file in _readable(contents):
        digest = hashlib.sha256(file.content).hexdigest()
        listed.append({"path": file.name, "size": len(file.content), "sha256": digest})
        yield file
    manifest["files"] = listed
    manifest["root"] = root_of(manifest)
    yield archive.File(MANIFEST, _json(manifest))


def _about(contents: Contents) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": spelled(clock.now()),
        "made_by": f"coproduce {version('coproduce')}",
        "project": {"id": str(contents.project.pk), "title": contents.project.title},
        "chain": {"name": contents.chain, "length": len(contents.entries), "head": contents.head},
    }


def _readable(contents: Contents) -> Iterator[archive.File]:
    made = {"contents": contents, "version": version("coproduce"), "made_at": clock.now()}
    yield archive.File(README, render_to_string("exports/record/readme.txt", made).encode())
    yield archive.File("index.html", story.as_html(contents, made).encode())
    yield archive.File(LEDGER, _ledger(contents))
    yield archive.File(DATA, _json(contents.as_data()))
    for table in (table for table in contents.tables if table.rows):
        yield archive.File(f"tables/{table.name}.csv", _csv(table.columns, table.rows))
    for text in contents.texts:
        yield archive.File(f"{VERSIONS}{text.path}", text.content)


def _ledger(contents: Contents) -> bytes:
    """One entry a line, so that damage stays in its entry."""
    lines = b",\n".join(chain.canonical(entry) for entry in contents.entries)
    heading = ledger_heading(contents.chain, len(contents.entries), contents.head)
    return heading + b"\n" + (lines + b"\n" if lines else b"") + b"]}\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _csv(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([guarded(column) for column in columns])
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return (_UTF8_MARK + out.getvalue()).encode()


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool() | list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case str():
            return guarded(value)
        case _:
            return value


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[IO[bytes]]:
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with half.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)
