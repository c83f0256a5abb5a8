"""What can be found in a Word file that came back."""

from collections.abc import Sequence
from typing import NamedTuple

from ..edits import Edit
from ..replay import OpKind
from .parts import Mark

NOBODY = Mark("", "")


class What:
    """How something was found."""

    CHANGE = "change"
    UNTRACKED = "untracked"
    COMMENT = "comment"
    OBJECTION = "objection"
    INSIDE = "inside"


class Found(NamedTuple):
    """One thing that somebody did; `words` where it is no edit, `about` the number of a suggestion it speaks of."""

    what: str
    author: str
    when: str
    block: int
    edits: tuple[Edit, ...] = ()
    words: str = ""
    about: str = ""


def first_place(found: Found) -> int:
    return found.edits[0].start if found.edits else 1 << 30


def splits_as_one(made: Sequence[Found]) -> list[Found]:
    """Words that left the end of a block for a new one after it are one change, not two."""
    kept: list[Found] = []
    for one in sorted(made, key=lambda found: (found.block, first_place(found))):
        last = kept[-1] if kept else None
        tail = one.edits[0].quote.strip() if one.edits and one.edits[0].kind == OpKind.REPLACE else ""
        new = last.edits[-1] if last and last.edits and last.what == one.what == What.UNTRACKED else None
        if (
            last
            and tail
            and new
            and new.kind == OpKind.INSERT_BLOCK
            and last.block == one.block
            and tail in new.words
        ):
            kept[-1] = last._replace(edits=(*one.edits, *last.edits))
        else:
            kept.append(one)
    return kept
