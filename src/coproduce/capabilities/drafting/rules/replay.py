"""The text as what remains of a list of small operations: each character knows the operation that wrote it.

Places are counted in characters, though every edit begins and ends between two tokens: stored history
must not depend on how a later release cuts words. A block's id is the number of the operation that wrote
it, so ids are permanent and never used again. What kind a block is, bold and links stand in its own words;
a paragraph parted in two, or two joined, are words that change their place and keep their writers (`runs`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

TOP = 0  # "after block 0" is the beginning of the document


class OpKind(StrEnum):
    INSERT_BLOCK = "insert_block"
    REPLACE = "replace"
    DELETE_BLOCK = "delete_block"
    RESTORE_BLOCK = "restore_block"
    MOVE_BLOCK = "move_block"


Runs = Sequence[Sequence[int]]


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
    @property
    def runs(self) -> Runs | None: ...


class Op(NamedTuple):
    """One step: new words after a block, other words in a block; a block taken out, brought back or moved.

    `runs` says who wrote the words that an operation puts in, where they stood in the text before:
    `[[operation, characters], …]`. Without it they are this operation's own.
    """

    seq: int
    kind: str
    block: int
    after: int = TOP
    start: int = 0
    removed: str = ""
    inserted: str = ""
    runs: Runs | None = None


class Run(NamedTuple):
    """So many characters, written by one operation."""

    seq: int
    length: int


class CannotReplay(ValueError):  # noqa: N818  (the name says what happened)
    """An operation does not fit the text that it claims to change."""


@dataclass(slots=True)
class Block:
    """One block: its exact text, or the text that it had when it was taken out, and who wrote which stretch."""

    text: str
    runs: list[Run]
    alive: bool = True

    def copy(self) -> "Block":
        return Block(self.text, list(self.runs), self.alive)


@dataclass(slots=True)
class State:
    """All blocks at one moment. Removed blocks keep their place, so that places stay exact."""

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
    carry_out = _DO.get(op.kind)
    if carry_out is None:
        raise CannotReplay(f"operation {op.seq} is of an unknown kind")
    carry_out(state, op)
    state.seq = op.seq


def to_snapshot(state: State) -> list[Any]:
    """A state as JSON: `[id, text, [[seq, length], …]]` a block, `[id, null, runs, text]` one that was removed."""
    return [_row(id, state.blocks[id]) for id in state.order]


def from_snapshot(seq: int, rows: Sequence[Any]) -> State:
    """The state that `to_snapshot` wrote down."""
    state = State(seq, [row[0] for row in rows])
    for id, text, runs, *removed in rows:
        state.blocks[id] = Block(
            text if text is not None else removed[0], [Run(*run) for run in runs], not removed
        )
    return state


def spliced(runs: Sequence[Run], start: int, end: int, new: Sequence[Run]) -> list[Run]:
    """The runs after the characters from `start` to `end` gave way to new ones."""
    before, rest = _parted(runs, start)
    _gone, after = _parted(rest, end - start)
    for some in (new, after):
        if some and before and before[-1].seq == some[0].seq:
            before[-1] = Run(some[0].seq, before[-1].length + some[0].length)
            before += some[1:]
        else:
            before += some
    return before


def _parted(runs: Sequence[Run], at: int) -> tuple[list[Run], Sequence[Run]]:
    for place, (seq, length) in enumerate(runs):
        if at < length:
            if not at:
                return list(runs[:place]), runs[place:]
            return [*runs[:place], Run(seq, at)], [Run(seq, length - at), *runs[place + 1 :]]
        at -= length
    return list(runs), []


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


def merged(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of one writer as one, so that words brought back leave no seam."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].seq == run.seq:
            made[-1] = Run(run.seq, made[-1].length + run.length)
        else:
            made.append(run)
    return made


def written(op: AnyOp) -> list[Run]:
    """Who wrote the words that an operation puts in."""
    if not op.runs:
        return [Run(op.seq, len(op.inserted))] if op.inserted else []
    runs = merged([Run(*run) for run in op.runs])
    if sum(run.length for run in runs) != len(op.inserted):
        raise CannotReplay(f"operation {op.seq} names the writers of other words than it puts in")
    if any(run.length < 1 or not 0 < run.seq <= op.seq for run in runs):
        raise CannotReplay(f"operation {op.seq} names a writer that cannot be")
    return runs


def _row(id: int, block: Block) -> list[Any]:
    runs = [list(run) for run in block.runs]
    return [id, block.text, runs] if block.alive else [id, None, runs, block.text]


def _insert(state: State, op: AnyOp) -> None:
    if op.block != op.seq:
        raise CannotReplay(f"operation {op.seq} names its new block {op.block}")
    _stand(state, op)
    state.blocks[op.block] = Block(op.inserted, written(op))


def _stand(state: State, op: AnyOp) -> None:
    """Put a block, which has no place yet, into the order."""
    if op.after == (state.order[-1] if state.order else TOP):
        state.order.append(op.block)
    elif op.after == TOP:
        state.order.insert(0, op.block)
    elif op.after in state.blocks and op.after != op.block:
        state.order.insert(state.order.index(op.after) + 1, op.block)
    else:
        raise CannotReplay(f"operation {op.seq} stands after an unknown block {op.after}")


def _standing(state: State, op: AnyOp) -> Block:
    block = state.blocks.get(op.block)
    if block is None or not block.alive:
        raise CannotReplay(f"operation {op.seq} changes block {op.block}, which is not there")
    if block.text[op.start : op.start + len(op.removed)] != op.removed:
        raise CannotReplay(f"operation {op.seq} removes other words than block {op.block} has")
    return block


def _replace(state: State, op: AnyOp) -> None:
    block, end = _standing(state, op), op.start + len(op.removed)
    if op.start > len(block.text):
        raise CannotReplay(f"operation {op.seq} begins past the end of block {op.block}")
    block.runs = spliced(block.runs, op.start, end, written(op))
    block.text = block.text[: op.start] + op.inserted + block.text[end:]


def _delete(state: State, op: AnyOp) -> None:
    block = _standing(state, op)
    if block.text != op.removed:
        raise CannotReplay(f"operation {op.seq} removes other words than block {op.block} has")
    block.alive = False


def _restore(state: State, op: AnyOp) -> None:
    block = state.blocks.get(op.block)
    if block is None or block.alive or block.text != op.inserted:
        raise CannotReplay(
            f"operation {op.seq} brings back a block {op.block} that was not taken out like this"
        )
    block.alive = True


def _move(state: State, op: AnyOp) -> None:
    _standing(state, op)
    if op.after == op.block or (op.after != TOP and op.after not in state.blocks):
        raise CannotReplay(f"operation {op.seq} moves block {op.block} after {op.after}, which is not there")
    state.order.remove(op.block)
    _stand(state, op)


_DO: dict[str, Callable[[State, AnyOp], None]] = {
    OpKind.INSERT_BLOCK: _insert,
    OpKind.REPLACE: _replace,
    OpKind.DELETE_BLOCK: _delete,
    OpKind.RESTORE_BLOCK: _restore,
    OpKind.MOVE_BLOCK: _move,
}
