"""Histories of a text for the tests, and an independent account of what they leave."""

from itertools import accumulate, groupby, pairwise
from typing import Any

from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.compare import stretches
from coproduce.capabilities.drafting.rules.edits import Edit, edits_between, ops_of
from coproduce.capabilities.drafting.rules.moving import moved_whole
from coproduce.capabilities.drafting.rules.replay import TOP, Op, OpKind, State, replay
from coproduce.capabilities.drafting.rules.tokens import tokens
from coproduce.capabilities.drafting.rules.undoing import undone

from .texts import documents, words

texts_in_turn = st.lists(documents, min_size=1, max_size=5)


def written(text: str) -> State:
    return carried_out(State(), edits_between([], text))


def carried_out(state: State, edits: list[Edit]) -> State:
    return replay(ops_of(edits, state), state)


def sources(state: State) -> list[tuple[int, str]]:
    return [(id, block.text) for id, block in state.alive()]


def ops_to(state: State, text: str) -> list[Op]:
    return ops_of(edits_between(sources(state), text), state)


def history(texts: list[str]) -> list[Op]:
    state, ops = State(), []
    for text in texts:
        new = ops_to(state, text)
        ops += new
        state = replay(new, state)
    return ops


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Everything that can happen to a text: rewritten, passages moved and taken out, the last change taken back."""
    state, ops, last = State(), list[Op](), (list[Op](), State())
    for kind in [
        "text",
        *draw(st.lists(st.sampled_from(["text", "move", "move", "shuffle", "undo"]), max_size=6)),
    ]:
        before = state
        new = _step(draw, kind, state, last)
        ops, state, last = ops + new, replay(new, state), (new, before)
    return ops


def _step(draw: st.DrawFn, kind: str, state: State, last: tuple[list[Op], State]) -> list[Op]:
    there = [id for id, _ in sources(state)]
    if kind == "move" and there:
        block = draw(st.sampled_from(there))
        after = draw(st.sampled_from([TOP, *(id for id in state.order if id != block)]))
        return [Op(state.seq + 1, OpKind.MOVE_BLOCK, block, after)]
    if kind == "shuffle":
        text = "".join(draw(st.permutations([text for _, text in sources(state)])))
        return ops_of(moved_whole(edits_between(sources(state), text)), state)
    if kind == "undo":
        return undone(*last)
    return ops_to(state, draw(documents))


def edit_on(data: st.DataObject, state: State) -> Edit:
    """Some edit of some block, from one token boundary to another."""
    id, text = data.draw(st.sampled_from(sources(state)))
    places = [sum(map(len, tokens(text)[:n])) for n in range(len(tokens(text)) + 1)]
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    return Edit(OpKind.REPLACE, id, start, text[start:end], data.draw(words))


def side_by_side(data: st.DataObject, state: State) -> list[Edit]:
    """Edits of one block that touch and do not overlap: between any two, at most one puts words in."""
    id, text = data.draw(st.sampled_from(sources(state)))
    places = [0, *accumulate(map(len, tokens(text)))]
    cuts = [0, *sorted(data.draw(st.sets(st.sampled_from(places), max_size=4))), len(text)]
    made = []
    for start, end in pairwise(cuts):
        if data.draw(st.booleans()):
            made.append(Edit(OpKind.REPLACE, id, start, "", data.draw(words) or "and "))
        if end > start and data.draw(st.booleans()):
            made.append(Edit(OpKind.REPLACE, id, start, text[start:end], data.draw(st.just("") | words)))
    return list({(edit.start, edit.end): edit for edit in made}.values())


class PlainList:
    """Order and authorship by another way: one list of blocks, each a list of (character, writer)."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def do(self, op: Op) -> None:
        writers = [seq for seq, length in op.runs or [(op.seq, len(op.inserted))] for _ in range(length)]
        new = list(zip(op.inserted, writers, strict=True))
        if op.kind == OpKind.INSERT_BLOCK:
            self._put({"id": op.seq, "made": new, "there": True}, op.after)
        elif op.kind == OpKind.MOVE_BLOCK:
            self._put(self.rows.pop(self._place(op.block)), op.after)
        elif op.kind == OpKind.REPLACE:
            self._row(op.block)["made"][op.start : op.start + len(op.removed)] = new
        else:
            self._row(op.block)["there"] = op.kind == OpKind.RESTORE_BLOCK

    def blocks(self) -> list[tuple[int, str, list[tuple[int, int]]]]:
        there = [row for row in self.rows if row["there"]]
        return [(row["id"], "".join(c for c, _ in row["made"]), in_runs(row["made"])) for row in there]

    def _put(self, row: dict[str, Any], after: int) -> None:
        self.rows.insert(self._place(after) + 1 if after else 0, row)

    def _place(self, id: int) -> int:
        return next(place for place, row in enumerate(self.rows) if row["id"] == id)

    def _row(self, id: int) -> dict[str, Any]:
        return self.rows[self._place(id)]


def in_runs(made: list[tuple[str, int]]) -> list[tuple[int, int]]:
    return [(who, len(list(run))) for who, run in groupby(who for _, who in made)]


def account_of(state: State) -> list[tuple[int, str, list[tuple[int, int]]]]:
    """Ids, texts and writers in order, as `PlainList` tells them."""
    return [
        (id, block.text, in_runs([(c, seq) for seq, text in stretches(block) for c in text]))
        for id, block in state.alive()
    ]
