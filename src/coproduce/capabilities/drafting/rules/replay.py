"""The text as what remains of a list of small operations: each character knows the operation that wrote it.

Places are counted in characters, though every edit begins and ends between two tokens: stored history
must not depend on how a later release cuts words. A block's id is the number of the operation that wrote
it, so ids are permanent and never used again.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

TOP = 0  # "after block 0" is the beginning of the document


class OpKind(StrEnum):
    INSERT_BLOCK = "insert_block"
    REPLACE = "replace"
    DELETE_BLOCK = "delete_block"


class AnyOp(Protocol):
    """What replaying needs of an operation; a table row and `Op` both fit."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def block(self) -> int: ...
    @property
    def after(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def removed(self) -> str: ...
    @property
    def inserted(self) -> str: ...


class Op(NamedTuple):
    """One step: new words after a block, other words in a block, or a block taken out."""

    seq: int
    kind: str
    block: int
    after: int = TOP
    start: int = 0
    removed: str = ""
    inserted: str = ""


class Run(NamedTuple):
    """So many characters, written by one operation."""

    seq: int
    length: int


class CannotReplay(ValueError):  # noqa: N818  (the name says what happened)
    """An operation does not fit the text that it claims to change."""


@dataclass(slots=True)
class Block:
    """One block as it stands: its exact text and who wrote which stretch."""

    text: str
    runs: list[Run]
    alive: bool = True

    def copy(self) -> "Block":
        return Block(self.text, list(self.runs), self.alive)


@dataclass(slots=True)
class State:
    """All blocks at one moment. Removed blocks keep their place, empty, so that places stay exact."""

    seq: int = 0
    order: list[int] = field(default_factory=list)
    blocks: dict[int, Block] = field(default_factory=dict)

    def alive(self) -> Iterator[tuple[int, Block]]:
        """The blocks that still stand, in order."""
        return ((id, self.blocks[id]) for id in self.order if self.blocks[id].alive)

    def text(self) -> str:
        return "".join(block.text for _, block in self.alive())

    def copy(self) -> "State":
        return State(self.seq, list(self.order), {id: block.copy() for id, block in self.blocks.items()})


def replay(ops: Iterable[AnyOp], start: State | None = None) -> State:
    """The text after these operations, which must follow `start` without a gap."""
    state = start.copy() if start else State()
    for op in ops:
        apply(state, op)
    return state


def apply(state: State, op: AnyOp) -> None:
    """Carry out one operation on `state`, which must be exactly the state that it was made for."""
    if op.seq != state.seq + 1:
        raise CannotReplay(f"operation {op.seq} does not follow {state.seq}")
    if op.kind == OpKind.INSERT_BLOCK:
        _insert(state, op)
    elif op.kind == OpKind.REPLACE:
        _replace(_standing(state, op), op)
    else:
        _delete(_standing(state, op), op)
    state.seq = op.seq


def to_snapshot(state: State) -> list[Any]:
    """A state as JSON: `[id, text, [[seq, length], …]]` a block, `[id, null]` where one was removed."""
    return [_row(id, state.blocks[id]) for id in state.order]


def from_snapshot(seq: int, rows: Sequence[Any]) -> State:
    """The state that `to_snapshot` wrote down."""
    state = State(seq, [row[0] for row in rows])
    for id, text, *runs in rows:
        alive = text is not None
        state.blocks[id] = Block(text or "", [Run(*run) for run in runs[0]] if alive else [], alive)
    return state


def digest(ops: Iterable[AnyOp]) -> str:
    """The fingerprint of some operations, for the ledger: altering any of them shows."""
    steps = [[op.seq, op.kind, op.block, op.after, op.start, op.removed, op.inserted] for op in ops]
    return sha256(json.dumps(steps, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def spliced(runs: Sequence[Run], start: int, end: int, new: Run | None) -> list[Run]:
    """The runs after the characters from `start` to `end` gave way to a new run."""
    made = cut(runs, 0, start)
    if new:
        made.append(new)
    return made + cut(runs, end, sum(run.length for run in runs))


def cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    """The runs of the characters from `start` to `end`."""
    made: list[Run] = []
    at = 0
    for run in runs:
        length = min(end, at + run.length) - max(start, at)
        if length > 0:
            made.append(Run(run.seq, length))
        at += run.length
    return made


def _row(id: int, block: Block) -> list[Any]:
    return [id, block.text, [list(run) for run in block.runs]] if block.alive else [id, None]


def _insert(state: State, op: AnyOp) -> None:
    if op.block != op.seq:
        raise CannotReplay(f"operation {op.seq} names its new block {op.block}")
    if op.after == (state.order[-1] if state.order else TOP):
        state.order.append(op.block)
    elif op.after == TOP:
        state.order.insert(0, op.block)
    elif op.after in state.blocks:
        state.order.insert(state.order.index(op.after) + 1, op.block)
    else:
        raise CannotReplay(f"operation {op.seq} stands after an unknown block {op.after}")
    state.blocks[op.block] = Block(op.inserted, [Run(op.seq, len(op.inserted))] if op.inserted else [])


def _standing(state: State, op: AnyOp) -> Block:
    block = state.blocks.get(op.block)
    if block is None or not block.alive:
        raise CannotReplay(f"operation {op.seq} changes block {op.block}, which is not there")
    if block.text[op.start : op.start + len(op.removed)] != op.removed:
        raise CannotReplay(f"operation {op.seq} removes other words than block {op.block} has")
    return block


def _replace(block: Block, op: AnyOp) -> None:
    end = op.start + len(op.removed)
    if op.start > len(block.text):
        raise CannotReplay(f"operation {op.seq} begins past the end of block {op.block}")
    new = Run(op.seq, len(op.inserted)) if op.inserted else None
    block.runs = spliced(block.runs, op.start, end, new)
    block.text = block.text[: op.start] + op.inserted + block.text[end:]


def _delete(block: Block, op: AnyOp) -> None:
    if block.text != op.removed:
        raise CannotReplay(f"operation {op.seq} removes other words than block {op.block} has")
    block.text, block.runs, block.alive = "", [], False
