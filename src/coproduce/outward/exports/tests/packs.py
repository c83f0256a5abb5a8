"""A small record made by hand, as if by a project of four entries; no database."""

import hashlib
import json
from typing import Any

from coproduce.core.ledger import chain

from .. import archive
from ..verify import DATA, FIRST_WORDS, FORMAT, LEDGER, MANIFEST, README, ledger_heading, root_of

PROJECT = "01890a5d-ac96-774b-bcce-b302099a8057"
_BARRIER = "01890a5d-ac96-774b-bcce-b302099a80{:02}"


def entries(count: int = 4, **changed: Any) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for seq in range(1, count + 1):
        key, payload = bytes([seq] * 32), {"before": None, "after": {"words": f"Nobody rang back – {seq}×"}}
        facts = {
            "chain": PROJECT, "seq": seq, "at": f"2025-01-13T09:00:0{seq}.000000Z", "actor": PROJECT,
            "on_behalf_of": None, "verb": "barriers.add", "object_kind": "barriers.barrier",
            "object_id": _BARRIER.format(seq), "payload_digest": chain.payload_digest(key, payload),
            "previous": made[-1]["hash"] if made else chain.GENESIS,
        }  # fmt: skip
        made.append({**facts, "hash": chain.entry_hash(facts), "payload": payload, "key": key.hex()})
    return made


def ledger(made: list[dict[str, Any]], *, head: str | None = None, length: int | None = None) -> bytes:
    heading = ledger_heading(PROJECT, length or len(made), head or made[-1]["hash"])
    return heading + b"\n" + b",\n".join(chain.canonical(entry) for entry in made) + b"\n]}\n"


def data(made: list[dict[str, Any]]) -> bytes:
    rows = [
        {
            "id": entry["object_id"],
            "words": entry["payload"]["after"].get("words", "") if entry["payload"] else "",
        }
        for entry in made
        if "object_id" in entry
    ]
    table = {"name": "barriers", "kind": "barriers.barrier", "rows": rows}
    sections = [{"name": "barriers", "tables": [table]}]
    return json.dumps({"sections": sections, "differences": []}).encode()


def pack(made: list[dict[str, Any]] | None = None, **contents: bytes) -> bytes:
    """A record as its maker would write it: `contents` replaces a file before the manifest is made."""
    made = made or entries()
    files = {
        README: FIRST_WORDS.encode() + b"\n", "index.html": b"<!doctype html>", LEDGER: ledger(made), DATA: data(made),
        "tables/barriers.csv": b"id\r\n", "versions/plan/0.1.md": "# Plan – 1\n".encode(),
    }  # fmt: skip
    files |= {name.replace("__", "."): content for name, content in contents.items()}
    listed = [
        {"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    manifest: dict[str, Any] = {
        "format": FORMAT, "made_at": "2025-10-15T12:00:00.000000Z", "made_by": "coproduce 0",
        "project": {"id": PROJECT, "title": "Home After Hospital"}, "files": listed,
        "chain": {"name": PROJECT, "length": len(made), "head": made[-1]["hash"]},
    }  # fmt: skip
    manifest["root"] = root_of(manifest)
    return zipped({**files, MANIFEST: json.dumps(manifest, indent=1).encode()})


def zipped(files: dict[str, bytes]) -> bytes:
    return b"".join(piece.data for piece in archive.pieces(archive.File(*file) for file in files.items()))


def flipped(pack: bytes, at: int, by: int = 1) -> bytes:
    return pack[:at] + bytes([pack[at] ^ by]) + pack[at + 1 :]
