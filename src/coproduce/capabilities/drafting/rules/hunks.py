"""A comparison as single changes: at one place in a block, some words gave way to others, for one cause."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from .compare import Comparison, Mark, Piece


class Way(StrEnum):
    """What happened at the place."""

    REPLACED = "replaced"
    ADDED = "added"
    REMOVED = "removed"
    NEW = "new"  # the whole passage
    GONE = "gone"
    MOVED = "moved"


class Hunk(NamedTuple):
    """One change. The pieces keep their operations, for there lies who wrote the words."""

    block: int
    way: Way
    pieces: tuple[Piece, ...]

    @property
    def seq(self) -> int:
        """The operation that stands for the cause."""
        return next(piece.seq for piece in self.pieces if piece.mark is not Mark.KEPT)

    @property
    def removed(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.mark is not Mark.ADDED)

    @property
    def added(self) -> str:
        return "".join(piece.text for piece in self.pieces if piece.mark is not Mark.REMOVED)


def hunks(comparison: Comparison, cause: Callable[[int], Hashable]) -> Iterator[Hunk]:
    """Every change in reading order. Where only gaps and empty lines changed, nothing is said."""
    for id in comparison.order:
        pieces = comparison.changed.get(id)
        if pieces and not only_spacing(pieces):
            yield from _moved(comparison, id) if -id in comparison.changed else _in_block(id, pieces, cause)


def only_spacing(pieces: Iterable[Piece]) -> bool:
    """Whether no visible character changed."""
    return not any(piece.text.strip() for piece in pieces if piece.mark is not Mark.KEPT)


def whole(pieces: Iterable[Piece]) -> Mark:
    """ADDED or REMOVED when all words of a block came or went, else KEPT."""
    marks = {piece.mark for piece in pieces if piece.text.strip()}
    return marks.pop() if len(marks) == 1 else Mark.KEPT


def _moved(comparison: Comparison, id: int) -> Iterator[Hunk]:
    """A block that moved stands twice, under its id where it is now and under `-id` where it was."""
    here, away = comparison.changed[abs(id)], comparison.changed[-abs(id)]
    if id > 0:
        both = {piece.seq for piece in here} & {piece.seq for piece in away}
        move = max(both, default=max(piece.seq for piece in away))
        yield Hunk(id, Way.MOVED, tuple(piece._replace(seq=move) for piece in here))
        own = [piece for piece in here if piece.seq != move and piece.text.strip()]
        gone = [piece for piece in away if piece.seq != move and piece.text.strip()]
        yield from (Hunk(id, Way.REMOVED, (piece,)) for piece in gone)
        yield from (Hunk(id, Way.ADDED, (piece,)) for piece in own)


def _in_block(id: int, pieces: Sequence[Piece], cause: Callable[[int], Hashable]) -> Iterator[Hunk]:
    all_of_it = whole(pieces)
    for group in _grouped(pieces, cause):
        words = [piece for piece in group if piece.mark is not Mark.KEPT and piece.text.strip()]
        if words:
            yield Hunk(abs(id), _way({piece.mark for piece in words}, all_of_it), tuple(group))


def _way(marks: set[Mark], all_of_it: Mark) -> Way:
    if len(marks) > 1:
        return Way.REPLACED
    if Mark.ADDED in marks:
        return Way.NEW if all_of_it is Mark.ADDED else Way.ADDED
    return Way.GONE if all_of_it is Mark.REMOVED else Way.REMOVED


def _grouped(pieces: Sequence[Piece], cause: Callable[[int], Hashable]) -> Iterator[list[Piece]]:
    """Changed pieces side by side with one cause; a gap alone does not part them."""
    group: list[Piece] = []
    waiting: list[Piece] = []
    for piece in pieces:
        if piece.mark is Mark.KEPT:
            waiting.append(piece)
        elif group and not _parts(waiting) and cause(piece.seq) == cause(group[0].seq):
            group += [*waiting, piece]
            waiting = []
        else:
            if group:
                yield group
            group, waiting = [piece], []
    if group:
        yield group


def _parts(waiting: Iterable[Piece]) -> bool:
    return any(piece.text.strip() for piece in waiting)
