"""Which suggestions can stand as tracked changes beside each other in one file."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from ..blocks import split
from ..edits import Edit
from ..mapping import overlap
from ..replay import OpKind
from .marking import Marked, carried_out, mark_up
from .parts import Mark, Run
from .showing import Shown, show


class Remark(NamedTuple):
    """Words for the margin."""

    mark: Mark
    text: str


class Said(NamedTuple):
    """A suggestion on exactly this text. `full` is its whole wording, `why` what goes beside a tracked change."""

    ref: str
    mark: Mark
    edits: tuple[Edit, ...] = ()
    full: str = ""
    why: str = ""
    block: int = 0
    answers: tuple[Remark, ...] = ()
    closed: bool = False


@dataclass(slots=True)
class _Taken:
    """What one suggestion would change: marked words, blocks taken out, others in their place, new ones."""

    runs: dict[int, list[Run]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    instead: dict[int, list[str]] = field(default_factory=dict)
    new: list[tuple[int, str]] = field(default_factory=list)

    @property
    def can_be_seen(self) -> bool:
        marked = any(run.ins or run.gone for block in self.runs.values() for run in block)
        return marked or bool(self.gone) or any(show(words) for _block, words in self.new)


class Board:
    """The changes taken so far."""

    def __init__(self, shown: dict[int, tuple[str, Shown]]) -> None:
        self.shown = shown
        self.edits: dict[int, list[Marked]] = defaultdict(list)
        self.runs: dict[int, list[Run]] = {}
        self.gone: dict[int, Mark] = {}
        self.instead: dict[int, list[tuple[Mark, str]]] = {}
        self.added: dict[int, list[tuple[Mark, str]]] = defaultdict(list)

    def takes(self, said: Said) -> bool:
        """Whether all of a suggestion can be a tracked change beside those already taken; if so, takes it."""
        taken = _Taken()
        edits = sorted(said.edits, key=lambda edit: edit.block)
        for block, some in groupby(edits, key=lambda edit: edit.block):
            here = list(some)
            changes = [edit for edit in here if edit.kind != OpKind.INSERT_BLOCK]
            if changes and not self._changed(block, changes, said.mark, taken):
                return False
            taken.new += [(block, edit.words) for edit in here if edit.kind == OpKind.INSERT_BLOCK]
        if taken.can_be_seen:
            self._take(said, taken)
        return taken.can_be_seen

    def _changed(self, block: int, edits: list[Edit], mark: Mark, taken: _Taken) -> bool:
        before = self.edits[block]
        if block not in self.shown or block in self.gone:
            return False
        if edits[0].kind == OpKind.DELETE_BLOCK:
            taken.gone.add(block)
            return not before
        if any(overlap(edit, other) for edit in edits for other, _ in before):
            return False
        source, shown = self.shown[block]
        mine = [(edit, mark) for edit in edits]
        made = mark_up(source, shown, [*before, *mine])
        if made is not None:
            taken.runs[block] = made
        elif not before:
            # More than its words changes: the old paragraph goes, the new one comes.
            taken.gone.add(block)
            taken.instead[block] = split(carried_out(source, mine))
        return made is not None or not before

    def _take(self, said: Said, taken: _Taken) -> None:
        self.runs.update(taken.runs)
        self.gone.update(dict.fromkeys(taken.gone, said.mark))
        for block, pieces in taken.instead.items():
            self.instead[block] = [(said.mark, piece) for piece in pieces]
        for edit in said.edits:
            if edit.kind == OpKind.REPLACE:
                self.edits[edit.block].append((edit, said.mark))
        for block, words in taken.new:
            self.added[block].append((said.mark, words))
