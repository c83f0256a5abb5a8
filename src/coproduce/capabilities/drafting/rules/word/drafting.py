"""From changes in the words that Word shows to edits of the Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..edits import Edit, hunks, new_block
from ..replay import TOP, OpKind, State
from .aligning import Base
from .found import Found, What
from .inserting import accepted, as_prose, going_on, markdown_of, note_of
from .parts import CELL, Kind, Mark, Package, Para, Row, Run
from .source import block_of, splice
from .units import Unit


class Drafter:
    def __init__(self, state: State, base: Sequence[Base], package: Package) -> None:
        self.state, self.package = state, package
        self.made: list[Found] = []
        self.whole = True
        self.places = {id: number for number, id in enumerate(state.order)}
        self.labels = {one.shown.label for one in base if one.shown.label}
        self.last = next((id for id in reversed(state.order) if state.blocks[id].alive), TOP)

    def in_unit(self, author: str, base: Base | None, unit: Unit) -> None:
        """The changes of one author inside one paragraph or row."""
        for start, end, runs, mark in changes(unit, author):
            if base is None:
                self.say(mark, unit, "".join(run.text for run in runs))
            elif base.shown.text == unit.text:
                self.words(What.CHANGE, mark, base, start, end, runs)
            else:
                self._moved(base, unit, start, end, runs, mark)

    def _moved(self, base: Base, unit: Unit, start: int, end: int, runs: list[Run], mark: Mark) -> None:
        """A tracked change in a paragraph that was changed untracked besides: at the same words of the base."""
        shift = 0
        for first, last, words in hunks(base.shown.text, unit.text):
            if first + shift + len(words) <= start:
                shift += len(words) - (last - first)
            elif first + shift < end or (first + shift <= start and start < first + shift + len(words)):
                self.say(mark, unit, f"{unit.text[start:end]} → {''.join(run.text for run in runs)}", base.id)
                return
        self.words(What.CHANGE, mark, base, start - shift, end - shift, runs)

    def say(self, mark: Mark, unit: Unit, words: str, block: int = 0) -> None:
        """What cannot be an edit is said in words, so that nothing is lost."""
        if words.strip():
            found = block or next(iter(unit.blocks), 0)
            self.made.append(Found(What.CHANGE, mark.author, mark.when, found, (), words))

    def words(self, what: str, mark: Mark, base: Base, start: int, end: int, runs: Sequence[Run]) -> None:
        if start == 0 and end == len(base.shown.text) and not runs:
            self.put(what, mark, base.id, [Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)])
            return
        edits = self.edits_of(base, start, end, runs)
        if edits:
            self.put(what, mark, base.id, edits)
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
            note = note_of(self.package, run.look.note)
            if note is not None:
                label = next(str(n) for n in range(1, len(self.labels) + 2) if str(n) not in self.labels)
                self.labels.add(label)
                words = block_of(Para(Kind.NOTE, runs=accepted(note), label=label))
                edits += new_block(self.last, self.state.blocks[self.last].text, words)
                run = run._replace(look=run.look._replace(note=label))
            made.append(run)
        return made, edits

    def put(self, what: str, mark: Mark, block: int, edits: Sequence[Edit]) -> None:
        self.made.append(Found(what, mark.author, mark.when, block, tuple(edits)))

    def insert(self, what: str, mark: Mark, above: Base | None, new: Sequence[Para | Row]) -> None:
        edits = self.insertion(above, new)
        if edits:
            self.put(what, mark, above.id if above else TOP, edits)

    def insertion(self, above: Base | None, new: Sequence[Para | Row]) -> list[Edit]:
        """New paragraphs or rows after a block; items and rows go on with the list or table above them."""
        made: list[Edit] = []
        new = [as_prose(one) for one in new]
        for kind, same in groupby(new, key=lambda one: Kind.ROW if isinstance(one, Row) else one.kind):
            units = list(same)
            goes_on = (
                above is not None and above.shown.kind == kind and kind in (Kind.ROW, Kind.ITEM) and not made
            )
            if goes_on and above is not None:
                made += going_on(above, units)
                continue
            words = markdown_of(kind, units)
            source = above.source if above else ""
            made += (
                new_block(above.id if above else TOP, "" if made else source, words) if words.strip() else []
            )
        return made


def marks(unit: Unit) -> Iterator[Mark]:
    for run in unit.runs():
        yield from (mark for mark in (run.ins, run.gone) if mark)
    for para in unit.paras:
        yield from (mark for mark in (para.ins, para.gone) if mark)


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


def cut(runs: Iterable[Run], start: int, end: int) -> list[Run]:
    made, at = [], 0
    for run in runs:
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            made.append(run._replace(text=words))
        at += len(run.text)
    return made
