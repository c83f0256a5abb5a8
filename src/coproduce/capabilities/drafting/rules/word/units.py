"""A file that came back, without what we put into it: its paragraphs as they would be with every change rejected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .parts import BREAK, CELL, OBJECT, Flow, Mark, Para, Row, Run
from .planning import Plan

Key = tuple[str, str, str]  # author, minute, what was done


class Aside(NamedTuple):
    """Something done inside the words of one of our own tracked changes, which the base does not have."""

    mark: Mark
    words: str
    about: Key
    is_objection: bool
    block: int


@dataclass(slots=True)
class Unit:
    """What is one paragraph or row with every change rejected; inner ends were put in, the last one stays.

    `gone` says by whom the last end is taken out, so that the unit and the next one become one.
    """

    paras: list[Para]
    row: Row | None = None
    gone: Mark | None = None
    text: str = ""
    blocks: list[int] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.row is not None and self.row.ins is not None

    def runs(self) -> Iterator[Run]:
        """All runs in order; an end that was put in, or stands inside a cell, is a break."""
        if self.row is None:
            for para in self.paras:
                yield from para.runs
            return
        for number, cell in enumerate(self.row.cells):
            if number:
                yield Run(CELL)
            for at, para in enumerate(cell):
                yield from para.runs
                if at < len(cell) - 1:
                    yield Run(BREAK, ins=para.ins, gone=para.gone)

    def base_runs(self) -> list[Run]:
        return [run._replace(gone=None) for run in self.runs() if run.ins is None]


@dataclass(slots=True)
class Came:
    """The units of a file, its footnotes, what was done inside our own changes, and how many of ours came back."""

    units: list[Unit] = field(default_factory=list)
    notes: list[Unit] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    ours: int = 0
    lost: set[tuple[str, str]] = field(default_factory=set)


def came_back(flow: Flow, notes: Sequence[Para], plan: Plan) -> Came:
    """Everything in a file but the tracked changes that `plan` put there."""
    ours = _Ours([*_paras(plan.flow), *plan.notes], plan.flow)
    came = Came()
    made = list(_cleaned(flow, ours, came))
    came.units = list(_units(made))
    came.notes = [_unit([_clean_para(note, ours, came)]) for note in notes]
    came.ours, came.lost = ours.met, ours.lost()
    came.asides += [Aside(Mark("", ""), words, key, False, 0) for key, words in ours.cut()]
    return came


def _paras(flow: Iterable[Para | Row]) -> Iterator[Para]:
    for unit in flow:
        yield from unit.paras() if isinstance(unit, Row) else (unit,)


@dataclass(slots=True)
class _Own:
    """Words of one of our changes, and what came back of them."""

    words: str
    got: list[str] = field(default_factory=list)


class _Ours:
    """The changes that we put into the file: by author, minute and kind, each with its words."""

    def __init__(self, paras: Iterable[Para], flow: Flow) -> None:
        self.own: dict[Key, list[_Own]] = defaultdict(list)
        self.ends: set[Key] = set()
        for para in paras:
            for key, places in _groups(para):
                self.own[key].append(_Own("".join(para.runs[place].text for place in places)))
        for unit in flow:
            self.ends.update(key for key in (_end(unit, "ins"), _end(unit, "gone")) if key)

    def has(self, key: Key, words: str) -> bool:
        """Whether these words are ours: all of a change, or a part that somebody left of it."""
        free = [own for own in self.own.get(key, ()) if "".join(own.got) != own.words]
        found = next((own for own in free if own.words == words and not own.got), None) or next(
            (own for own in free if _within(words, own.words)), None
        )
        if found:
            found.got.append(words)
        return found is not None

    @property
    def met(self) -> int:
        return sum(1 for own in self._all() if own.got)

    def _all(self) -> Iterator[_Own]:
        return (own for some in self.own.values() for own in some)

    def lost(self) -> set[tuple[str, str]]:
        """Author and minute of the changes of which nothing came back at all."""
        met = {key[:2] for key, some in self.own.items() if any(own.got for own in some)}
        return {key[:2] for key in self.own} - met

    def cut(self) -> Iterator[tuple[Key, str]]:
        """Our insertions that lost words without anybody's mark, with what is left of them."""
        for key, some in self.own.items():
            for own in some:
                left = "".join(own.got)
                if key[2] == "ins" and left and left != own.words and len(left) < len(own.words):
                    yield key, left


def _within(words: str, one: str) -> bool:
    return words in one or one in words


def _end(unit: Para | Row, name: str) -> Key | None:
    mark = unit.ins if name == "ins" else unit.gone
    kind = "row" if isinstance(unit, Row) else "end"
    return (mark.author, mark.minute, f"{name} {kind}") if mark else None


def _groups(para: Para) -> Iterator[tuple[Key, list[int]]]:
    """The runs that belong together: same author, minute and kind, with nothing of the base between them."""
    held: dict[Key, list[int]] = {}
    for place, run in enumerate(para.runs):
        mark = run.ins or run.gone
        key = (mark.author, mark.minute, "ins" if run.ins else "del") if mark else None
        for other in [other for other in held if run.ins is None and other != key]:
            yield other, held.pop(other)
        if key:
            held.setdefault(key, []).append(place)
    yield from held.items()


def _cleaned(flow: Flow, ours: _Ours, came: Came) -> Iterator[Para | Row]:
    for unit in flow:
        if isinstance(unit, Row):
            cells = [[_clean_para(para, ours, came) for para in cell] for cell in unit.cells]
            if _end(unit, "ins") in ours.ends:
                continue
            gone = None if _end(unit, "gone") in ours.ends else unit.gone
            yield Row(cells, unit.table, unit.ins, gone, unit.block)
        elif _end(unit, "ins") in ours.ends:
            rest = _clean_para(unit, ours, came)
            if any(run.ins is None for run in rest.runs):
                yield rest
            else:
                came.asides += [
                    Aside(run.ins, run.text, _as_words(unit), False, 0) for run in rest.runs if run.ins
                ]
        else:
            yield _clean_para(unit, ours, came)


def _as_words(unit: Para) -> Key:
    return (unit.ins.author, unit.ins.minute, "ins") if unit.ins else ("", "", "")


def _clean_para(para: Para, ours: _Ours, came: Came) -> Para:
    """The paragraph without our own words in it, and with what we took out."""
    if not para.ins and not para.gone and not any(run.ins or run.gone for run in para.runs):
        return para
    own: dict[int, Key] = {}
    for key, places in _groups(para):
        if ours.has(key, "".join(para.runs[place].text for place in places)):
            own.update(dict.fromkeys(places, key))
    runs: list[Run] = []
    for place, run in enumerate(para.runs):
        if place not in own:
            runs += [] if _write_inside(para, place, own, came) else [run]
        elif run.ins is None:
            runs.append(run._replace(gone=None))
        elif run.gone:
            came.asides.append(Aside(run.gone, run.text, own[place], True, para.block))
    ins = None if _end(para, "ins") in ours.ends else para.ins
    gone = None if _end(para, "gone") in ours.ends else para.gone
    return Para(
        para.kind, para.level, para.ordered, para.number, runs, ins, gone, para.block, para.label, para.notes
    )


def _write_inside(para: Para, place: int, own: dict[int, Key], came: Came) -> bool:
    """Words that somebody wrote into the middle of ours."""
    run = para.runs[place]
    left = next(
        (key for at in range(place - 1, -1, -1) if (key := own.get(at)) or para.runs[at].ins is None), None
    )
    right = next((own.get(at) for at in range(place + 1, len(para.runs)) if own.get(at) or
                  para.runs[at].ins is None), None)  # fmt: skip
    if run.ins is None or not left or left != right or left[2] != "ins":
        return False
    came.asides.append(Aside(run.ins, run.text, left, False, para.block))
    return True


def _units(flow: Iterable[Para | Row]) -> Iterator[Unit]:
    held: list[Para] = []
    for one in flow:
        if isinstance(one, Row):
            if held:
                yield _unit(held)
                held = []
            yield _row_unit(one)
            continue
        held.append(one)
        if one.ins is None:
            yield _unit(held)
            held = []
    if held:
        yield _unit(held)


def _unit(paras: list[Para]) -> Unit:
    unit = Unit(paras, gone=paras[-1].gone, blocks=[para.block for para in paras if para.block])
    unit.text = "".join(run.text for para in paras for run in para.runs if run.ins is None)
    return unit


def _row_unit(row: Row) -> Unit:
    unit = Unit(list(row.paras()), row, row.gone, blocks=[row.block] if row.block else [])
    unit.text = "".join(run.text for run in unit.runs() if run.ins is None)
    return unit


def is_blank(unit: Unit) -> bool:
    """Whether nothing stands in it."""
    return not unit.text.strip(BREAK + CELL + " \t") and OBJECT not in unit.text
