"""The invariants of the master copy: text, blame and places come out of the operations exactly."""

from collections.abc import Callable, Sequence
from itertools import chain, groupby

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.blocks import parts, split
from coproduce.capabilities.drafting.rules.compare import Mark, Piece, compare, new_text, old_text, stretches
from coproduce.capabilities.drafting.rules.credit import credit
from coproduce.capabilities.drafting.rules.edits import (
    Edit,
    credited_ops,
    edits_between,
    edits_to_block,
    hunks,
    new_block,
    ops_of,
)
from coproduce.capabilities.drafting.rules.mapping import Standing, overlap, place_of, rivals
from coproduce.capabilities.drafting.rules.replay import (
    TOP,
    CannotReplay,
    Op,
    OpKind,
    State,
    apply,
    from_snapshot,
    replay,
    to_snapshot,
)
from coproduce.capabilities.drafting.rules.tokens import tokens

from .texts import documents, words

histories = st.lists(documents, min_size=1, max_size=5)


def written(text: str) -> State:
    state = State()
    return carried_out(state, edits_between([], text))


def carried_out(state: State, edits: list[Edit]) -> State:
    return replay(ops_of(edits, state), state)


def sources(state: State) -> list[tuple[int, str]]:
    return [(id, block.text) for id, block in state.alive()]


def history(texts: list[str]) -> list[Op]:
    state, ops = State(), []
    for text in texts:
        new = ops_of(edits_between(sources(state), text), state)
        ops += new
        state = replay(new, state)
    return ops


class PlainList:
    """An independent account of order and authorship: blocks as lists of (character, writer)."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[tuple[str, int]] | None]] = []

    def do(self, op: Op) -> None:
        places = {id: place for place, (id, _) in enumerate(self.rows)}
        new = [(character, op.seq) for character in op.inserted]
        if op.kind == OpKind.INSERT_BLOCK:
            self.rows.insert(places[op.after] + 1 if op.after else 0, (op.seq, new))
        elif op.kind == OpKind.DELETE_BLOCK:
            self.rows[places[op.block]] = (op.block, None)
        else:
            characters = self.rows[places[op.block]][1]
            assert characters is not None
            characters[op.start : op.start + len(op.removed)] = new

    def blocks(self) -> list[tuple[int, str, list[tuple[int, int]]]]:
        return [
            (id, "".join(c for c, _ in made), in_runs(made)) for id, made in self.rows if made is not None
        ]


def in_runs(made: list[tuple[str, int]]) -> list[tuple[int, int]]:
    return [(who, len(list(run))) for who, run in groupby(who for _, who in made)]


@settings(max_examples=150)
@given(histories)
def test_the_operations_of_any_history_give_every_text_exactly(texts: list[str]) -> None:
    state = State()
    for text in texts:
        state = carried_out(state, edits_between(sources(state), text))
        assert state.text() == text


@settings(max_examples=150)
@given(histories)
def test_replaying_gives_the_text_order_and_blame_of_a_plain_list(texts: list[str]) -> None:
    oracle, ops = PlainList(), history(texts)
    for op in ops:
        oracle.do(op)

    state = replay(ops)

    found = [
        (id, block.text, in_runs([(c, seq) for seq, text in stretches(block) for c in text]))
        for id, block in state.alive()
    ]
    assert found == oracle.blocks()


@settings(max_examples=100)
@given(histories)
def test_every_word_is_attributable_and_none_is_lost(texts: list[str]) -> None:
    """Each stretch stands in what its operation put into that block; what went in is out or alive."""
    ops = history(texts)
    by_seq = {op.seq: op for op in ops}
    state = replay(ops)
    for id, block in state.alive():
        assert "".join(text for _, text in stretches(block)) == block.text
        assert all(text in by_seq[seq].inserted and by_seq[seq].block == id for seq, text in stretches(block))
    assert sum(len(op.inserted) - len(op.removed) for op in ops) == len(state.text())


@settings(max_examples=50)
@given(histories)
def test_a_snapshot_is_the_same_state(texts: list[str]) -> None:
    state = replay(history(texts))

    assert from_snapshot(state.seq, to_snapshot(state)) == state


@settings(max_examples=200)
@given(words, words)
def test_the_changed_words_carried_out_give_what_was_typed(old: str, typed: str) -> None:
    text, shift = old, 0
    for start, end, new in hunks(old, typed):
        text = text[: start + shift] + new + text[end + shift :]
        shift += len(new) - (end - start)
    assert text == typed


@settings(max_examples=150)
@given(documents, words, st.data())
def test_accepting_all_edits_to_a_block_gives_the_words_typed(
    text: str, typed: str, data: st.DataObject
) -> None:
    assume(text and typed.strip())
    state = written(text)
    blocks = [(TOP, ""), *sources(state)]
    at = data.draw(st.integers(1, len(blocks) - 1))
    id, old = blocks[at]

    after = carried_out(state, edits_to_block(id, blocks[at - 1][0], old, typed))

    head, _, tail = parts(old)
    others = [source for _, source in blocks]
    assert after.text() == "".join([*others[:at], head + typed + tail, *others[at + 1 :]])


def edits_on(data: st.DataObject, state: State) -> Edit:
    """Some edit of some block, from one token boundary to another."""
    id, text = data.draw(st.sampled_from(sources(state)))
    places = [sum(map(len, tokens(text)[:n])) for n in range(len(tokens(text)) + 1)]
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    return Edit(OpKind.REPLACE, id, start, text[start:end], data.draw(words))


@settings(max_examples=200)
@given(documents, st.data())
def test_a_moved_suggestion_still_points_at_the_words_it_quoted(text: str, data: st.DataObject) -> None:
    assume(text)
    base = written(text)
    mine, state, ops = edits_on(data, base), base, []
    for _ in range(data.draw(st.integers(0, 4))):
        if not sources(state):
            break
        new = ops_of([edits_on(data, state)], state)
        state, ops = replay(new, state), ops + new

    place = place_of(mine, base.seq, ops, state)

    if place.standing is Standing.HOLDS:
        assert state.blocks[mine.block].text[place.edit.start : place.edit.end] == mine.quote


@settings(max_examples=200)
@given(documents, st.data())
def test_independent_suggestions_commute_and_conflict_means_overlap(text: str, data: st.DataObject) -> None:
    assume(text)
    base = written(text)
    one, other = edits_on(data, base), edits_on(data, base)
    assume(one != other)

    def both(first: Edit, second: Edit) -> str | None:
        state = carried_out(base, [first])
        place = place_of(second, base.seq, ops_of([first], base), state)
        return carried_out(state, [place.edit]).text() if place.standing is Standing.HOLDS else None

    there, back = both(one, other), both(other, one)
    assert (there is None) == (back is None) == overlap(one, other)
    if (one.block, one.start, one.end) != (other.block, other.start, other.end):
        assert there == back


@settings(max_examples=100)
@given(documents, st.data(), st.integers(2, 6))
def test_one_sweep_finds_the_pairs_that_overlap(text: str, data: st.DataObject, count: int) -> None:
    assume(text)
    base = written(text)
    edits = list(enumerate(edits_on(data, base) for _ in range(count)))

    expected = {frozenset((i, j)) for i, a in edits for j, b in edits if i < j and overlap(a, b)}
    assert {frozenset(pair) for pair in rivals(edits)} == expected


@settings(max_examples=100)
@given(histories, st.data())
def test_a_comparison_holds_both_texts_and_names_the_operations(
    texts: list[str], data: st.DataObject
) -> None:
    ops = history(texts)
    cut = data.draw(st.integers(0, len(ops)))
    old, now = replay(ops[:cut]), replay(ops)

    found = compare(old, ops[cut:])

    def text_of(state: State, side: Callable[[Sequence[Piece]], str]) -> str:
        made = []
        for id in found.order:
            if id in found.changed:
                made.append(side(found.changed[id]))
            elif id in state.blocks:
                made.append(state.blocks[id].text)
        return "".join(made)

    assert text_of(old, old_text) == old.text()
    assert text_of(now, new_text) == now.text()
    by_seq = {op.seq: op for op in ops}
    for piece in chain.from_iterable(found.changed.values()):
        if piece.mark is not Mark.KEPT:
            op = by_seq[piece.seq]
            assert within(piece.text, op.inserted if piece.mark is Mark.ADDED else op.removed)


def within(part: str, whole: str) -> bool:
    """Whether the characters of one text stand in the other, in order."""
    left = iter(whole)
    return all(character in left for character in part)


@settings(max_examples=100)
@given(words, words, words)
def test_credited_words_joined_are_the_final_words(current: str, suggested: str, final: str) -> None:
    assert "".join(text for text, _ in credit(final, suggested)) == final
    state = written(current)
    edits = edits_between(sources(state), final)
    made = [op for op, _ in credited_ops(edits, state, lambda text: credit(text, suggested))]
    assert replay(made, state).text() == final


def test_words_kept_from_a_suggestion_are_the_suggesters() -> None:
    assert credit("pay travel time from April", "pay travel time in full") == [
        ("pay travel time ", True), ("from April", False),
    ]  # fmt: skip


def test_close_changes_are_one_and_distant_ones_are_two() -> None:
    assert len(hunks("visit twice a day", "call three times each day")) == 1
    assert len(hunks("visit twice a day and listen well", "visit once a day and listen closely")) == 2


def test_a_suggestion_to_removed_words_is_a_conflict_not_a_merge() -> None:
    base = written("Visit twice a day.")
    mine = Edit(OpKind.REPLACE, 1, 6, "twice", "once")
    ops = ops_of([Edit(OpKind.REPLACE, 1, 6, "twice", "three times")], base)

    assert place_of(mine, base.seq, ops, replay(ops, base)).standing is Standing.CONFLICT


def test_the_same_words_from_two_people_are_already_done() -> None:
    base = written("Visit a day.")
    mine = Edit(OpKind.REPLACE, 1, 6, "", "twice ")
    ops = ops_of([mine], base)

    assert place_of(mine, base.seq, ops, replay(ops, base)).standing is Standing.DONE


def test_a_suggestion_to_a_removed_block_says_so() -> None:
    base = written("One.\n\nTwo.")
    ops = ops_of([Edit(OpKind.DELETE_BLOCK, 1, 0, "One.\n\n")], base)

    place = place_of(Edit(OpKind.REPLACE, 1, 0, "One", "First"), base.seq, ops, replay(ops, base))
    assert place == (Standing.REMOVED, Edit(OpKind.REPLACE, 1, 0, "One", "First"), 3)


def test_nobody_removes_a_block_that_somebody_improved_since() -> None:
    base = written("One.\n\nTwo.")
    ops = ops_of([Edit(OpKind.REPLACE, 1, 0, "One", "First")], base)

    place = place_of(Edit(OpKind.DELETE_BLOCK, 1, 0, "One.\n\n"), base.seq, ops, replay(ops, base))
    assert place.standing is Standing.CONFLICT


def test_a_new_block_stands_after_those_accepted_before_it() -> None:
    base = written("One.\n\nTwo.\n")
    first, second = (new_block(1, "One.\n\n", words) for words in ("First in.", "Second in."))
    ops = ops_of(first, base)
    state = replay(ops, base)

    placed = [place_of(edit, base.seq, ops, state).edit for edit in second]
    assert carried_out(state, placed).text() == "One.\n\nFirst in.\n\nSecond in.\n\nTwo.\n"


def test_a_new_paragraph_after_a_list_item_gets_an_empty_line() -> None:
    state = written("* One\n* Two")
    assert carried_out(state, new_block(2, "* Two", "After.")).text() == "* One\n* Two\n\nAfter.\n\n"
    assert carried_out(state, new_block(1, "* One\n", "Mid.")).text() == "* One\n\nMid.\n\n* Two"


def test_two_paragraphs_typed_for_one_become_two_blocks() -> None:
    state = written("Care comes home.\n\nEnd.")
    after = carried_out(state, edits_to_block(1, TOP, "Care comes home.\n\n", "Care comes home.\n\nSoon."))

    assert [text for _, text in sources(after)] == ["Care comes home.\n\n", "Soon.\n\n", "End."]


def test_emptying_the_box_takes_the_block_out() -> None:
    assert edits_to_block(1, TOP, "One.\n\n", " ") == [Edit(OpKind.DELETE_BLOCK, 1, 0, "One.\n\n")]


def test_a_renamed_list_keeps_each_line_paired_with_what_it_became() -> None:
    state = written("* Ask each carer\n* Pay travel time\n* Write it down\n")
    edits = edits_between(sources(state), "* New line first\n* Ask every carer\n* Write it all down\n")

    assert [(edit.kind, edit.block) for edit in edits] == [
        ("insert_block", TOP), ("replace", 1), ("delete_block", 2), ("replace", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        Op(3, "replace", 1),
        Op(2, "replace", 9),
        Op(2, "replace", 1, removed="Other"),
        Op(2, "replace", 1, start=50, inserted="far"),
        Op(2, "delete_block", 1, removed="On"),
        Op(2, "insert_block", 5, after=1),
        Op(2, "insert_block", 2, after=7),
    ],
)
def test_an_operation_that_does_not_fit_is_refused(wrong: Op) -> None:
    with pytest.raises(CannotReplay):
        apply(written("One."), wrong)


def test_a_long_passage_is_compared_by_sentences_and_still_exactly() -> None:
    old = " ".join(f"Sentence {n} says this." for n in range(600))
    new = old.replace(" 5 says", " 5 tells").replace(" 590 says", " 590 tells")

    found = hunks(old, new)
    assert [(old[start:end], text) for start, end, text in found] == [("says", "tells"), ("says", "tells")]
    assert split(new) == [new]


def test_what_replaced_words_stands_after_them_also_in_two_hands() -> None:
    base = written("Visit twice a day.")
    ops = [Op(2, "replace", 1, 0, 6, "twice", "three "), Op(3, "replace", 1, 0, 12, "", "times")]

    pieces = [(str(piece.mark), piece.text) for piece in compare(base, ops).changed[1]]

    assert pieces == [
        ("kept", "Visit "), ("removed", "twice"), ("added", "three "), ("added", "times"), ("kept", " a day."),
    ]  # fmt: skip


def test_one_word_in_common_is_chance_in_a_suggestion_of_free_words() -> None:
    assert credit("a weekly visit", "pay for a taxi", 2) == [("a weekly visit", False)]
    assert credit("a weekly visit", "a taxi", 1) == [("a ", True), ("weekly visit", False)]
