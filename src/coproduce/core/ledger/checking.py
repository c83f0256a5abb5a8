"""Is the ledger in this database whole? For `coproduce doctor`, for backups, and for tests after a crash."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS

from ..models import Chain, Entry, Payload
from . import chain as arithmetic
from .writing import facts_of

_AT_ONCE = 500


@dataclass(frozen=True)
class Wrong:
    chain: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"Entry {self.seq} of {self.chain}: {self.what}."


@dataclass
class Checked:
    chains: int = 0
    entries: int = 0
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.wrong


def verify_database(project_id: UUID | None = None, *, using: str = DEFAULT_DB_ALIAS) -> Checked:
    """Walk one project's chain, or every chain; `wrong` names the first wrong entry of each."""
    chains = Chain.objects.using(using).order_by("name")
    if project_id is not None:
        chains = chains.filter(name=str(project_id))
    checked = Checked()
    for chain in chains:
        checked.chains += 1
        checked.entries += chain.length
        first = next(_wrongs_of(chain, using), None)
        if first:
            checked.wrong.append(first)
    return checked


def entries_of(chain: str, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[dict[str, Any]]:
    """The whole chain in order, in the spelling that `chain.faults` and the record read."""
    rows = Entry.objects.using(using).filter(chain_id=chain).order_by("seq").iterator(_AT_ONCE)
    for some in _batches(rows):
        payloads = Payload.objects.using(using).in_bulk([entry.pk for entry in some])
        for entry in some:
            yield {**facts_of(entry), "hash": entry.hash, **_words_of(payloads.get(entry.pk))}


def _wrongs_of(chain: Chain, using: str) -> Iterator[Wrong]:
    length, head = 0, arithmetic.GENESIS

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal length, head
        for entry in entries_of(chain.name, using=using):
            length, head = length + 1, entry["hash"]
            yield entry

    for fault in arithmetic.faults(chain.name, counted()):
        yield Wrong(chain.name, fault.seq, fault.what)
    if length != chain.length:
        yield Wrong(
            chain.name, length + 1, f"the chain's head counts {chain.length} entries, {length} are there"
        )
    if head != chain.head:
        yield Wrong(chain.name, length, "it is not the entry that the chain's head names")


def entries_without_object() -> list[Wrong]:
    """Entries whose object is not in its table: lost, or removed on purpose by an operation that removes."""
    found = []
    for kind in _kinds():
        keys = {str(key) for key in _model(kind).objects.values_list("pk", flat=True)}
        entries = Entry.objects.filter(object_kind=kind).order_by("chain_id", "seq")
        for chain, seq, id in entries.values_list("chain_id", "seq", "object_id").iterator():
            if id not in keys:
                found.append(Wrong(chain, seq, f"its {kind} {id} is not there"))
    return found


def objects_without_entry(*, together: Collection[str] = ()) -> list[str]:
    """Objects, of the kinds that the ledger knows, that no entry speaks of.

    `together` names the kinds of which many are written at once under one entry.
    """
    found = []
    for kind in (kind for kind in _kinds() if kind not in together):
        known = set(Entry.objects.filter(object_kind=kind).values_list("object_id", flat=True))
        keys = _model(kind).objects.values_list("pk", flat=True)
        found += [f"{kind} {key}" for key in keys if str(key) not in known]
    return found


def _kinds() -> list[str]:
    return sorted(set(Entry.objects.values_list("object_kind", flat=True).order_by().distinct()))


def _model(kind: str) -> Any:
    return apps.get_model(kind)


def _words_of(payload: Payload | None) -> Mapping[str, Any]:
    if payload is None:
        return {"payload": None, "key": None}
    return {"payload": payload.content, "key": bytes(payload.key).hex()}


def _batches(rows: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
