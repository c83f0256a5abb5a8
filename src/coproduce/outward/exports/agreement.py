"""Do the tables and texts of a record say what its ledger says? Standard library only, as the verifier is."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

Entries = Iterable[Mapping[str, Any]]
Sections = Sequence[Mapping[str, Any]]
_TEXT = "text_sha256"


class Difference(NamedTuple):
    """A value in a table that is not the last one that the ledger gives it."""

    table: str
    id: str
    column: str


def unknown_rows(entries: Entries, sections: Sections) -> Iterator[Difference]:
    """Rows that no entry speaks of. What is not open yet has no identifier."""
    known = {(entry.get("object_kind"), entry.get("object_id")) for entry in entries}
    for table, row in _rows(sections):
        if (table["kind"], row["id"]) not in known:
            yield Difference(table["name"], row["id"], "")


def differences(entries: Entries, sections: Sections) -> Iterator[Difference]:
    """Values that were changed past the ledger."""
    last = _last_values(entries)
    for table, row in _rows(sections):
        told = last.get((table["kind"], row["id"]), {})
        for column in sorted(told.keys() & row.keys()):
            if not _is_same(told[column], row[column]):
                yield Difference(table["name"], row["id"], column)


def changed_texts(entries: Entries, texts: Iterable[bytes]) -> Iterator[int]:
    """The entries whose version has another text in the pack than it was published with."""
    there = {hashlib.sha256(text).hexdigest() for text in texts}
    for entry in entries:
        published = _after(entry).get(_TEXT)
        if entry.get("object_kind") == "drafting.version" and published and published not in there:
            yield entry["seq"]


def _rows(sections: Sections) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for section in sections:
        for table in section["tables"]:
            for row in table["rows"] if table["kind"] else ():
                if "id" in row:
                    yield table, row


def _last_values(entries: Entries) -> dict[tuple[str, str], dict[str, Any]]:
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        if _after(entry):
            last.setdefault((entry["object_kind"], entry["object_id"]), {}).update(_after(entry))
    return last


def _after(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing for what is withheld or erased."""
    return (entry.get("payload") or {}).get("after") or {}


def _is_same(told: Any, kept: Any) -> bool:
    """Lists and mappings are not compared: an entry may spell them in another way than a table."""
    if isinstance(told, list | dict) or isinstance(kept, list | dict) or told == kept:
        return True
    return _number(told) is not None and _number(told) == _number(kept)


def _number(value: Any) -> Decimal | None:
    """Databases add noughts to an amount."""
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
