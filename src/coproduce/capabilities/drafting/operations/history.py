"""Reading in a text that was written elsewhere: each change becomes an accepted suggestion by whoever made it.

The folder holds `changes.csv` (n, date, contributor, summary, text, source_commit), the texts that it names, and
perhaps `unmerged/*.md`: suggestions on the last text that nobody answered, described in `README.md`.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from coproduce.capabilities.projects import operations as projects
from coproduce.capabilities.projects import queries as project_queries
from coproduce.core import clock
from coproduce.core.findings import Override
from coproduce.core.text import BadText, clean, clean_name

from .. import queries
from ..models import Document
from ..rules.edits import edits_between
from ..rules.versions import Number
from ..terms import Channel, Outcome
from .deciding import decide
from .folders import LONGEST_NAME, BadFolder, Files, People, moment_of, person_named
from .publishing import publish_version
from .starting import start_document
from .suggesting import suggest

COLUMNS = ["n", "date", "contributor", "summary", "text", "source_commit"]
WHY_NO_FOREWORD = "Imported history: the work was done elsewhere, before this project."
_UNMERGED = re.compile(r"`(unmerged/[^`]+)` by ([^`]+?), (\d{1,2} [A-Za-z]+ \d{4}), ([^;)`]+?)[;)]")


@dataclass(frozen=True)
class Change:
    """One step of the history: who changed the text to what, when and why."""

    contributor: str
    day: date
    summary: str
    text: str
    source: str


@dataclass(frozen=True)
class History:
    title: str
    changes: Sequence[Change]
    unanswered: Sequence[Change]
    fingerprint: str


def import_history(by: Any, folder: Path) -> UUID:
    """Make a project of the history in a folder; the same folder again gives the same project, unchanged."""
    history = read_history(folder)
    with transaction.atomic():
        known = project_queries.project_imported_from(history.fingerprint)
        return known.pk if known else _write(by, history)


def read_history(folder: Path) -> History:
    """Everything in the folder, checked; raises BadFolder before anything is written."""
    files = Files(folder)
    changes = list(_changes(files))
    if not changes:
        raise BadFolder("changes.csv: there is no change in it.")
    readme = files.text("README.md", optional=True)
    unanswered = list(_unanswered(files, readme))
    heading = re.search(r"^#\s+(.+?)\s*$", readme, re.MULTILINE)
    title = heading[1] if heading else folder.resolve().name
    return History(title[:LONGEST_NAME], changes, unanswered, files.fingerprint())


def _changes(files: Files) -> Iterator[Change]:
    sheet = files.text("changes.csv").removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(sheet, newline=""), strict=True)
    try:
        if next(rows, None) != COLUMNS:
            raise BadFolder(f"changes.csv: the first line must be {','.join(COLUMNS)}.")
        for number, row in enumerate(rows, 1):
            yield _change(files, number, row)
    except csv.Error as wrong:
        raise BadFolder(f"changes.csv, line {rows.line_num}: {wrong}.") from None


def _change(files: Files, number: int, row: list[str]) -> Change:
    def bad(what: str) -> BadFolder:
        return BadFolder(f"changes.csv, row {number}: {what}")

    if len(row) != len(COLUMNS):
        raise bad(f"it has {len(row)} cells instead of {len(COLUMNS)}.")
    n, when, contributor, summary, text, source = row
    if n != str(number):
        raise bad(f"it is numbered “{n}”.")
    try:
        name, why = clean_name(contributor), clean(summary).strip()
        day = clock.day_of(moment_of(when))
    except BadText as wrong:
        raise bad(str(wrong)) from None
    except ValueError:
        raise bad(f"“{when}” is not a date with a time and a time zone.") from None
    if not name or len(name) > LONGEST_NAME:
        raise bad("the name of the contributor is missing or too long.")
    if not why or not text.strip():
        raise bad("the summary or the name of the text is missing.")
    try:
        return Change(name, day, why, files.text(text), source)
    except BadFolder as wrong:
        raise bad(str(wrong)) from None


def _unanswered(files: Files, readme: str) -> Iterator[Change]:
    """The texts under unmerged/, each with what the README says of it."""
    prose = " ".join(readme.split())
    described = {name: (who, when, why) for name, who, when, why in _UNMERGED.findall(prose)}
    for path in sorted((files.folder / "unmerged").glob("*.md")):
        name = f"unmerged/{path.name}"
        if name not in described:
            raise BadFolder(
                f"{name}: README.md does not say by whom, when and why (`{name}` by NAME, DAY, WHY;)."
            )
        who, when, why = described[name]
        yield Change(person_named(name, who), _day(name, when), why.strip(), files.text(name), name)


def _day(where: str, words: str) -> date:
    day, month, year = words.split()
    months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
              "november", "december"]  # fmt: skip
    try:
        return date(int(year), months.index(month.lower()) + 1, int(day))
    except ValueError:
        raise BadFolder(f"{where}: “{words}” is not a date.") from None


def _write(by: Any, history: History) -> UUID:
    changes = history.changes
    first, last = min(change.day for change in changes), max(change.day for change in changes)
    project = projects.start_project(
        by=by, title=history.title, imported_from=history.fingerprint,
        summary=f"Imported history: {len(changes)} versions, {first:%d.%m.%Y} to {last:%d.%m.%Y}.",
    )  # fmt: skip
    document = start_document(
        by=by, project_id=project.pk, title=history.title, override=Override(WHY_NO_FOREWORD)
    )
    people = People(by)
    for number, change in enumerate(changes, 1):
        _accept(by, document, people, change, number)
    for change in history.unanswered:
        _suggest(by, document, people, change)
    return project.pk


def _accept(by: Any, document: Document, people: People, change: Change, number: int) -> None:
    suggestion = _suggest(by, document, people, change)
    decide(
        by=by, project_id=document.project_id, suggestion_id=suggestion.pk, outcome=Outcome.ACCEPTED,
        decided_on=change.day, place=change.source, imported=True,
    )  # fmt: skip
    publish_version(
        by=by, project_id=document.project_id, document_id=document.pk, number=Number(0, number), day=change.day,
        summary=change.summary, author=suggestion.author,
    )  # fmt: skip


def _suggest(by: Any, document: Document, people: People, change: Change) -> Any:
    document.refresh_from_db()
    blocks = [(id, block.text) for id, block in queries.text_now(document).alive()]
    edits = edits_between(blocks, change.text, joining=1)
    return suggest(
        by=by, project_id=document.project_id, document_id=document.pk, edits=edits,
        words="" if edits else change.summary, reason=change.summary, author=people.named(change.contributor),
        channel=Channel.IMPORT, said_on=change.day,
    )  # fmt: skip
