"""What people changed in a Word file since we made it: each change with its author, as an edit of the base text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..edits import Edit, hunks
from ..replay import OpKind, State
from .aligning import Base, Pairs, aligned, extra
from .board import Said
from .chains import Author
from .drafting import Drafter, cut, marks
from .found import NOBODY, Found, What, first_place, splits_as_one
from .inserting import accepted_row, plain
from .parts import Comment, Package
from .planning import Plan
from .showing import layout, show
from .units import Came, Unit, came_back


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


class _Finder(Drafter):
    def sorted(self) -> list[Found]:
        return sorted(self.made, key=lambda one: (self.places.get(one.block, -1), first_place(one)))

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
            self.put(What.UNTRACKED, NOBODY, base.id, [gone])
        new = list(extra(pairs, units))
        self.whole = self.whole and not new
        for _start, some in groupby(enumerate(new), key=lambda one: one[1] - one[0]):
            first = [place for _number, place in some]
            self.insert(
                What.UNTRACKED, NOBODY, pairs.before(first[0]), [plain(units[place]) for place in first]
            )
        self.made = splits_as_one(self.made)

    def _rewritten(self, base: Base, unit: Unit) -> None:
        shift = 0
        runs = unit.base_runs()
        for start, end, words in hunks(base.shown.text, unit.text):
            new = cut(runs, start + shift, start + shift + len(words))
            shift += len(words) - (end - start)
            self.words(What.UNTRACKED, NOBODY, base, start, end, new)

    # Tracked

    def _chain(self, pairs: Pairs, units: Sequence[Unit], chain: Sequence[int]) -> None:
        """Units whose ends were taken out between them; each author by themselves."""
        own = [units[place] for place in chain]
        authors = dict.fromkeys(mark.author for unit in own for mark in marks(unit))
        for author in authors:
            Author(self, author, pairs, chain, own).find()

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
            rows = [accepted_row(one.row) for one in together if one.row]
            self.insert(What.CHANGE, unit.row.ins or NOBODY, pairs.before(place), rows)
            return len(together)
        base = pairs.of.get(place)
        if base and unit.row.gone:
            gone = Edit(OpKind.DELETE_BLOCK, base.id, 0, base.source)
            self.put(What.CHANGE, unit.row.gone, base.id, [gone])
        else:
            for author in dict.fromkeys(mark.author for mark in marks(unit)):
                self.in_unit(author, base, unit)
        return 1


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
