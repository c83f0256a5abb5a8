"""Is a record whole, or the sealing sheet of a round? No database and no settings.

A record needs the standard library and the arithmetic of the chain only.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain as one_after_another
from pathlib import Path
from typing import Any

from coproduce.core.ledger import chain

from . import agreement, archive

FORMAT = "coproduce.record/1"
LEDGER_FORMAT = "coproduce.ledger/1"
README, MANIFEST, LEDGER, DATA = "README.txt", "manifest.json", "ledger.json", "data.json"
VERSIONS = "versions/"
FIRST_WORDS = "Coproduce record, format 1"
WHOLE, BROKEN, NOT_A_RECORD = 0, 1, 2

_MARKS = (FIRST_WORDS.encode(), f'"{FORMAT}"'.encode())
_SHEET_MARK = b'"coproduce.sealing/1"'
_ENTRY = {*chain.SEALED_FACTS, "hash", "payload", "key"}
_WITHHELD = {"seq", "previous", "hash", "withheld"}
# Whoever opens the file by a wrong turn of a nested bracket gets a message, not a stop.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Problem:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class Report:
    exit_code: int
    summary: str
    problems: tuple[Problem, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For `coproduce verify --json`."""
        return asdict(self)


def run_verify(path: Path | str) -> Report:
    """0 whole, 1 broken with the entry or file named first, 2 not a record."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return Report(NOT_A_RECORD, f"The file cannot be read: {error.strerror}.")
    return verify(data)


def verify(data: bytes) -> Report:
    if data.lstrip()[:1] == b"{" and _SHEET_MARK in data:
        return _verify_sheet(data)
    if not any(mark in data for mark in _MARKS):
        return Report(NOT_A_RECORD, "This file is not a record made by Coproduce.")
    files = archive.files_in(data)
    if files is None:
        return _broken(
            [Problem("the archive", "it is damaged or cut off, and its files cannot be found")], {}
        )
    contents = dict(files)
    manifest = _manifest(contents.get(MANIFEST, b""))
    problems = list(
        one_after_another(
            _ledger_problems(contents.get(LEDGER, b""), manifest),
            _file_problems(files, manifest) if manifest else [_BAD_MANIFEST],
            _table_problems(contents),
        )
    ) or list(_byte_problems(data, files))
    facts = {**_facts(manifest), "noted": _noted(contents)}
    return _broken(problems, facts) if problems else Report(WHOLE, _whole(facts), (), facts)


def _verify_sheet(data: bytes) -> Report:
    """The sealing sheet of one round."""
    # Only here, so that checking a record needs the standard library alone.
    from coproduce.capabilities.rounds.rules import sheet

    try:
        read = sheet.read_sheet(data)
    except sheet.NotASheet:
        return Report(NOT_A_RECORD, "This file is not a sealing sheet made by Coproduce.")
    problems = tuple(Problem(fault.where, fault.what) for fault in sheet.faults_of(read, chain.entry_hash))
    if problems:
        return Report(BROKEN, "The sealing sheet is broken.", problems)
    facts = {"round": read["round"]["code"], "answers": len(read["answers"]), "root": read["root"]}
    words = f"The sealing sheet is whole: {facts['answers']} answers of round {facts['round']}. Root {facts['root']}."
    return Report(WHOLE, words, (), facts)


def root_of(manifest: Mapping[str, Any]) -> str:
    """One hash for the whole pack: of its manifest, which holds the hash of every file."""
    return hashlib.sha256(chain.canonical({k: v for k, v in manifest.items() if k != "root"})).hexdigest()


def ledger_heading(name: str, length: int, head: str) -> bytes:
    facts = {"format": LEDGER_FORMAT, "chain": name, "length": length, "head": head}
    return chain.canonical(facts)[:-1] + b',"entries":['


def _broken(problems: list[Problem], facts: Mapping[str, Any]) -> Report:
    return Report(BROKEN, "The record is broken.", tuple(problems), facts)


def _whole(facts: Mapping[str, Any]) -> str:
    words = f"The record is whole: {facts['entries']} entries and {facts['files']} files."
    if facts["noted"]:
        words += f" It says itself where its tables differ from the ledger, in {facts['noted']} values."
    return f"{words} Head {facts['head']}."


def _facts(manifest: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {
            "project": manifest["project"], "made_at": manifest["made_at"], "made_by": manifest["made_by"],
            "chain": manifest["chain"]["name"], "entries": manifest["chain"]["length"],
            "head": manifest["chain"]["head"], "files": len(manifest["files"]), "root": manifest["root"],
        }  # fmt: skip
    except _UNREADABLE:
        return {}


def _noted(contents: Mapping[str, bytes]) -> int:
    try:
        return len(json.loads(contents[DATA])["differences"])
    except _UNREADABLE:
        return 0


def _manifest(content: bytes) -> Mapping[str, Any]:
    try:
        manifest = json.loads(content)
        hashes = {file["path"]: (file["size"], file["sha256"]) for file in manifest["files"]}
        sound = manifest["format"] == FORMAT and manifest["root"] == root_of(manifest) and _facts(manifest)
    except _UNREADABLE:
        return {}
    return {**manifest, "hashes": hashes} if sound else {}


_BAD_MANIFEST = Problem(MANIFEST, "it is missing or changed: it does not give its own root hash")


def _file_problems(files: list[archive.File], manifest: Mapping[str, Any]) -> Iterator[Problem]:
    expected = dict(manifest["hashes"])
    for name, content in files:
        if name == MANIFEST:
            continue
        if name not in expected:
            yield Problem(name, "it is not in the manifest")
        elif expected.pop(name) != (len(content), hashlib.sha256(content).hexdigest()):
            yield Problem(name, "its content was changed")
    for name in expected:
        yield Problem(name, "it is missing")


def _byte_problems(data: bytes, files: list[archive.File]) -> Iterator[Problem]:
    """A pack for the same files has the same bytes, so that any other byte is a change."""
    offset = 0
    for piece in archive.pieces(files):
        if data[offset : offset + len(piece.data)] != piece.data:
            yield Problem(piece.of, f"its {piece.what} in the archive was changed")
            return
        offset += len(piece.data)
    if offset != len(data):
        yield Problem("the archive", "something was added after its end")


def _ledger_problems(content: bytes, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    lines = content.split(b"\n")
    entries = list(_entries(lines[1:-2]))
    name = str(manifest["chain"]["name"]) if manifest else _name_in(lines[0])
    readable = entries[: entries.index(None)] if None in entries else entries
    for fault in chain.faults(name, (entry for entry in readable if entry)):
        yield Problem(f"Entry {fault.seq}", fault.what)
    if len(readable) < len(entries):
        yield Problem(f"Entry {len(readable) + 1}", "it cannot be read")
        return
    head = str(entries[-1]["hash"]) if entries and entries[-1] else chain.GENESIS
    if [lines[0], *lines[-2:]] != [ledger_heading(name, len(entries), head), b"]}", b""]:
        yield Problem(LEDGER, "its heading or its end does not fit its entries")
    if manifest and manifest.get("chain") != {"name": name, "length": len(entries), "head": head}:
        yield Problem(LEDGER, "it does not end at the head that the manifest names")


def _name_in(heading: bytes) -> str:
    """The chain's name where the manifest cannot tell it."""
    try:
        return str(json.loads(heading + b"]}")["chain"])
    except _UNREADABLE:
        return ""


def _entries(lines: list[bytes]) -> Iterator[dict[str, Any] | None]:
    for place, line in enumerate(lines, start=1):
        yield _entry(line, last=place == len(lines))


def _entry(line: bytes, *, last: bool) -> dict[str, Any] | None:
    """The entry, or None unless it has all its facts and is spelled in the one way."""
    try:
        entry = json.loads(line if last else line.removesuffix(b","))
        spelled = chain.canonical(entry) + (b"" if last else b",")
    except _UNREADABLE:
        return None
    if not isinstance(entry, dict) or spelled != line:
        return None
    return entry if entry.keys() in (_ENTRY, _WITHHELD) else None


def _table_problems(contents: Mapping[str, bytes]) -> Iterator[Problem]:
    """What the tables and texts hold must be what the entries say."""
    try:
        entries = json.loads(contents[LEDGER])["entries"]
        data = json.loads(contents[DATA])
        noted = {tuple(one) for one in data["differences"]}
        for row in agreement.unknown_rows(entries, data["sections"]):
            yield Problem(f"{row.table} {row.id}", "no entry of the ledger speaks of it")
        for one in agreement.differences(entries, data["sections"]):
            if one not in noted:
                yield Problem(f"{one.table} {one.id}", f"its {one.column} is not what the ledger says")
        texts = (content for name, content in contents.items() if name.startswith(VERSIONS))
        for seq in agreement.changed_texts(entries, texts):
            yield Problem(f"Entry {seq}", "the text of its version is not the one that was published")
    except _UNREADABLE:
        # What cannot be read is named by the other checks: its bytes differ from the manifest's.
        return
