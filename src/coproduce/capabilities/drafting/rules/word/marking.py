"""The words of one block with every suggestion on them marked: what stays, what goes, what comes, and by whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..edits import Edit
from .inline import SPECIAL
from .parts import CELL, Kind, Look, Mark, Run
from .showing import Shown, show

Marked = tuple[Edit, Mark]


class _Piece(NamedTuple):
    """A stretch of the source, before and after; `mark` is None for what stays."""

    before: tuple[int, int]
    after: tuple[int, int]
    words: str
    mark: Mark | None


def in_order(edits: Iterable[Marked]) -> list[Marked]:
    """By place; words put in at a point come before words that give way there."""
    return sorted(edits, key=lambda one: (one[0].start, one[0].end))


def carried_out(source: str, edits: Iterable[Marked]) -> str:
    return "".join(piece.words for piece in _pieces(source, edits) if piece.after[0] < piece.after[1])


def mark_up(source: str, shown: Shown, edits: Sequence[Marked]) -> list[Run] | None:
    """The runs of a block with these edits marked; None where more than its words would change."""
    pieces = list(_pieces(source, edits))
    after = show("".join(piece.words for piece in pieces if piece.after[0] < piece.after[1]),
                 in_table=shown.kind == Kind.ROW)  # fmt: skip
    if after is None or after.shape != shown.shape:
        return None
    plain = isinstance(shown.starts, range) and isinstance(after.starts, range)
    if plain and not any(SPECIAL.search(edit.quote + edit.words) for edit, _ in edits):
        return list(_plainly(shown, pieces))
    runs = list(_joined(_walk(shown, after, pieces)))
    return None if any(CELL in run.text and (run.ins or run.gone) for run in runs) else runs


def _pieces(source: str, edits: Iterable[Marked]) -> Iterator[_Piece]:
    at = place = 0
    for edit, mark in in_order(edits):
        kept = source[at : edit.start]
        yield _Piece((at, edit.start), (place, place + len(kept)), kept, None)
        place += len(kept)
        yield _Piece((edit.start, edit.end), (place, place), edit.quote, mark)
        yield _Piece((edit.end, edit.end), (place, place + len(edit.words)), edit.words, mark)
        at, place = edit.end, place + len(edit.words)
    yield _Piece((at, len(source)), (place, place + len(source) - at), source[at:], None)


def _plainly(shown: Shown, pieces: Iterable[_Piece]) -> Iterator[Run]:
    """Where every character stands for itself: the pieces, without the marks around the block."""
    first, last = shown.starts[0], shown.ends[-1]
    for piece in pieces:
        start, end = piece.before
        if piece.mark is None:
            words = piece.words[max(0, first - start) : max(0, last - start)]
            if words:
                yield Run(words)
        elif piece.words:
            gone = start < end
            yield Run(piece.words, ins=None if gone else piece.mark, gone=piece.mark if gone else None)


def _walk(shown: Shown, after: Shown, pieces: Sequence[_Piece]) -> Iterator[Run]:
    """Both texts side by side, character by character."""
    old = list(_placed(shown, [piece.before for piece in pieces], pieces))
    new = list(_placed(after, [piece.after for piece in pieces], pieces))
    marks = [(number, piece.mark) for number, piece in enumerate(pieces) if piece.mark]
    at = i = 0
    while at < len(old) or i < len(new):
        if at < len(old) and i < len(new) and old[at] == new[i] and pieces[old[at][0]].mark is None:
            yield Run(old[at][2], old[at][3])
            at, i = at + 1, i + 1
        elif i >= len(new) or (at < len(old) and old[at][:2] <= new[i][:2]):
            yield Run(old[at][2], old[at][3], gone=_mark_of(old[at][0], pieces, marks))
            at += 1
        else:
            yield Run(new[i][2], new[i][3], ins=_mark_of(new[i][0], pieces, marks))
            i += 1


_Placed = tuple[int, int, str, Look]  # piece, place in it, character, look


def _placed(shown: Shown, spans: Sequence[tuple[int, int]], pieces: Sequence[_Piece]) -> Iterator[_Placed]:
    number = 0
    for at, start in enumerate(shown.starts):
        while number < len(spans) - 1 and start >= spans[number][1]:
            number += 1
        yield number, start - spans[number][0], shown.text[at], shown.look(at)


def _mark_of(number: int, pieces: Sequence[_Piece], marks: Sequence[tuple[int, Mark]]) -> Mark:
    """Whose edit it is; words that only look different owe it to the edit before them."""
    own = pieces[number].mark
    return own or next((mark for at, mark in reversed(marks) if at < number), marks[0][1])


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if held and held[1:] == run[1:] and not (run.look.picture or run.look.note):
            held = held._replace(text=held.text + run.text)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held
