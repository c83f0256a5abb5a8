"""Taking operations back: by further operations, for the past stays on the record."""

from collections.abc import Iterable, Sequence

from .replay import TOP, AnyOp, Op, OpKind, State, apply, cut


def undone(ops: Sequence[AnyOp], before: State) -> list[Op]:
    """The operations that, after `ops`, give back the text, the writers and the order of `before`."""
    state, backwards = before.copy(), list[Op]()
    for op in ops:
        backwards.append(_opposite(op, state))
        apply(state, op)
    seq = state.seq
    return [op._replace(seq=seq + number) for number, op in enumerate(reversed(backwards), 1)]


def without_what_was_taken_back(ops: Iterable[AnyOp]) -> list[AnyOp]:
    """The operations on one block that still count: each pair of a step and its opposite leaves no trace."""
    left: list[AnyOp] = []
    for op in ops:
        if left and _takes_back(op, left[-1]):
            left.pop()
        elif op.kind != OpKind.MOVE_BLOCK:
            left.append(op)
    return left


def _opposite(op: AnyOp, before: State) -> Op:
    """What undoes an operation, given the text from before it."""
    if op.kind == OpKind.INSERT_BLOCK:
        return Op(0, OpKind.DELETE_BLOCK, op.block, removed=op.inserted)
    if op.kind == OpKind.RESTORE_BLOCK:
        return Op(0, OpKind.DELETE_BLOCK, op.block, removed=op.inserted)
    block = before.blocks[op.block]
    if op.kind == OpKind.DELETE_BLOCK:
        return Op(0, OpKind.RESTORE_BLOCK, op.block, inserted=op.removed)
    if op.kind == OpKind.MOVE_BLOCK:
        place = before.order.index(op.block)
        return Op(0, OpKind.MOVE_BLOCK, op.block, after=before.order[place - 1] if place else TOP)
    words = cut(block.runs, op.start, op.start + len(op.removed))
    return Op(0, OpKind.REPLACE, op.block, TOP, op.start, op.inserted, op.removed, words or None)


def _takes_back(op: AnyOp, earlier: AnyOp) -> bool:
    if (op.kind, earlier.kind) == (OpKind.RESTORE_BLOCK, OpKind.DELETE_BLOCK):
        return True
    if op.kind != OpKind.REPLACE or earlier.kind != OpKind.REPLACE:
        return False
    # Only words that come back with their writers: whoever types the old words again takes nothing back.
    returned = bool(op.runs) or not op.inserted
    same = (op.start, op.removed, op.inserted) == (earlier.start, earlier.inserted, earlier.removed)
    return returned and same
