"""Two moments of one document side by side, each word with the operation that brought it or took it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from .replay import TOP, AnyOp, Block, OpKind, State

Key = TypeVar("Key")


class Mark(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A stretch of words, what became of it, and the operation that did it (0: none)."""

    mark: Mark
    text: str
    seq: int = 0


class Comparison(NamedTuple):
    """Every block of both moments in order, and the marked-up words of those that differ."""

    order: list[int]
    changed: dict[int, list[Piece]]


class Change(NamedTuple):
    """What one cause (such as a suggestion) changed in one block."""

    block: int
    removed: tuple[str, ...]
    added: tuple[str, ...]


def compare(old: State, ops: Iterable[AnyOp]) -> Comparison:
    """What the operations that follow `old` made of it. Words put in and out again leave no trace."""
    order = list(old.order)
    marked: dict[int, list[Piece]] = {}
    for op in ops:
        if op.kind == OpKind.INSERT_BLOCK:
            order.insert(order.index(op.after) + 1 if op.after != TOP else 0, op.block)
            marked[op.block] = [Piece(Mark.ADDED, op.inserted, op.seq)]
            continue
        pieces = marked[op.block] if op.block in marked else _as_it_was(old.blocks[op.block])
        marked[op.block] = _with(pieces, op)
    changed = {id: _merged(pieces) for id, pieces in marked.items()}
    return Comparison(order, {id: pieces for id, pieces in changed.items() if _differs(pieces)})


def changes(comparison: Comparison, cause: Callable[[int], Key]) -> dict[Key, list[Change]]:
    """The changes in reading order, gathered by what caused them (from the number of an operation)."""
    found: dict[Key, list[Change]] = {}
    for id in comparison.order:
        pieces = [piece for piece in comparison.changed.get(id, ()) if piece.mark is not Mark.KEPT]
        for key in dict.fromkeys(cause(piece.seq) for piece in pieces):
            mine = [piece for piece in pieces if cause(piece.seq) == key]
            found.setdefault(key, []).append(Change(id, _of(mine, Mark.REMOVED), _of(mine, Mark.ADDED)))
    return found


def stretches(block: Block) -> Iterator[tuple[int, str]]:
    """Who wrote this: the words of a block in stretches, each with the operation that wrote it."""
    at = 0
    for run in block.runs:
        yield run.seq, block.text[at : at + run.length]
        at += run.length


def new_text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED)


def old_text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED)


def _as_it_was(block: Block) -> list[Piece]:
    return [Piece(Mark.KEPT, block.text)]


def _with(pieces: Sequence[Piece], op: AnyOp) -> list[Piece]:
    before, rest = _cut(pieces, op.start)
    gone, after = _cut(rest, len(op.removed))
    taken = [_taken_out(piece, op.seq) for piece in gone if piece.mark is not Mark.ADDED]
    # New words stand after the words removed at the same point, so that the two read as "this became that".
    held = next((at for at, piece in enumerate(after) if piece.mark is not Mark.REMOVED), len(after))
    new = [Piece(Mark.ADDED, op.inserted, op.seq)] if op.inserted else []
    return [*before, *taken, *after[:held], *new, *after[held:]]


def _taken_out(piece: Piece, seq: int) -> Piece:
    return Piece(Mark.REMOVED, piece.text, seq) if piece.mark is Mark.KEPT else piece


def _cut(pieces: Sequence[Piece], length: int) -> tuple[list[Piece], list[Piece]]:
    """Two halves, the first with `length` characters of the text as it is now (removed ones do not count)."""
    for at, piece in enumerate(pieces):
        if piece.mark is Mark.REMOVED:
            continue
        if length <= 0:
            return list(pieces[:at]), list(pieces[at:])
        if length < len(piece.text):
            halves = [piece._replace(text=piece.text[:length]), piece._replace(text=piece.text[length:])]
            return [*pieces[:at], halves[0]], [halves[1], *pieces[at + 1 :]]
        length -= len(piece.text)
    return list(pieces), []


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    made: list[Piece] = []
    for piece in pieces:
        if made and (made[-1].mark, made[-1].seq) == (piece.mark, piece.seq):
            made[-1] = piece._replace(text=made[-1].text + piece.text)
        elif piece.text:
            made.append(piece)
    return made


def _differs(pieces: Iterable[Piece]) -> bool:
    return any(piece.mark is not Mark.KEPT for piece in pieces)


def _of(pieces: Iterable[Piece], mark: Mark) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces if piece.mark is mark)
