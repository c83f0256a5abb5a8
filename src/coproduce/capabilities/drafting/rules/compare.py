"""Two moments of one document side by side, each word with the operation that brought it or took it out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
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
    """What the operations that follow `old` made of it. Words put in and out again leave no trace.

    A block that moved stands twice: with its words added where it is now, and under `-id` with those removed.
    """
    comparing = _Comparing(old, list(old.order))
    for op in ops:
        comparing.follow(op)
    comparing.forget_moves_without_effect()
    changed = {id: _settled(_merged(pieces)) for id, pieces in comparing.marked.items()}
    return Comparison(comparing.order, {id: pieces for id, pieces in changed.items() if _differs(pieces)})


@dataclass
class _Comparing:
    """The marked-up blocks on the way from one moment to the other."""

    old: State
    order: list[int]
    marked: dict[int, list[Piece]] = field(default_factory=dict)
    taken_out: dict[int, list[Piece]] = field(default_factory=dict)

    def follow(self, op: AnyOp) -> None:
        if op.kind == OpKind.INSERT_BLOCK:
            self.order.insert(self._place_after(op.after), op.block)
            self.marked[op.block] = [Piece(Mark.ADDED, op.inserted, op.seq)]
        elif op.kind == OpKind.MOVE_BLOCK:
            self._move(op)
        elif op.kind == OpKind.RESTORE_BLOCK:
            added = [Piece(Mark.ADDED, op.inserted, op.seq)] if op.inserted else []
            self.marked[op.block] = self.taken_out.pop(op.block, added)
        else:
            pieces = self._pieces(op.block)
            self.marked[op.block] = _with(pieces, op)
            if op.kind == OpKind.DELETE_BLOCK:
                self.taken_out[op.block] = pieces

    def forget_moves_without_effect(self) -> None:
        """Back to where it was, or nothing left of it."""
        for id in [-id for id in self.order if id < 0]:
            if not new_text(self.marked[id]):
                self.order.remove(id)
                del self.marked[id]
            elif abs(self.order.index(id) - self.order.index(-id)) == 1 and self._stays(id):
                self.order.remove(-id)
                del self.marked[-id]
                self.marked[id] = [Piece(Mark.KEPT, new_text(self.marked[id]))]

    def _stays(self, id: int) -> bool:
        return new_text(self.marked[id]) == old_text(self.marked[-id])

    def _place_after(self, block: int) -> int:
        return self.order.index(block) + 1 if block != TOP else 0

    def _pieces(self, id: int) -> list[Piece]:
        return self.marked[id] if id in self.marked else _as_it_was(self.old.blocks[id])

    def _move(self, op: AnyOp) -> None:
        pieces, place = self._pieces(op.block), self.order.index(op.block)
        if op.block in self.old.blocks and -op.block not in self.order:
            self.order[place] = -op.block
            self.marked[-op.block] = [
                _taken_out(piece, op.seq) for piece in pieces if piece.mark is not Mark.ADDED
            ]
            standing = (piece for piece in pieces if piece.mark is not Mark.REMOVED)
            self.marked[op.block] = [Piece(Mark.ADDED, text, seq or op.seq) for _mark, text, seq in standing]
        else:
            self.order.remove(op.block)
        self.order.insert(self._place_after(op.after), op.block)


def changes(comparison: Comparison, cause: Callable[[int], Key]) -> dict[Key, list[Change]]:
    """The changes in reading order, gathered by what caused them (from the number of an operation)."""
    found: dict[Key, list[Change]] = {}
    for id in comparison.order:
        pieces = [piece for piece in comparison.changed.get(id, ()) if piece.mark is not Mark.KEPT]
        for key in dict.fromkeys(cause(piece.seq) for piece in pieces):
            mine = [piece for piece in pieces if cause(piece.seq) == key]
            found.setdefault(key, []).append(Change(abs(id), _of(mine, Mark.REMOVED), _of(mine, Mark.ADDED)))
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


def _settled(pieces: Sequence[Piece]) -> list[Piece]:
    """Words that went out and came in again at the same place were never away."""
    made: list[Piece] = []
    for differs, group in groupby(pieces, lambda piece: piece.mark is not Mark.KEPT):
        stretch = list(group)
        same = differs and old_text(stretch) == new_text(stretch)
        made += [Piece(Mark.KEPT, new_text(stretch))] if same else stretch
    return _merged(made)


def _differs(pieces: Iterable[Piece]) -> bool:
    return any(piece.mark is not Mark.KEPT for piece in pieces)


def _of(pieces: Iterable[Piece], mark: Mark) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces if piece.mark is mark)
