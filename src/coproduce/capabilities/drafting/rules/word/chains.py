"""Paragraphs that somebody put in, split, joined or took out: the ends of paragraphs have a history, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..edits import Edit
from ..replay import OpKind
from .aligning import Base, Pairs
from .drafting import Drafter, marks
from .found import What
from .parts import Kind, Para, Run
from .units import Unit


class _Slice(NamedTuple):
    """Characters of the base text of a unit in the chain."""

    unit: int
    start: int
    end: int


@dataclass(slots=True)
class _Out:
    """A paragraph as one author leaves it."""

    pieces: list[_Slice | Run] = field(default_factory=list)
    para: Para | None = None

    @property
    def units(self) -> list[int]:
        return list(dict.fromkeys(piece.unit for piece in self.pieces if isinstance(piece, _Slice)))

    def new_runs(self) -> list[Run]:
        return [piece for piece in self.pieces if isinstance(piece, Run)]


class Author:
    """What one author did to some paragraphs that belong together: words, paragraphs put in, split, joined, removed."""

    def __init__(
        self, finder: Drafter, author: str, pairs: Pairs, chain: Sequence[int], units: Sequence[Unit]
    ) -> None:
        self.finder, self.author, self.pairs, self.chain, self.units = finder, author, pairs, chain, units
        self.mark = next(mark for unit in units for mark in marks(unit) if mark.author == author)
        self.outs = list(self._outs())
        self.unsayable = False  # some change has no Markdown

    def find(self) -> None:
        homes = [[out for out in self.outs if number in out.units] for number in range(len(self.units))]
        tangled = {
            number
            for number, some in enumerate(homes)
            if len(some) > 1 or any(len(o.units) > 1 for o in some)
        }
        for number, unit in enumerate(self.units):
            base = self.pairs.of.get(self.chain[number])
            if number in tangled or not unit.text:
                continue
            if not homes[number] and base:
                gone = Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)
                self.finder.put(What.CHANGE, self.mark, base.id, [gone])
            else:
                self.finder.in_unit(self.author, base, self._words_only(number))
        self._new_paragraphs()
        if tangled:
            self._tangled(sorted(tangled))

    def _outs(self) -> Iterator[_Out]:
        out = _Out()
        for number, unit in enumerate(self.units):
            at = 0
            for place, para in enumerate(unit.paras):
                for run in para.runs:
                    mine = bool(run.ins and run.ins.author == self.author)
                    gone = bool(run.gone and run.gone.author == self.author)
                    if run.ins is None:
                        out.pieces += [] if gone else [_Slice(number, at, at + len(run.text))]
                        at += len(run.text)
                    elif mine and not gone:
                        out.pieces.append(run._replace(ins=None, gone=None))
                inner = place < len(unit.paras) - 1
                ended = (para.ins is not None and para.ins.author == self.author) if inner else (
                    not (unit.gone and unit.gone.author == self.author))  # fmt: skip
                if ended:
                    out.para = para
                    yield out
                    out = _Out()
        if out.pieces:
            out.para = self.units[-1].paras[-1]
            yield out

    def _words_only(self, number: int) -> Unit:
        """A unit whose paragraphs that are new by themselves are left out: they are found as such."""
        home = next(out for out in self.outs if number in out.units)
        unit = self.units[number]
        kept = [id(para) for para in unit.paras if any(run.ins is None for run in para.runs)]
        if len(kept) == len(unit.paras) or len(home.units) != 1:
            return unit
        return Unit([para for para in unit.paras if id(para) in kept], None, None, unit.text, unit.blocks)

    def _new_paragraphs(self) -> None:
        """Paragraphs with nothing of the base in them, each group after what stands above it."""
        above = self.pairs.before(self.chain[0])
        group: list[Para] = []
        for out in [*self.outs, None]:
            if out is not None and not out.units and out.para is not None:
                para = out.para
                runs = out.new_runs()
                kind = Kind.PARAGRAPH if para.kind == Kind.NOTE else para.kind
                group += [Para(kind, para.level, para.ordered, para.number, runs)] if runs else []
                continue
            if group:
                self.finder.insert(What.CHANGE, self.mark, above, group)
                group = []
            if out is not None:
                above = self.pairs.of.get(self.chain[out.units[-1]]) or above

    def _tangled(self, numbers: Sequence[int]) -> None:
        """Paragraphs split or joined: one suggestion, since half of it would make no sense."""
        bases = {number: self.pairs.of.get(self.chain[number]) for number in numbers}
        if any(base is None or base.shown.text != self.units[number].text for number, base in bases.items()):
            self._say_all(numbers)
            return
        edits: list[Edit] = []
        used: set[int] = set()
        for out in self.outs:
            mine = [number for number in out.units if number in bases]
            if mine:
                edits += self._edits(out, mine, used, bases)
                used.update(mine)
        first = bases[numbers[0]]
        if self.unsayable:
            self._say_all(numbers)
        elif first and edits:
            self.finder.put(What.CHANGE, self.mark, first.id, edits)

    def _say_all(self, numbers: Sequence[int]) -> None:
        words = "\n".join("".join(self._runs_of(out)) for out in self.outs if out.units)
        self.finder.say(self.mark, self.units[numbers[0]], words)

    def _edits(
        self, out: _Out, mine: Sequence[int], used: set[int], bases: dict[int, Base | None]
    ) -> list[Edit]:
        first = bases[mine[0]]
        assert first is not None
        if mine[0] in used:
            return self._tail(out, first, bases)
        made = self._kept(out, mine[0], first, bases)
        for number in mine[1:]:
            other = bases[number]
            if other is not None and number not in used:
                made.append(Edit(OpKind.DELETE_BLOCK, other.id, 0, other.source))
        return made

    def _kept(self, out: _Out, own: int, base: Base, bases: dict[int, Base | None]) -> list[Edit]:
        """The block that keeps its place: what leaves it, and what comes into it from others."""
        made: list[Edit] = []
        at, new = 0, list[Run]()
        for piece in [*out.pieces, _Slice(own, len(base.shown.text), len(base.shown.text))]:
            if isinstance(piece, Run):
                new.append(piece)
            elif piece.unit != own:
                other = bases.get(piece.unit)
                new += other.shown.runs(piece.start, piece.end) if other else ()
            else:
                if new or piece.start > at:
                    edits = self.finder.edits_of(base, at, piece.start, new)
                    self.unsayable = self.unsayable or not edits
                    made += edits
                at, new = piece.end, []
        return made

    def _tail(self, out: _Out, base: Base, bases: dict[int, Base | None]) -> list[Edit]:
        """The second half of a split paragraph becomes a block after the first."""
        runs: list[Run] = []
        for piece in out.pieces:
            if isinstance(piece, Run):
                runs.append(piece)
            else:
                other = bases.get(piece.unit)
                runs += other.shown.runs(piece.start, piece.end) if other else ()
        kind = base.shown.kind if base.shown.kind != Kind.HEADING else Kind.PARAGRAPH
        if out.para is not None and out.para.kind in (Kind.HEADING, Kind.ITEM):
            kind = out.para.kind
        level = out.para.level if out.para is not None and kind == Kind.HEADING else 0
        return self.finder.insertion(base, [Para(kind, level, bool(base.shown.number), 1, runs)])

    def _runs_of(self, out: _Out) -> Iterator[str]:
        for piece in out.pieces:
            yield (
                piece.text if isinstance(piece, Run) else self.units[piece.unit].text[piece.start : piece.end]
            )
