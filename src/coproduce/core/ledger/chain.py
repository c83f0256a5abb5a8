"""The arithmetic of the chain: pure, so that the verifier needs nothing else.

An entry's hash covers its public facts and a keyed digest of its payload, never the payload itself:
payload and key can be erased and the chain still holds.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

GENESIS = "0" * 64
_DOMAIN = b"coproduce/ledger/v1\x00"

# The facts under the hash, in the words of the export.
SEALED_FACTS = (
    "chain", "seq", "at", "actor", "on_behalf_of", "verb", "object_kind", "object_id", "payload_digest", "previous",
)  # fmt: skip


def canonical(value: object) -> bytes:
    """One spelling for one value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def payload_digest(key: bytes, payload: Mapping[str, Any]) -> str:
    """HMAC-SHA256, because the bare hash of a short text can be guessed."""
    return hmac.new(key, canonical(payload), hashlib.sha256).hexdigest()


def entry_hash(facts: Mapping[str, Any]) -> str:
    sealed = {name: facts[name] for name in SEALED_FACTS}
    return hashlib.sha256(_DOMAIN + canonical(sealed)).hexdigest()


class Fault(NamedTuple):
    """What is wrong with the entry at one place of a chain."""

    seq: int
    what: str


def withheld(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of which nobody may know yet more than its place: the chain holds, and says nothing of it."""
    place = {name: entry[name] for name in ("seq", "previous", "hash")}
    return {**place, "withheld": _check_of(place)}


def faults(chain: str, entries: Iterable[Mapping[str, Any]]) -> Iterator[Fault]:
    """Walk a chain from its first entry; `payload` and `key` of an entry are None once they are erased."""
    follows: tuple[str, ...] = (GENESIS,)
    for seq, entry in enumerate(entries, start=1):
        made = _made_hash(entry)
        if entry["seq"] != seq:
            yield Fault(seq, f"an entry is missing or moved: entry {entry['seq']} stands in its place")
        elif made != entry["hash"]:
            yield Fault(seq, "its facts do not give its hash")
        elif entry["previous"] not in follows:
            yield Fault(seq, "it does not follow the entry before it")
        elif "withheld" not in entry and entry["chain"] != chain:
            yield Fault(seq, "it belongs to another chain")
        elif "withheld" not in entry and not _words_fit(entry):
            yield Fault(seq, "its words do not give its digest")
        # The entry after a wrong one is judged on its own, so that one change names one entry.
        follows = (entry["hash"], made)


def _made_hash(entry: Mapping[str, Any]) -> str:
    if "withheld" not in entry:
        return entry_hash(entry)
    place = {name: value for name, value in entry.items() if name != "withheld"}
    return str(entry["hash"]) if entry["withheld"] == _check_of(place) else ""


def _check_of(place: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(place)).hexdigest()


def _words_fit(entry: Mapping[str, Any]) -> bool:
    payload, key = entry["payload"], entry["key"]
    if payload is None and key is None:
        return True
    try:
        return bool(payload_digest(bytes.fromhex(key), payload) == entry["payload_digest"])
    except (TypeError, ValueError):
        return False
