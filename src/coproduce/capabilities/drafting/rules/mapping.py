"""Where a suggestion stands today: exact arithmetic through what was accepted since, never a search."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from .edits import Edit
from .replay import TOP, AnyOp, OpKind, State
from .undoing import without_what_was_taken_back

Key = TypeVar("Key")
_UNKNOWN: Mapping[int, int] = {}


class Standing(StrEnum):
    HOLDS = "holds"
    DONE = "done"  # somebody else's accepted words already say it
    CONFLICT = "conflict"
    REMOVED = "removed"  # the block went away


class Place(NamedTuple):
    """An edit moved to today's text; `by` is the operation that is in its way."""

    standing: Standing
    edit: Edit
    by: int = 0


def place_of(
    edit: Edit,
    base_seq: int,
    since: Sequence[AnyOp],
    state: State,
    asked_at: Mapping[int, int] = _UNKNOWN,
) -> Place:
    """Move an edit made at `base_seq` through the operations on its block since then.

    `asked_at` says of operations that only put words in where these were asked for in the text at `base_seq`.
    """
    if edit.kind == OpKind.INSERT_BLOCK:
        return Place(Standing.HOLDS, edit._replace(block=_stand_after(edit.block, base_seq, state)))
    later = [op for op in since if op.seq > base_seq and op.block == edit.block]
    return place_on_block(edit, later, asked_at)


def place_on_block(edit: Edit, since: Iterable[AnyOp], asked_at: Mapping[int, int] = _UNKNOWN) -> Place:
    """The same for words in a block or a whole block, given only the later operations on that block."""
    later = without_what_was_taken_back(since)
    if edit.kind == OpKind.DELETE_BLOCK:
        return _place_of_removal(edit, later)
    return _place_of_words(edit, later, asked_at)


def overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits of the same text cannot both be carried out as they are."""
    if one.block != other.block or OpKind.INSERT_BLOCK in (one.kind, other.kind):
        return False
    if OpKind.DELETE_BLOCK in (one.kind, other.kind):
        return True
    return one.start < other.end and other.start < one.end


def rivals(edits: Iterable[tuple[Key, Edit]]) -> Iterator[tuple[Key, Key]]:
    """Each pair of edits of today's text that overlap, found in one sweep."""
    active: list[tuple[Key, Edit]] = []
    for key, edit in sorted(edits, key=lambda one: (one[1].block, _from(one[1]))):
        active = [one for one in active if one[1].block == edit.block and _until(one[1]) > edit.start]
        yield from ((other, key) for other, standing in active if overlap(standing, edit))
        active.append((key, edit))


def _place_of_words(edit: Edit, later: Iterable[AnyOp], asked_at: Mapping[int, int]) -> Place:
    start, length = edit.start, len(edit.quote)
    for op in later:
        end = op.start + len(op.removed)
        order = _order(op, asked_at, edit, start)
        if op.kind == OpKind.DELETE_BLOCK:
            return Place(Standing.REMOVED, edit._replace(start=start), op.seq)
        if (op.start, end, op.inserted) == (start, start + length, edit.words) and order == 0:
            # This comes before "two insertions at one point", or "not" suggested twice would read "not not".
            return Place(Standing.DONE, edit._replace(start=start), op.seq)
        if end <= start and order <= 0:
            start += len(op.inserted) - len(op.removed)
        elif op.start < start + length:
            return Place(Standing.CONFLICT, edit._replace(start=start), op.seq)
    return Place(Standing.HOLDS, edit._replace(start=start))


def _order(op: AnyOp, asked_at: Mapping[int, int], edit: Edit, start: int) -> int:
    """Two insertions meet where the words between them went out: above 0 where this edit's place comes first.

    Of 0 the two were made for one place, or nobody knows.
    """
    both = not (edit.quote or op.removed) and op.start == start
    return asked_at.get(op.seq, edit.start) - edit.start if both else 0


def _place_of_removal(edit: Edit, later: Sequence[AnyOp]) -> Place:
    gone = next((op for op in later if op.kind == OpKind.DELETE_BLOCK), None)
    if gone:
        return Place(Standing.DONE, edit, gone.seq)
    # A block that somebody improved since is not the block whose removal was asked for.
    return Place(Standing.CONFLICT, edit, later[-1].seq) if later else Place(Standing.HOLDS, edit)


def _stand_after(block: int, base_seq: int, state: State) -> int:
    """The last block put in after this one since the base; ids grow with time, so a greater one is newer."""
    at = -1 if block == TOP else state.order.index(block)
    while at + 1 < len(state.order) and state.order[at + 1] > base_seq:
        at += 1
    return state.order[at] if at >= 0 else TOP


def _from(edit: Edit) -> int:
    return 0 if edit.kind == OpKind.DELETE_BLOCK else edit.start


def _until(edit: Edit) -> float:
    return float("inf") if edit.kind == OpKind.DELETE_BLOCK else edit.end
