"""One fingerprint over everything that a stretch of operations says: altering any field of any of them shows.

It stands among the words of the ledger's entry about the change, and the entry in the project's chain.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

SEALED = (
    "seq", "kind", "block", "after", "start", "removed", "inserted", "runs", "author", "suggestion", "decision",
    "day", "at",
)  # fmt: skip


class Seal(NamedTuple):
    """What the ledger keeps of the operations from `first` to `last`."""

    document: str
    first: int
    last: int
    fingerprint: str


def fingerprint(rows: Iterable[Mapping[str, Any]]) -> str:
    """Of operations with the fields of `SEALED`, each value spelled as the ledger spells it."""
    steps = [[row[name] for name in SEALED] for row in rows]
    return sha256(json.dumps(steps, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def broken(seals: Sequence[Seal], rows: Sequence[Mapping[str, Any]], unknown: int = 0) -> Iterator[int]:
    """The first operation of each stretch that is not as it was written; `unknown` seals were erased.

    Operations that no seal covers are reported too, unless an erased one may have covered them.
    """
    by_seq = {row["seq"]: row for row in rows}
    covered = set[int]()
    for seal in seals:
        stretch = range(seal.first, seal.last + 1)
        covered.update(stretch)
        found = [by_seq[seq] for seq in stretch if seq in by_seq]
        if len(found) != len(stretch) or fingerprint(found) != seal.fingerprint:
            yield seal.first
    if not unknown:
        yield from sorted(by_seq.keys() - covered)[:1]
