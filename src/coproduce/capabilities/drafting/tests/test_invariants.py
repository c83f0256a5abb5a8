"""The invariants of the master copy, 1 to 9 and 12: texts, writers and places come out of the operations exactly.

The others need a database (test_invariants_kept.py) or are about Word files.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.blocks import parts
from coproduce.capabilities.drafting.rules.compare import Mark, Piece, compare, new_text, old_text, stretches
from coproduce.capabilities.drafting.rules.edits import Edit, edits_between, edits_to_block, hunks, ops_of
from coproduce.capabilities.drafting.rules.mapping import Standing, overlap, place_of, rivals
from coproduce.capabilities.drafting.rules.replay import (
    TOP,
    Op,
    OpKind,
    State,
    from_snapshot,
    replay,
    to_snapshot,
)
from coproduce.capabilities.drafting.rules.tokens import tokens
from coproduce.capabilities.drafting.rules.undoing import undone

from .histories import (
    PlainList,
    account_of,
    carried_out,
    edit_on,
    histories,
    side_by_side,
    sources,
    texts_in_turn,
    written,
)
from .texts import documents, words


@given(st.one_of(documents, st.text()))
def test_invariant_01_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@settings(max_examples=150)
@given(texts_in_turn)
def test_invariant_02_the_operations_of_any_history_give_every_text(texts: list[str]) -> None:
    state = State()
    for text in texts:
        state = carried_out(state, edits_between(sources(state), text))
        assert state.text() == text


@settings(max_examples=200)
@given(histories())
def test_invariant_02_replaying_gives_the_text_order_and_writers_of_a_plain_list(ops: list[Op]) -> None:
    oracle = PlainList()
    for op in ops:
        oracle.do(op)

    assert account_of(replay(ops)) == oracle.blocks()


@settings(max_examples=50)
@given(histories())
def test_invariant_03_a_snapshot_is_the_state_that_replaying_gives(ops: list[Op]) -> None:
    state = replay(ops)

    assert from_snapshot(state.seq, to_snapshot(state)) == state


@settings(max_examples=150)
@given(histories(), st.data())
def test_invariant_04_every_token_of_every_version_stands_in_what_its_operation_put_in(
    ops: list[Op], data: st.DataObject
) -> None:
    by_seq = {op.seq: op for op in ops}
    state = replay(ops[: data.draw(st.integers(0, len(ops)))])
    for _id, block in state.alive():
        assert "".join(text for _, text in stretches(block)) == block.text
        for seq, text in stretches(block):
            assert not Counter(text) - Counter(by_seq[seq].inserted)
            assert by_seq[seq].kind in (OpKind.INSERT_BLOCK, OpKind.REPLACE)


@settings(max_examples=150)
@given(histories())
def test_invariant_05_what_went_in_came_out_or_stands(ops: list[Op]) -> None:
    went_in = Counter("".join(op.inserted for op in ops))
    came_out = Counter("".join(op.removed for op in ops))
    assert went_in == came_out + Counter(replay(ops).text())


@settings(max_examples=200)
@given(documents, st.data())
def test_invariant_07_a_moved_suggestion_still_points_at_the_words_it_quoted(
    text: str, data: st.DataObject
) -> None:
    assume(text)
    base = written(text)
    mine, state, ops = edit_on(data, base), base, list[Op]()
    for _ in range(data.draw(st.integers(0, 4))):
        if not sources(state):
            break
        new = ops_of([edit_on(data, state)], state)
        if data.draw(st.booleans()):
            new += undone(new, state)
        state, ops = replay(new, state), ops + new

    place = place_of(mine, base.seq, ops, state)

    if place.standing is Standing.HOLDS:
        assert state.blocks[mine.block].text[place.edit.start : place.edit.end] == mine.quote


@settings(max_examples=200)
@given(documents, st.data())
def test_invariant_08_two_suggestions_commute_and_conflict_means_overlap(
    text: str, data: st.DataObject
) -> None:
    assume(text)
    base = written(text)
    one, other = edit_on(data, base), edit_on(data, base)
    assume(one != other)

    def both(first: Edit, second: Edit) -> str | None:
        state = carried_out(base, [first])
        place = place_of(second, base.seq, ops_of([first], base), state)
        return carried_out(state, [place.edit]).text() if place.standing is Standing.HOLDS else None

    there, back = both(one, other), both(other, one)
    assert (there is None) == (back is None) == overlap(one, other)
    if (one.block, one.start, one.end) != (other.block, other.start, other.end):
        assert there == back


@settings(max_examples=300)
@given(documents, st.data())
def test_invariant_08_any_number_of_them_in_any_order_give_the_text_of_plain_splicing(
    text: str, data: st.DataObject
) -> None:
    """Also where the words between two insertions went out before the first of them came in."""
    assume(text)
    base = written(text)
    edits = side_by_side(data, base)

    state, ops, asked_at = base, list[Op](), dict[int, int]()
    for edit in data.draw(st.permutations(edits)):
        place = place_of(edit, base.seq, ops, state, asked_at)
        assert place.standing is Standing.HOLDS
        (new,) = ops_of([place.edit], state)
        state, ops, asked_at[new.seq] = replay([new], state), [*ops, new], edit.start

    assert state.text() == "".join(_spliced(source, id, edits) for id, source in sources(base))


def _spliced(source: str, id: int, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        if edit.block == id:
            source = source[: edit.start] + edit.words + source[edit.end :]
    return source


@settings(max_examples=100)
@given(documents, st.data(), st.integers(2, 6))
def test_invariant_08_one_sweep_finds_the_pairs_that_overlap(
    text: str, data: st.DataObject, count: int
) -> None:
    assume(text)
    base = written(text)
    edits = list(enumerate(edit_on(data, base) for _ in range(count)))

    expected = {frozenset((i, j)) for i, a in edits for j, b in edits if i < j and overlap(a, b)}
    assert {frozenset(pair) for pair in rivals(edits)} == expected


@settings(max_examples=200)
@given(words, words)
def test_invariant_09_the_changed_words_carried_out_give_what_was_typed(old: str, typed: str) -> None:
    text, shift = old, 0
    for start, end, new in hunks(old, typed):
        text = text[: start + shift] + new + text[end + shift :]
        shift += len(new) - (end - start)
    assert text == typed


@settings(max_examples=150)
@given(documents, words, st.data())
def test_invariant_09_accepting_all_edits_to_a_block_gives_the_words_typed(
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


@settings(max_examples=150)
@given(histories(), documents)
def test_invariant_12_undoing_the_last_change_restores_text_writers_and_order(
    ops: list[Op], text: str
) -> None:
    before = replay(ops)
    change = ops_of(edits_between(sources(before), text), before)
    after = replay(change, before)

    back = replay(undone(change, before), after)
    again = replay(undone(undone(change, before), after), back)

    assert account_of(back) == account_of(before)
    assert account_of(again) == account_of(after)


@settings(max_examples=150)
@given(histories())
def test_invariant_12_each_single_operation_can_be_taken_back(ops: list[Op]) -> None:
    for one, op in pairwise([None, *ops]):
        before = replay(ops[: one.seq if one else 0])
        assert op
        after = replay([op], before)
        assert account_of(replay(undone([op], before), after)) == account_of(before)


@settings(max_examples=150)
@given(histories(), st.data())
def test_a_comparison_holds_both_texts_and_names_the_operations(ops: list[Op], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(ops)))
    old, now = replay(ops[:cut]), replay(ops)

    found = compare(old, ops[cut:])

    def text_of(state: State, side: Callable[[Sequence[Piece]], str]) -> str:
        made = []
        for id in found.order:
            if id in found.changed:
                made.append(side(found.changed[id]))
            elif id in state.blocks and state.blocks[id].alive:
                made.append(state.blocks[id].text)
        return "".join(made)

    assert text_of(old, old_text) == old.text()
    assert text_of(now, new_text) == now.text()
    by_seq = {op.seq: op for op in ops}
    for piece in chain.from_iterable(found.changed.values()):
        op = by_seq.get(piece.seq)
        if piece.mark is Mark.KEPT:
            assert op is None
        elif op and op.kind != OpKind.MOVE_BLOCK:
            assert within(piece.text, op.inserted if piece.mark is Mark.ADDED else op.removed)


@settings(max_examples=100)
@given(histories(), documents)
def test_a_comparison_across_a_change_that_was_taken_back_is_empty(ops: list[Op], text: str) -> None:
    before = replay(ops)
    change = ops_of(edits_between(sources(before), text), before)

    assert compare(before, [*change, *undone(change, before)]).changed == {}


def within(part: str, whole: str) -> bool:
    """Whether the characters of one text stand in the other, in order."""
    left = iter(whole)
    return all(character in left for character in part)
