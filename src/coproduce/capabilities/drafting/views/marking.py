"""Changed passages as they are shown: each stretch of words with who brought it or took it out, in words too."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..queries import Credit, Difference
from ..rules.blocks import BlockKind
from ..rules.compare import Mark, Piece
from ..rules.hunks import only_spacing, whole
from ..rules.places import Place, places_of
from ..rules.plain import CELLS, marked
from .wheres import label


@dataclass(frozen=True)
class Segment:
    """A stretch of words with one fate. `cells` are its parts where a row of a table goes on to the next cell."""

    mark: Mark
    cells: Sequence[str]
    credit: Credit | None

    @property
    def who(self) -> str:
        """For the ear: whose words these are, with the suggestion."""
        if self.credit is None:
            return ""
        words = {"name": self.credit.by, "ref": self.credit.ref}
        return (_("%(name)s, suggestion %(ref)s") if self.credit.ref else "%(name)s") % words


@dataclass(frozen=True)
class Passage:
    """One block that differs (or, in the whole text, does not)."""

    block: int
    heading: str
    fate: str
    segments: list[Segment]
    credits: list[Credit]

    @property
    def before(self) -> list[Segment]:
        return [one for one in self.segments if one.mark is not Mark.ADDED]

    @property
    def after(self) -> list[Segment]:
        return [one for one in self.segments if one.mark is not Mark.REMOVED]

    @property
    def is_changed(self) -> bool:
        return bool(self.credits)


class Where:
    """The places of all blocks of both moments; a block that is gone stands where it stood."""

    def __init__(self, difference: Difference) -> None:
        self.old, self.new = places_of(difference.old), places_of(difference.new)

    def of(self, block: int) -> Place | None:
        """A block that moved stands twice; the one with a minus is where it was."""
        if block < 0:
            return self.old.get(-block)
        return self.new.get(block) or self.old.get(block)


Crediting = Callable[[int], Credit]


def shown_blocks(difference: Difference, *, everything: bool) -> list[int]:
    """The blocks to show, in order; those where only spacing changed are left out."""
    changed, standing = difference.comparison.changed, difference.new.blocks
    return [
        id
        for id in difference.comparison.order
        if _says_something(changed.get(id), everything and id in standing and standing[id].alive)
    ]


def passage(difference: Difference, where: Where, credit: Crediting, block: int) -> Passage:
    pieces = difference.comparison.changed.get(block)
    unchanged = pieces is None or only_spacing(pieces)
    if pieces is None or unchanged:
        pieces = [Piece(Mark.KEPT, difference.new.blocks[block].text)]
    shown = marked(pieces)
    segments = list(joined(_segments(shown.pieces, shown.kind, credit)))
    credits = {} if unchanged else {_same(one.credit): one.credit for one in segments if one.credit}
    return Passage(
        block, label(where.of(block)), _fate(difference, block, pieces), segments, list(credits.values())
    )


def _says_something(pieces: Sequence[Piece] | None, stands: bool) -> bool:
    return stands or (pieces is not None and not only_spacing(pieces))


def _segments(pieces: Iterable[Piece], kind: BlockKind, credit: Crediting) -> Iterable[Segment]:
    for piece in pieces:
        yield Segment(
            piece.mark, in_cells(piece.text, kind), credit(piece.seq) if piece.mark is not Mark.KEPT else None
        )


def in_cells(words: str, kind: BlockKind) -> list[str]:
    """The parts of these words that stand in different cells of a table."""
    return CELLS.split(words) if kind is BlockKind.TABLE_ROW else [words]


def joined(segments: Iterable[Segment]) -> Iterable[Segment]:
    """Neighbours of one person at one suggestion are said once."""
    last: Segment | None = None
    for one in segments:
        if last and (last.mark, last.who) == (one.mark, one.who):
            joint = [*last.cells[:-1], last.cells[-1] + one.cells[0], *one.cells[1:]]
            last = Segment(last.mark, joint, last.credit)
        else:
            if last:
                yield last
            last = one
    if last:
        yield last


def _same(credit: Credit) -> Any:
    return credit.cause.key, credit.by, credit.cause.day


def _fate(difference: Difference, block: int, pieces: Sequence[Piece]) -> str:
    if -block in difference.comparison.changed:
        return _("Moved to here") if block > 0 else _("Moved away from here")
    words = {Mark.ADDED: _("New passage"), Mark.REMOVED: _("Taken out"), Mark.KEPT: ""}
    return words[whole(pieces)]
