"""Where a passage stands, what changed there, and its words without their marks; pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduce.capabilities.drafting.rules.blocks import BlockKind, kind_of, split
from coproduce.capabilities.drafting.rules.compare import Comparison, Mark, Piece, compare, new_text, old_text
from coproduce.capabilities.drafting.rules.hunks import Hunk, Way, hunks
from coproduce.capabilities.drafting.rules.places import Place, places, quick_kind
from coproduce.capabilities.drafting.rules.plain import marked, plain
from coproduce.capabilities.drafting.rules.replay import Op, OpKind, State, replay

from .texts import documents

TEXT = """\
Before all.

# Visits

First.

* One
* Two

Second.

| When | What |
|------|------|
| Day 1 | A call |
| Day 2 | A visit |

## Carers

Third.
"""


def text_of(*sources: str) -> State:
    ops = [Op(at, OpKind.INSERT_BLOCK, at, at - 1, inserted=source) for at, source in enumerate(sources, 1)]
    return replay(ops)


def changed(
    *pieces: Piece, more: dict[int, list[Piece]] | None = None, order: list[int] | None = None
) -> list[Hunk]:
    """The hunks of one block, or of several; each operation is a cause of its own, but 10 and 11 are one."""
    comparison = Comparison(order or [1], {1: list(pieces), **(more or {})})
    return list(hunks(comparison, lambda seq: 10 if seq == 11 else seq))


def kept(words: str) -> Piece:
    return Piece(Mark.KEPT, words)


def added(words: str, seq: int = 10) -> Piece:
    return Piece(Mark.ADDED, words, seq)


def removed(words: str, seq: int = 10) -> Piece:
    return Piece(Mark.REMOVED, words, seq)


def test_a_passage_is_counted_among_its_kind_in_its_section() -> None:
    found = places(enumerate(split(TEXT)))
    assert list(found.values()) == [
        Place("", BlockKind.PARAGRAPH, 1),
        Place("Visits", BlockKind.HEADING, 0),
        Place("Visits", BlockKind.PARAGRAPH, 1),
        Place("Visits", BlockKind.LIST_ITEM, 1),
        Place("Visits", BlockKind.LIST_ITEM, 2),
        Place("Visits", BlockKind.PARAGRAPH, 2),
        Place("Visits", BlockKind.TABLE_ROW, 0),
        Place("Visits", BlockKind.TABLE_ROW, 1),
        Place("Visits", BlockKind.TABLE_ROW, 2),
        Place("Carers", BlockKind.HEADING, 0),
        Place("Carers", BlockKind.PARAGRAPH, 1),
    ]


@given(documents)
def test_the_quick_look_at_a_block_sees_what_the_parser_sees(text: str) -> None:
    for source in split(text):
        assert quick_kind(source) is kind_of(source)


def test_words_that_gave_way_to_others_are_one_change() -> None:
    (hunk,) = changed(kept("Visit "), removed("twice"), added("three times"), kept(" a day."))
    assert (hunk.way, hunk.removed, hunk.added, hunk.seq) == (Way.REPLACED, "twice", "three times", 10)


def test_a_gap_alone_does_not_part_a_change_and_words_do() -> None:
    near = [removed("once"), kept(" "), removed("daily"), added("hourly", 11)]
    assert [(one.removed, one.added) for one in changed(*near)] == [("once daily", " hourly")]
    far = [removed("once"), kept(" or "), added("twice")]
    assert [one.way for one in changed(*far)] == [Way.REMOVED, Way.ADDED]


def test_two_causes_side_by_side_are_two_changes() -> None:
    assert [
        (one.way, one.seq) for one in changed(kept("a "), removed("b", 20), added("c", 30), kept(" d"))
    ] == [
        (Way.REMOVED, 20),
        (Way.ADDED, 30),
    ]


def test_a_whole_passage_is_new_or_gone() -> None:
    assert [one.way for one in changed(added("All of it\n"))] == [Way.NEW]
    assert [one.way for one in changed(removed("All of it\n"))] == [Way.GONE]
    assert [one.way for one in changed(added("Half "), added("and half", 30))] == [Way.NEW, Way.NEW]


def test_gaps_that_changed_are_no_change_of_words() -> None:
    assert changed(kept("End."), removed("\n"), added("\n\n")) == []


def test_a_passage_that_moved_is_told_once_with_what_else_changed_in_it() -> None:
    """A block that moved stands twice, where it was under its id with a minus."""
    here = [added("Visit ", 40), added("thrice", 50), added(" a day", 40)]
    away = [removed("Visit ", 40), removed("twice", 30), removed(" a day", 40)]
    found = changed(*here, more={-1: away, 2: [added("New")]}, order=[-1, 2, 1])
    assert [(one.block, one.way, one.seq) for one in found] == [
        (2, Way.NEW, 10),
        (1, Way.MOVED, 40),
        (1, Way.REMOVED, 30),
        (1, Way.ADDED, 50),
    ]
    assert found[1].added == "Visit thrice a day"


words = st.text("ab \n|*", max_size=6)


@given(st.lists(st.tuples(st.sampled_from(list(Mark)), words, st.integers(1, 3)), max_size=8))
def test_no_word_that_changed_is_left_out_of_the_changes(drawn: list[tuple[Mark, str, int]]) -> None:
    pieces = [Piece(mark, text, 0 if mark is Mark.KEPT else seq) for mark, text, seq in drawn]
    comparison = Comparison([1], {1: pieces})
    said = [piece for hunk in hunks(comparison, lambda seq: seq) for piece in hunk.pieces]
    for piece in pieces:
        if piece.mark is not Mark.KEPT and piece.text.strip():
            assert piece in said


@given(documents)
def test_marks_of_a_block_go_and_its_words_stay(text: str) -> None:
    for source in split(text):
        shown = marked([kept(source)])
        left = "".join(piece.text for piece in shown.pieces)
        assert left in source
        lost = source.replace(left, "", 1) if left else source
        assert shown.kind is BlockKind.TABLE_ROW or not any(one.isalpha() for one in lost)


@pytest.mark.parametrize(
    "source, words",
    [
        ("## Carers ##\n", "Carers"),
        ("* Ask\n  each\n", "Ask each"),
        ("12. Ask\n", "Ask"),
        ("> Said\n> so\n", "Said so"),
        ("| Day 1 | A call |\n", "Day 1 | A call"),
        ("| When | What |\n|------|:----|\n", "When | What"),
        ("Plain *words*\n", "Plain *words*"),
    ],
)
def test_words_in_one_line(source: str, words: str) -> None:
    assert plain(source) == words


def test_a_marker_that_came_or_went_with_other_words_is_shown() -> None:
    shown = marked([removed("## "), added("# "), kept("Carers\n")])
    assert [piece.text for piece in shown.pieces] == ["## ", "# ", "Carers"]
    whole = marked([added("| Day 3 | A letter |\n")])
    assert [piece.text for piece in whole.pieces] == ["Day 3 | A letter"]


def test_what_is_compared_is_told_whole() -> None:
    """From a real comparison: what the hunks say, done to the old words, gives the new ones."""
    old = text_of("Care workers visit twice a day.\n", "* Ask\n")
    ops = [
        Op(3, OpKind.REPLACE, 1, start=19, removed="twice", inserted="three times"),
        Op(4, OpKind.REPLACE, 1, start=0, removed="Care workers", inserted="We"),
        Op(5, OpKind.DELETE_BLOCK, 2, removed="* Ask\n"),
    ]
    comparison = compare(old, ops)
    found = list(hunks(comparison, lambda seq: seq))
    assert [(one.way, one.removed, one.added) for one in found] == [
        (Way.REPLACED, "Care workers", "We"),
        (Way.REPLACED, "twice", "three times"),
        (Way.GONE, "* Ask\n", ""),
    ]
    assert old_text(comparison.changed[1]) == old.blocks[1].text
    assert new_text(comparison.changed[1]) == "We visit three times a day.\n"
