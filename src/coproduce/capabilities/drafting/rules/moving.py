"""A passage that moves whole: it keeps its id, so that what is said about it stays beside it."""

from collections.abc import Iterable, Sequence

from .edits import Edit
from .replay import OpKind
from .tokens import count_words, tokens

WORDS = 3  # shorter passages, such as a line between two parts, are alike by chance


def moved_whole(edits: Sequence[Edit]) -> list[Edit]:
    """The same edits, where a passage that goes out here and comes in there is one move. Its id stays."""
    anchors = {edit.block for edit in edits if edit.kind == OpKind.INSERT_BLOCK}
    gone = {
        edit.quote: edit.block
        for edit in edits
        if edit.kind == OpKind.DELETE_BLOCK and edit.block not in anchors and says_something(edit.quote)
    }
    moves = {edit.words: gone[edit.words] for edit in edits if _comes_in(edit) and edit.words in gone}
    return [*_with_moves(edits, moves)]


def says_something(words: str) -> bool:
    """Whether a passage is long enough to be known again."""
    return count_words(tokens(words)) >= WORDS


def _comes_in(edit: Edit) -> bool:
    return edit.kind == OpKind.INSERT_BLOCK


def _with_moves(edits: Sequence[Edit], moves: dict[str, int]) -> Iterable[Edit]:
    left, going = dict(moves), set(moves.values())
    for edit in edits:
        if _comes_in(edit) and edit.words in left:
            yield Edit(OpKind.MOVE_BLOCK, left.pop(edit.words), edit.block)
        elif edit.kind != OpKind.DELETE_BLOCK or edit.block not in going:
            yield edit
