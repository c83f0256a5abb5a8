"""What a Word file of a text shows: its blocks, the suggestions as tracked changes, all others as comments.

Competing suggestions cannot all be tracked changes, since accepting all would give every wording at once:
the earliest stays one, each other becomes a comment by its author.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..blocks import body
from ..replay import TOP, State
from .board import Board, Said
from .parts import CELL, Comment, Flow, Kind, Mark, Para, Row, Run
from .showing import Shown, ends_with_gap, layout, show


@dataclass(slots=True)
class Plan:
    """The body, the footnotes and the comments, and which suggestions are tracked changes in them."""

    flow: Flow = field(default_factory=list)
    notes: list[Para] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    tracked: list[Said] = field(default_factory=list)


def planned(state: State, said: Iterable[Said]) -> Plan:
    """The file of a text with these suggestions, in the order in which they were made."""
    blocks = [(id, block.text) for id, block in state.alive()]
    shown = {id: (source, one) for id, source, one in layout(blocks)}
    board = Board(shown)
    plan = Plan()
    for one in said:
        if one.edits and board.takes(one):
            plan.tracked.append(one)
            _remark(plan, one, one.why)
        else:
            _remark(plan, one, one.full)
    plan.flow, plan.notes = _flow(blocks, shown, board)
    return plan


def _remark(plan: Plan, said: Said, text: str) -> None:
    """A suggestion's words in the margin, and its answers under them."""
    if not text and not said.answers:
        return
    first = len(plan.comments)
    plan.comments.append(Comment(*said.mark, text or said.ref, None, said.closed, said.block, said.ref))
    for answer in said.answers:
        plan.comments.append(Comment(*answer.mark, answer.text, first, said.closed, said.block, said.ref))


class _Tables:
    """Which table a row belongs to."""

    def __init__(self) -> None:
        self.last = self.base = 0
        self.open = False

    def of(self, source: str, before: Para | Row | None, *, new: bool) -> int:
        heads = "\n" in body(source) or "\r" in body(source)
        goes_on = isinstance(before, Row) and not heads if new else self.open and not heads
        if not goes_on:
            self.last += 1
        number = before.table if new and goes_on and isinstance(before, Row) else (
            self.base if goes_on else self.last)  # fmt: skip
        if not new:
            self.base, self.open = number, True
        return number


def _flow(
    blocks: Sequence[tuple[int, str]], shown: dict[int, tuple[str, Shown]], board: Board
) -> tuple[Flow, list[Para]]:
    flow: Flow = []
    held: dict[str, Para] = {}
    tables = _Tables()
    for mark, words in board.added[TOP]:
        _put_new(flow, mark, words, tables)
    for id, _source in blocks:
        if id in shown:
            source, one = shown[id]
            runs = board.runs.get(id) or list(one.runs())
            unit = _unit(one, runs, tables.of(source, flow[-1] if flow else None, new=False)
                         if one.kind == Kind.ROW else 0)  # fmt: skip
            unit.block = id
            tables.open = one.kind == Kind.ROW and not ends_with_gap(source)
            if id in board.gone:
                _mark(unit, gone=board.gone[id])
            if one.kind == Kind.NOTE and isinstance(unit, Para) and unit.label not in held:
                held[unit.label] = unit
            flow.append(unit)
        for mark, words in [*board.instead.get(id, ()), *board.added[id]]:
            _put_new(flow, mark, words, tables)
    _give_levels(flow)
    return _apart(flow, held)


def _put_new(flow: Flow, mark: Mark, words: str, tables: _Tables) -> None:
    one = show(words)
    if one:
        table = tables.of(words, flow[-1] if flow else None, new=True) if one.kind == Kind.ROW else 0
        unit = _unit(one, list(one.runs()), table)
        _mark(unit, ins=mark)
        flow.append(unit)


def _unit(shown: Shown, runs: Sequence[Run], table: int) -> Para | Row:
    if shown.kind == Kind.ROW:
        return Row([[Para(runs=cell)] for cell in _cells(runs)], table)
    level = shown.level if shown.kind == Kind.HEADING else shown.indent
    ordered = bool(shown.number) and shown.kind == Kind.ITEM
    return Para(shown.kind, level, ordered, max(shown.number - 1, 0), list(runs), label=shown.label)


def _cells(runs: Iterable[Run]) -> Iterator[list[Run]]:
    cell: list[Run] = []
    for run in runs:
        first, *others = run.text.split(CELL)
        cell += [run._replace(text=first)] if first else []
        for words in others:
            yield cell
            cell = [run._replace(text=words)] if words else []
    yield cell


def _mark(unit: Para | Row, ins: Mark | None = None, gone: Mark | None = None) -> None:
    for para in unit.paras() if isinstance(unit, Row) else (unit,):
        para.runs = [run._replace(ins=ins, gone=gone) for run in para.runs]
    unit.ins, unit.gone = ins, gone


def _give_levels(flow: Flow) -> None:
    """From how far an item is set in to how deep it stands."""
    indents: list[int] = []
    for unit in flow:
        if isinstance(unit, Row) or unit.kind != Kind.ITEM:
            indents = [] if isinstance(unit, Row) or unit.kind != Kind.PARAGRAPH else indents
            continue
        indent = unit.level
        while indents and indent < indents[-1]:
            indents.pop()
        if not indents or indent > indents[-1] + 1:
            indents.append(indent)
        unit.level = len(indents) - 1


def _apart(flow: Flow, held: dict[str, Para]) -> tuple[Flow, list[Para]]:
    """The body, and the footnotes in the order of their numbers; one that nothing points at stays in the body."""
    labels = [run.look.note for unit in flow for run in _runs(unit) if run.look.note]
    wanted = [label for label in dict.fromkeys(labels) if label in held]
    notes = [held[label] for label in wanted]
    out = {id(para) for para in notes}
    return [unit for unit in flow if id(unit) not in out], notes


def _runs(unit: Para | Row) -> Iterator[Run]:
    paras = unit.paras() if isinstance(unit, Row) else (unit,)
    return (run for para in paras for run in para.runs)
