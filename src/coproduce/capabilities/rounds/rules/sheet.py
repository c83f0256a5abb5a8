"""The sealing sheet of a round, checked: whoever holds the file can do this, without the product's database.

What it shows: these answers, and no others, were fixed by the root before anything was read; each is the one that its
commitment fixed; and the order of the reading follows from the root alone. `docs/verify_round.py` does the same.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import sealing
from .reading import reading_order

FORMAT = "coproduce.sealing/1"
EntryHash = Callable[[Mapping[str, Any]], str]
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Fault(NamedTuple):
    where: str
    what: str


class NotASheet(ValueError):
    """The file is not a sealing sheet."""


@dataclass(frozen=True)
class _InOrder:
    lot: str
    is_leader: bool


def read_sheet(content: bytes) -> dict[str, Any]:
    try:
        sheet = json.loads(content)
    except (ValueError, RecursionError):
        raise NotASheet from None
    if not isinstance(sheet, dict) or sheet.get("format") != FORMAT:
        raise NotASheet
    return sheet


def faults_of(sheet: Mapping[str, Any], entry_hash: EntryHash) -> list[Fault]:
    """Everything that does not fit; nothing when the sheet is whole. `entry_hash` is the ledger's."""
    try:
        return [*_first(sheet), *_order(sheet), *_late(sheet), *_second(sheet), *_ledger(sheet, entry_hash)]
    except _UNREADABLE:
        return [Fault("the sheet", "a part of it is missing or cannot be read")]


def _first(sheet: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _each(sheet, sheet["answers"], part=1)
    if _root(sheet["answers"]) != sheet["root"]:
        yield Fault("the root", "the commitments do not give it")
    if sealing.order_seed(bytes.fromhex(sheet["root"]), sheet["round"]["prompt"]).hex() != sheet["seed"]:
        yield Fault("the seed", "the root and the round do not give it")


def _each(sheet: Mapping[str, Any], answers: list[Any], *, part: int) -> Iterator[Fault]:
    seats = set()
    for answer in answers:
        name = f"answer {answer['receipt']}"
        if sealing.receipt(bytes.fromhex(answer["commitment"])) != answer["receipt"]:
            yield Fault(name, "the receipt is not the one of its commitment")
        if "answer" not in answer:
            continue
        place = answer["place"]
        about = {"session": sheet["round"]["session"], "prompt": sheet["round"]["prompt"], "round": part}
        if any(place[key] != value for key, value in about.items()) or place["seat"] in seats:
            yield Fault(name, "it stands in another round, or its person answers twice")
        seats.add(place["seat"])
        made = sealing.commitment(place, bytes.fromhex(answer["nonce"]), answer["answer"])
        if made.hex() != answer["commitment"]:
            yield Fault(name, "its words and its nonce do not give its commitment")


def _order(sheet: Mapping[str, Any]) -> Iterator[Fault]:
    if sheet["order"] is None:
        return
    seed = bytes.fromhex(sheet["seed"])
    on_time = [one for one in sheet["answers"] if not one["late"]]
    drawn = reading_order(seed, [_InOrder(one["commitment"], one["leader"]) for one in on_time])
    if [one.lot for one in drawn] != sheet["order"]:
        yield Fault("the order", "the seed and the answers do not give it")


def _late(sheet: Mapping[str, Any]) -> Iterator[Fault]:
    """No root covers what came late; its words must still fit."""
    yield from _each(sheet, sheet["late"], part=1)


def _second(sheet: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _each(sheet, sheet["second_answers"], part=2)
    if sheet["second_root"] and _root(sheet["second_answers"]) != sheet["second_root"]:
        yield Fault("the root of the second answers", "the commitments do not give it")


def _ledger(sheet: Mapping[str, Any], entry_hash: EntryHash) -> Iterator[Fault]:
    for entry in sheet["ledger"]:
        if entry_hash(entry) != entry["hash"]:
            yield Fault(f"ledger entry {entry['seq']}", "its facts do not give its hash")


def _root(answers: list[Any]) -> str:
    return sealing.root(bytes.fromhex(answer["commitment"]) for answer in answers).hex()
