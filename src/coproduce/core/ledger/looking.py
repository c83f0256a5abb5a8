"""What may be shown of the ledger without its words: the head of a chain, and the entries about some things."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..models import Chain, Entry
from . import chain as arithmetic
from .writing import facts_of


@dataclass(frozen=True)
class Head:
    """The newest hash of a chain. Whoever keeps it can later show that nothing before it was changed."""

    length: int
    hash: str


def head_of(chain: str) -> Head:
    """One query."""
    found = Chain.objects.filter(name=chain).first()
    return Head(found.length, found.head) if found else Head(0, arithmetic.GENESIS)


def entries_about(chain: str, things: Collection[UUID]) -> list[dict[str, Any]]:
    """The facts and the hash of each entry about one of these things, in the order of the chain; one query."""
    rows = Entry.objects.filter(chain_id=chain, object_id__in=[str(id) for id in things]).order_by("seq")
    return [{**facts_of(entry), "hash": entry.hash} for entry in rows]
