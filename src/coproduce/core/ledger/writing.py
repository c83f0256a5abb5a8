"""Appending: one entry, in the transaction of the change that it records."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from .. import clock
from ..models import Chain, Entry, Payload
from ..prepared import Prepared, PreparedInsert
from . import chain as arithmetic

INSTALLATION = "installation"


def append(
    *,
    chain: str,
    actor: UUID,
    verb: str,
    thing: models.Model,
    payload: Mapping[str, Any],
    on_behalf_of: UUID | None = None,
    request_key: UUID | None = None,
) -> Entry:
    """Add an entry to the end of its chain; the row lock on the head makes writers take turns."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An entry belongs in the transaction of the change that it records.")
    head = _lock_head(chain)
    content = plain(payload)
    key = secrets.token_bytes(32)
    entry = Entry(
        chain=head, seq=head.length + 1, at=clock.now(), actor=actor, on_behalf_of=on_behalf_of, verb=verb,
        object_kind=thing._meta.label_lower, object_id=str(thing.pk),
        payload_digest=arithmetic.payload_digest(key, content), previous=head.head, request_key=request_key,
    )  # fmt: skip
    entry.hash = arithmetic.entry_hash(facts_of(entry))
    _entries.write(entry)
    _payloads.write(Payload(entry=entry, key=key, content=content))
    _move_head(head, entry)
    return entry


def facts_of(entry: Entry) -> dict[str, Any]:
    """The facts of an entry in the spelling that its hash covers and that the export prints."""
    return {
        "chain": entry.chain_id, "seq": entry.seq, "at": spelled(entry.at), "actor": str(entry.actor),
        "on_behalf_of": str(entry.on_behalf_of) if entry.on_behalf_of else None, "verb": entry.verb,
        "object_kind": entry.object_kind, "object_id": entry.object_id,
        "payload_digest": entry.payload_digest, "previous": entry.previous,
    }  # fmt: skip


def spelled(moment: datetime) -> str:
    """Microseconds always, so that databases which drop trailing noughts change nothing."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Any:
    """The value in JSON's own types; anything else is a mistake of the caller."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return spelled(value)
        case date():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case Mapping():
            return {str(name): plain(inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(inner) for inner in value]
        case _:
            raise TypeError(f"The ledger cannot hold a {type(value).__name__}.")


def _head_of(name: str) -> models.QuerySet[Any, Any]:
    # SQLite has no row locks and needs none: its writers take turns.
    return Chain.objects.select_for_update(no_key=True).filter(pk=name).values_list("name", "length", "head")


_heads = Prepared(_head_of)


_entries, _payloads = PreparedInsert(Entry), PreparedInsert(Payload)
_MOVE = f'UPDATE "{Chain._meta.db_table}" SET length = %s, head = %s WHERE name = %s'


def _move_head(head: Chain, entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [entry.seq, entry.hash, head.pk])
    head.length, head.head = entry.seq, entry.hash


def _lock_head(name: str) -> Chain:
    found = _heads.rows(name=name)
    if not found:
        Chain.objects.bulk_create([Chain(name=name, head=arithmetic.GENESIS)], ignore_conflicts=True)
        found = _heads.rows(name=name)
    [row] = found
    return Chain.from_db("default", ("name", "length", "head"), row)
