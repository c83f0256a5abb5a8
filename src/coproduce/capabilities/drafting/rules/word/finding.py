"""What people changed in a Word file since we made it: each change with its author, as an edit of the base text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from ..blocks import line_end, parts
from ..edits import Edit, hunks, new_block
from ..replay import TOP, OpKind, State
from .aligning import Base, Pairs, aligned, extra
from .board import Said
from .parts import CELL, Comment, Kind, Mark, Package, Para, Row, Run
from .planning import Plan
from .showing import layout, show
from .source import block_of, row_of, splice, table_of
from .units import Came, Unit, came_back

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


@dataclass(slots=True)
class Brought:
    """Everything found, in the order of the text; `ours` of our own changes came back as they were.

    `same` names the suggestions whose words the file has already, `missing` those that are not in it any more;
    `whole` says that every change was tracked.
    """

    found: list[Found] = field(default_factory=list)
    ours: int = 0
    same: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    whole: bool = True


def found_in(package: Package, state: State, plan: Plan, said: Sequence[Said] = ()) -> Brought:
    """What a file has that `plan`, made from `state` with the suggestions `said`, did not put there."""
    blocks = [(id, block.text) for id, block in state.alive()]
    base = [Base(*one) for one in layout(blocks)]
    notes = {note.block for note in plan.notes}
    came = came_back(package.flow, package.notes, plan)
    finder = _Finder(state, base, package)
    order = [note.block for note in plan.notes]
    finder.body(came.units, [one for one in base if one.id not in notes])
    by_id = {one.id: one for one in base}
    finder.body(came.notes, [by_id[id] for id in order])
    finder.made += _asides(came, plan)
    finder.made += _comments(package.comments, plan)
    brought = Brought(ours=came.ours, whole=finder.whole)
    touched = {edit.block for one in finder.made for edit in one.edits}
    known = _known(
        (one for one in [*said, *plan.tracked] if any(e.block in touched for e in one.edits)), state
    )
    for one in finder.sorted():
        ref = _already(one, known, state)
        if ref:
            brought.same += [] if ref in brought.same else [ref]
        else:
            brought.found.append(one)
    brought.missing = [
        one.ref
        for one in plan.tracked
        if (one.mark.author, one.mark.minute) in came.lost and one.ref not in brought.same
    ]
    return brought


Outcome = tuple[str, int, str]


def _outcomes(edits: Iterable[Edit], state: State) -> Iterator[Outcome]:
    """What each edit makes of the text that can be seen, however it is written down."""
    for edit in edits:
        source = state.blocks[edit.block].text if edit.block in state.blocks else ""
        if edit.kind == OpKind.INSERT_BLOCK:
            yield "in", edit.block, _seen(edit.words)
        elif edit.kind == OpKind.DELETE_BLOCK:
            yield "out", edit.block, ""
        else:
            yield "as", edit.block, _seen(source[: edit.start] + edit.words + source[edit.end :])


def _seen(source: str) -> str:
    shown = show(source)
    return shown.text if shown else ""


def _known(said: Iterable[Said], state: State) -> dict[Outcome, str]:
    """Each place of the suggestions in the file, by what it makes of the text."""
    made: dict[Outcome, str] = {}
    for one in said:
        for outcome in _outcomes(one.edits, state):
            made.setdefault(outcome, one.ref)
    return made


def _already(found: Found, known: dict[Outcome, str], state: State) -> str:
    """The suggestion that says the same; empty where none does."""
    outcomes = [
        one for one in _outcomes(found.edits, state) if one[0] != "as" or one[2] != _now(one[1], state)
    ]
    refs = [known.get(one, "") for one in outcomes]
    return refs[0] if refs and all(refs) else ""


def _now(block: int, state: State) -> str:
    return _seen(state.blocks[block].text) if block in state.blocks else ""


class _Finder:
    def __init__(self, state: State, base: Sequence[Base], package: Package) -> None:
        self.state, self.package = state, package
        self.made: list[Found] = []
        self.whole = True
        self.places = {id: number for number, id in enumerate(state.order)}
        self.labels = {one.shown.label for one in base if one.shown.label}
        self.last = next((id for id in reversed(state.order) if state.blocks[id].alive), TOP)

    def sorted(self) -> list[Found]:
        return sorted(self.made, key=lambda one: (self.places.get(one.block, -1), _first_place(one)))

    def body(self, units: Sequence[Unit], base: Sequence[Base]) -> None:
        pairs = aligned(base, units)
        self._untracked(pairs, units)
        place = 0
        while place < len(units):
            unit = units[place]
            if unit.row is not None:
                place += self._rows(pairs, units, place)
                continue
            chain = [place]
            while units[chain[-1]].gone and chain[-1] + 1 < len(units) and units[chain[-1] + 1].row is None:
                chain.append(chain[-1] + 1)
            self._chain(pairs, units, chain)
            place = chain[-1] + 1

    # Untracked

    def _untracked(self, pairs: Pairs, units: Sequence[Unit]) -> None:
        for place, base in pairs.of.items():
            if units[place].text != base.shown.text:
                self.whole = False
                self._rewritten(base, units[place])
        for base in pairs.missing:
            self.whole = False
            gone = Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)
            self._put(What.UNTRACKED, NOBODY, base.id, [gone])
        new = list(extra(pairs, units))
        self.whole = self.whole and not new
        for _start, some in groupby(enumerate(new), key=lambda one: one[1] - one[0]):
            first = [place for _number, place in some]
            self._insert(
                What.UNTRACKED, NOBODY, pairs.before(first[0]), [_plain(units[place]) for place in first]
            )
        self.made = _splits_as_one(self.made)

    def _rewritten(self, base: Base, unit: Unit) -> None:
        shift = 0
        runs = unit.base_runs()
        for start, end, words in hunks(base.shown.text, unit.text):
            new = _cut(runs, start + shift, start + shift + len(words))
            shift += len(words) - (end - start)
            self._words(What.UNTRACKED, NOBODY, base, start, end, new)

    # Tracked

    def _chain(self, pairs: Pairs, units: Sequence[Unit], chain: Sequence[int]) -> None:
        """Units whose ends were taken out between them; each author by themselves."""
        own = [units[place] for place in chain]
        authors = dict.fromkeys(mark.author for unit in own for mark in _marks(unit))
        for author in authors:
            _Author(self, author, pairs, chain, own).find()

    def _rows(self, pairs: Pairs, units: Sequence[Unit], place: int) -> int:
        """A row, or all the new rows that stand together; gives how many."""
        unit = units[place]
        assert unit.row is not None
        if unit.is_new:
            together = [unit]
            for other in units[place + 1 :]:
                if other.row is None or other.row.ins is None or other.row.ins.author != unit.row.ins.author:  # type: ignore[union-attr]
                    break
                together.append(other)
            rows = [_accepted_row(one.row) for one in together if one.row]
            self._insert(What.CHANGE, unit.row.ins or NOBODY, pairs.before(place), rows)
            return len(together)
        base = pairs.of.get(place)
        if base and unit.row.gone:
            gone = Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)
            self._put(What.CHANGE, unit.row.gone, base.id, [gone])
        else:
            for author in dict.fromkeys(mark.author for mark in _marks(unit)):
                self.in_unit(author, base, unit)
        return 1

    def in_unit(self, author: str, base: Base | None, unit: Unit) -> None:
        """The changes of one author inside one paragraph or row."""
        for start, end, runs, mark in changes(unit, author):
            if base is None:
                self._say(mark, unit, "".join(run.text for run in runs))
            elif base.shown.text == unit.text:
                self._words(What.CHANGE, mark, base, start, end, runs)
            else:
                self._moved(base, unit, start, end, runs, mark)

    def _moved(self, base: Base, unit: Unit, start: int, end: int, runs: list[Run], mark: Mark) -> None:
        """A tracked change in a paragraph that was changed untracked besides: at the same words of the base."""
        shift = 0
        for first, last, words in hunks(base.shown.text, unit.text):
            if first + shift + len(words) <= start:
                shift += len(words) - (last - first)
            elif first + shift < end or (first + shift <= start and start < first + shift + len(words)):
                self._say(
                    mark, unit, f"{unit.text[start:end]} → {''.join(run.text for run in runs)}", base.id
                )
                return
        self._words(What.CHANGE, mark, base, start - shift, end - shift, runs)

    def _say(self, mark: Mark, unit: Unit, words: str, block: int = 0) -> None:
        """What cannot be an edit is said in words, so that nothing is lost."""
        if words.strip():
            found = block or next(iter(unit.blocks), 0)
            self.made.append(Found(What.CHANGE, mark.author, mark.when, found, (), words))

    def _words(self, what: str, mark: Mark, base: Base, start: int, end: int, runs: Sequence[Run]) -> None:
        if start == 0 and end == len(base.shown.text) and not runs:
            self._put(what, mark, base.id, [Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)])
            return
        edits = self.edits_of(base, start, end, runs)
        if edits:
            self._put(what, mark, base.id, edits)
        else:
            words = f"{base.shown.text[start:end]} → {''.join(run.text for run in runs)}"
            self.made.append(Found(what, mark.author, mark.when, base.id, (), words.replace(CELL, " | ")))

    def edits_of(self, base: Base, start: int, end: int, runs: Sequence[Run]) -> list[Edit]:
        new, notes = self._with_notes(runs)
        made = splice(base.source, base.shown, start, end, new)
        if made is None or base.source[made.start : made.end] == made.words:
            return []
        quote = base.source[made.start : made.end]
        return [Edit(OpKind.REPLACE, base.id, made.start, quote, made.words), *notes]

    def _with_notes(self, runs: Sequence[Run]) -> tuple[list[Run], list[Edit]]:
        """New footnotes get numbers of their own here, and stand at the end of the text."""
        made: list[Run] = []
        edits: list[Edit] = []
        for run in runs:
            note = _note_of(self.package, run.look.note)
            if note is not None:
                label = next(str(n) for n in range(1, len(self.labels) + 2) if str(n) not in self.labels)
                self.labels.add(label)
                words = block_of(Para(Kind.NOTE, runs=_accepted(note), label=label))
                edits += new_block(self.last, self.state.blocks[self.last].text, words)
                run = run._replace(look=run.look._replace(note=label))
            made.append(run)
        return made, edits

    def _put(self, what: str, mark: Mark, block: int, edits: Sequence[Edit]) -> None:
        self.made.append(Found(what, mark.author, mark.when, block, tuple(edits)))

    def _insert(self, what: str, mark: Mark, above: Base | None, new: Sequence[Para | Row]) -> None:
        edits = self.insertion(above, new)
        if edits:
            self._put(what, mark, above.id if above else TOP, edits)

    def insertion(self, above: Base | None, new: Sequence[Para | Row]) -> list[Edit]:
        """New paragraphs or rows after a block; items and rows go on with the list or table above them."""
        made: list[Edit] = []
        for kind, same in groupby(new, key=lambda one: Kind.ROW if isinstance(one, Row) else one.kind):
            units = list(same)
            goes_on = (
                above is not None and above.shown.kind == kind and kind in (Kind.ROW, Kind.ITEM) and not made
            )
            if goes_on and above is not None:
                made += _going_on(above, units)
                continue
            words = _words_of(kind, units)
            source = above.source if above else ""
            made += (
                new_block(above.id if above else TOP, "" if made else source, words) if words.strip() else []
            )
        return made


def _words_of(kind: str, units: Sequence[Para | Row]) -> str:
    if kind == Kind.ROW:
        return table_of([unit for unit in units if isinstance(unit, Row)])
    between = "\n" if kind == Kind.ITEM else "\n\n"
    return between.join(block_of(unit) for unit in units if isinstance(unit, Para) and unit.text.strip())


def _going_on(above: Base, units: Sequence[Para | Row]) -> list[Edit]:
    """Items or rows right below others, with no empty line between."""
    ends, tail = line_end(above.source), parts(above.source)[2]
    width = above.shown.text.count(CELL) + 1
    indent = " " * above.shown.indent
    lines = [row_of(unit, width) if isinstance(unit, Row) else _item(unit, above, indent) for unit in units]
    made = []
    if len(tail) > len(ends):
        start = len(above.source) - len(tail) + len(ends)
        made.append(Edit(OpKind.REPLACE, above.id, start, above.source[start:], ""))
    lead = "" if tail else ends
    for number, line in enumerate(lines, 1):
        made.append(
            Edit(OpKind.INSERT_BLOCK, above.id, 0, "", lead + line + (tail if number == len(lines) else ends))
        )
        lead = "" if tail else ends
    return made


def _item(para: Para, above: Base, indent: str) -> str:
    """Like the item above it; one level deeper where it stands deeper."""
    ordered = bool(above.shown.number)
    made = block_of(Para(Kind.ITEM, 0, ordered, above.shown.number, para.runs), indent)
    mark = above.source.lstrip()[:1]
    return made.replace("*", mark, 1) if not ordered and mark in "-+" else made


def _plain(unit: Unit) -> Para | Row:
    """A unit as it stands with every tracked change rejected."""
    if unit.row is not None:
        cells = [
            [Para(runs=[run for run in para.runs if run.ins is None]) for para in cell]
            for cell in unit.row.cells
        ]
        return Row(cells, unit.row.table)
    last = unit.paras[-1]
    return Para(last.kind, last.level, last.ordered, last.number, unit.base_runs())


def _accepted(para: Para) -> list[Run]:
    return [run._replace(ins=None) for run in para.runs if run.gone is None]


def _accepted_row(row: Row) -> Row:
    return Row([[Para(runs=_accepted(para)) for para in cell] for cell in row.cells], row.table)


def _note_of(package: Package, label: str) -> Para | None:
    number = int(label) - 1 if label.isdigit() else -1
    return package.notes[number] if 0 <= number < len(package.notes) else None


def _marks(unit: Unit) -> Iterator[Mark]:
    for run in unit.runs():
        yield from (mark for mark in (run.ins, run.gone) if mark)
    for para in unit.paras:
        yield from (mark for mark in (para.ins, para.gone) if mark)


def _splits_as_one(made: Sequence[Found]) -> list[Found]:
    """Words that left the end of a block for a new one after it are one change, not two."""
    kept: list[Found] = []
    for one in sorted(made, key=lambda found: (found.block, _first_place(found))):
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


Change = tuple[int, int, list[Run], Mark]


def changes(unit: Unit, author: str) -> Iterator[Change]:
    """What one author changed inside a unit: from, to in its base text, the new runs, and the mark."""
    at = 0
    held: Change | None = None
    for run in unit.runs():
        mine = bool(run.ins and run.ins.author == author)
        gone = bool(run.gone and run.gone.author == author)
        if run.ins is None:
            if gone and run.gone:
                held = (
                    (held[0], at + len(run.text), held[2], held[3])
                    if held
                    else (at, at + len(run.text), [], run.gone)
                )
            elif held:
                yield held
                held = None
            at += len(run.text)
        elif mine and not gone:
            held = held or (at, at, [], run.ins)
            held[2].append(run._replace(ins=None, gone=None))
    if held:
        yield held


def _cut(runs: Iterable[Run], start: int, end: int) -> list[Run]:
    made, at = [], 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            made.append(run._replace(text=words))
        at += len(run.text)
    return made


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


class _Author:
    """What one author did to some paragraphs that belong together: words, paragraphs put in, split, joined, removed."""

    def __init__(
        self, finder: _Finder, author: str, pairs: Pairs, chain: Sequence[int], units: Sequence[Unit]
    ) -> None:
        self.finder, self.author, self.pairs, self.chain, self.units = finder, author, pairs, chain, units
        self.mark = next(mark for unit in units for mark in _marks(unit) if mark.author == author)
        self.outs = list(self._outs())

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
                self.finder._put(What.CHANGE, self.mark, base.id, [gone])
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
                self.finder._insert(What.CHANGE, self.mark, above, group)
                group = []
            if out is not None:
                above = self.pairs.of.get(self.chain[out.units[-1]]) or above

    def _tangled(self, numbers: Sequence[int]) -> None:
        """Paragraphs split or joined: one suggestion, since half of it would make no sense."""
        bases = {number: self.pairs.of.get(self.chain[number]) for number in numbers}
        if any(base is None or base.shown.text != self.units[number].text for number, base in bases.items()):
            words = "\n".join("".join(self._runs_of(out, whole=True)) for out in self.outs if out.units)
            self.finder._say(self.mark, self.units[numbers[0]], words)
            return
        edits: list[Edit] = []
        used: set[int] = set()
        for out in self.outs:
            mine = [number for number in out.units if number in bases]
            if mine:
                edits += self._edits(out, mine, used, bases)
                used.update(mine)
        first = bases[numbers[0]]
        if first and edits:
            self.finder._put(What.CHANGE, self.mark, first.id, edits)

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
                    made += self.finder.edits_of(base, at, piece.start, new)
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

    def _runs_of(self, out: _Out, *, whole: bool) -> Iterator[str]:
        for piece in out.pieces:
            yield (
                piece.text if isinstance(piece, Run) else self.units[piece.unit].text[piece.start : piece.end]
            )


def _first_place(found: Found) -> int:
    return found.edits[0].start if found.edits else 1 << 30


def _asides(came: Came, plan: Plan) -> Iterator[Found]:
    """What was done inside our own changes: an objection to a suggestion, or more words in it."""
    refs = {(one.mark.author, one.mark.minute): one for one in reversed(plan.tracked)}
    for aside in came.asides:
        said = refs.get(aside.about[:2])
        what = What.OBJECTION if aside.is_objection else What.INSIDE
        block = aside.block or (said.block if said else 0)
        yield Found(what, *aside.mark, block, (), aside.words, said.ref if said else "")


def _comments(comments: Sequence[Comment], plan: Plan) -> Iterator[Found]:
    own = {(one.author, one.when[:16], one.text) for one in plan.comments}
    by_words = {(one.author, one.text) for one in plan.comments}
    refs = _refs(plan)
    for one in comments:
        broken = not one.when[:4].isdigit() or one.when.startswith("0")
        if (one.author, one.when[:16], one.text) in own or (broken and (one.author, one.text) in by_words):
            continue
        parent = comments[one.answers] if one.answers is not None else None
        about = refs.get((parent.author, parent.text), "") if parent else ""
        if one.text.strip():
            yield Found(What.COMMENT, one.author, one.when, one.block, (), one.text, about)


def _refs(plan: Plan) -> dict[tuple[str, str], str]:
    return {(one.author, one.text): one.ref for one in plan.comments if one.ref}
