"""Edits, operations and places by example; what holds for every text is in test_invariants.py."""

import pytest
from hypothesis import given, settings

from coproduce.capabilities.drafting.rules.blocks import split
from coproduce.capabilities.drafting.rules.compare import Change, Mark, Piece, changes, compare, stretches
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
from coproduce.capabilities.drafting.rules.mapping import Standing, place_of
from coproduce.capabilities.drafting.rules.moving import moved_whole
from coproduce.capabilities.drafting.rules.replay import (
    TOP,
    CannotReplay,
    Op,
    OpKind,
    State,
    apply,
    replay,
)
from coproduce.capabilities.drafting.rules.tokens import tokens
from coproduce.capabilities.drafting.rules.undoing import undone

from .histories import account_of, carried_out, history, sources, written
from .texts import words


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
        Op(2, "move_block", 1, after=1),
        Op(2, "move_block", 1, after=7),
        Op(2, "move_block", 7),
        Op(2, "restore_block", 1, inserted="One."),
        Op(2, "replace", 1, inserted="Two", runs=[(1, 2)]),
        Op(2, "replace", 1, inserted="Two", runs=[(3, 3)]),
        Op(2, "split", 1),
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


LONG = "Care workers visit twice a day. A nurse calls each Friday before noon."


def writers(state: State) -> dict[str, int]:
    """Who wrote each word, where each stands once."""
    found = [
        (piece, seq) for _, block in state.alive() for seq, text in stretches(block) for piece in tokens(text)
    ]
    return {piece: seq for piece, seq in found if piece.isalpha()}


def test_a_paragraph_parted_in_two_keeps_its_writers() -> None:
    ops = history([LONG, LONG.replace(". A", ".\n\nA")])
    assert len(sources(replay(ops))) == 2
    assert set(writers(replay(ops)).values()) == {1}


def test_two_paragraphs_joined_keep_their_writers() -> None:
    first = LONG.replace(". A", ".\n\nA")
    ops = history([first, LONG])
    assert writers(replay(ops)) == writers(replay(history([first])))


def test_a_sentence_taken_to_another_paragraph_keeps_its_writer_and_new_words_have_theirs() -> None:
    ops = history(
        [LONG + "\n\nMore.", "Care workers visit twice a day.\n\nMore. A nurse calls each Friday before six."]
    )
    found = writers(replay(ops))
    assert found["Friday"] == 1
    assert found["six"] > 2


def test_words_that_stood_twice_are_given_back_once() -> None:
    """Whoever writes them a third time has written them."""
    line = "Ring the ward first.\n\n"
    ops = history([f"{line}A.\n\n", f"A.\n\n{line}B.\n\n{line}"])
    assert [seq == 1 for _, _, ((seq, _), *_more) in account_of(replay(ops))] == [False, True, False, False]


def test_two_words_in_a_row_can_be_chance() -> None:
    ops = history(["Ring us. Then go on.\n\nLast.", "Then go on.\n\nLast. Ring us"])
    assert writers(replay(ops))["Ring"] > 2


def test_a_passage_that_moves_whole_keeps_its_id() -> None:
    state = written("One two three.\n\nFour five six.\n\n* x\n")
    edits = edits_between(sources(state), "Four five six.\n\nOne two three.\n\n* x\n")

    after = carried_out(state, moved_whole(edits))

    assert [id for id, _ in sources(after)] == [2, 1, 3]
    assert account_of(after)[0][2] == [(2, 16)]


def test_a_move_is_shown_where_the_passage_was_and_where_it_is() -> None:
    state = written("One.\n\nTwo.\n\nThree.")
    found = compare(state, [Op(4, "move_block", 1, 3)])

    assert found.order == [-1, 2, 3, 1]
    assert found.changed == {-1: [Piece(Mark.REMOVED, "One.\n\n", 4)], 1: [Piece(Mark.ADDED, "One.\n\n", 4)]}
    assert changes(found, lambda seq: seq) == {
        4: [Change(1, ("One.\n\n",), ()), Change(1, (), ("One.\n\n",))]
    }


def test_a_suggestion_holds_again_when_what_stood_in_its_way_is_taken_back() -> None:
    base = written("Visit twice a day.")
    mine = Edit(OpKind.REPLACE, 1, 6, "twice", "once")
    change = ops_of([Edit(OpKind.REPLACE, 1, 6, "twice", "three times")], base)
    back = undone(change, base)

    assert place_of(mine, base.seq, change, replay(change, base)).standing is Standing.CONFLICT
    assert (
        place_of(mine, base.seq, [*change, *back], replay([*change, *back], base)).standing is Standing.HOLDS
    )


def test_whoever_types_the_old_words_again_takes_nothing_back() -> None:
    base = written("Visit twice a day.")
    mine = Edit(OpKind.REPLACE, 1, 6, "twice", "once")
    ops = [Op(2, "replace", 1, 0, 6, "twice", "daily"), Op(3, "replace", 1, 0, 6, "daily", "twice")]

    assert place_of(mine, base.seq, ops, replay(ops, base)).standing is Standing.CONFLICT


def test_the_same_word_asked_for_at_two_places_is_not_said_already_where_they_meet() -> None:
    base = written("a b")
    before, behind = Edit(OpKind.REPLACE, 1, 0, "", "not "), Edit(OpKind.REPLACE, 1, 2, "", "not ")
    ops = ops_of([Edit(OpKind.REPLACE, 1, 0, "a ", ""), before], base)
    state = replay(ops, base)

    assert place_of(behind, base.seq, ops, state, {ops[-1].seq: 0}).standing is Standing.HOLDS
    assert place_of(behind, base.seq, ops, state, {ops[-1].seq: 0}).edit.start == len("not ")
