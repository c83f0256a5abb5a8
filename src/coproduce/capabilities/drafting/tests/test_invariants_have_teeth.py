"""Deliberate faults, one at a time: an invariant that lets one through would be no test."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, settings

from coproduce.capabilities.drafting.rules import edits, keeping, mapping, replay, tokens, undoing
from coproduce.capabilities.drafting.rules.replay import Run

from . import histories, test_invariants

Fault = Callable[[pytest.MonkeyPatch], None]


def a_lost_return(patch: pytest.MonkeyPatch) -> None:
    """The first hole that the prototype left: a control character that nothing drew."""
    truly = tokens.tokens

    def losing(text: str) -> list[str]:
        return [piece for piece in truly(text) if piece != "\r"]

    for place in (tokens, edits, keeping, histories, test_invariants):
        patch.setattr(place, "tokens", losing)


def a_block_moved_before_instead_of_after(patch: pytest.MonkeyPatch) -> None:
    """The second hole: replaying and writing shared the fault, and nothing else looked."""

    def wrong(state: Any, op: Any) -> None:
        state.order.remove(op.block)
        state.order.insert(state.order.index(op.after) if op.after else 0, op.block)

    patch.setitem(replay._DO, "move_block", wrong)


def words_brought_back_in_the_name_of_whoever_took_it_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(replay, "written", lambda op: [Run(op.seq, len(op.inserted))] if op.inserted else [])


def a_moved_passage_that_counts_as_new(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(undoing, "cut", lambda runs, start, end: [])


def a_writer_one_too_early(patch: pytest.MonkeyPatch) -> None:
    truly = replay.written
    patch.setattr(replay, "written", lambda op: [Run(max(1, run.seq - 1), run.length) for run in truly(op)])


def neighbours_that_count_as_overlapping(patch: pytest.MonkeyPatch) -> None:
    def wrong(one: Any, other: Any) -> bool:
        return one.block == other.block and one.start <= other.end and other.start <= one.end

    patch.setattr(test_invariants, "overlap", wrong)


def a_suggestion_that_does_not_move(patch: pytest.MonkeyPatch) -> None:
    truly = mapping._place_of_words

    def wrong(edit: Any, *more: Any) -> Any:
        place = truly(edit, *more)
        return place._replace(edit=edit)

    patch.setattr(mapping, "_place_of_words", wrong)


def two_insertions_in_the_order_of_the_decisions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(mapping, "_order", lambda *facts: 0)


@pytest.mark.parametrize(
    ("fault", "caught_by"),
    [
        (a_lost_return, test_invariants.test_invariant_01_tokens_joined_are_the_text),
        (a_lost_return, test_invariants.test_invariant_09_the_changed_words_carried_out_give_what_was_typed),
        (
            a_block_moved_before_instead_of_after,
            test_invariants.test_invariant_02_replaying_gives_the_text_order_and_writers_of_a_plain_list,
        ),
        (
            words_brought_back_in_the_name_of_whoever_took_it_back,
            test_invariants.test_invariant_12_each_single_operation_can_be_taken_back,
        ),
        (
            a_moved_passage_that_counts_as_new,
            test_invariants.test_invariant_12_undoing_the_last_change_restores_text_writers_and_order,
        ),
        (
            a_writer_one_too_early,
            test_invariants.test_invariant_04_every_token_of_every_version_stands_in_what_its_operation_put_in,
        ),
        (
            neighbours_that_count_as_overlapping,
            test_invariants.test_invariant_08_two_suggestions_commute_and_conflict_means_overlap,
        ),
        (
            a_suggestion_that_does_not_move,
            test_invariants.test_invariant_07_a_moved_suggestion_still_points_at_the_words_it_quoted,
        ),
        (
            two_insertions_in_the_order_of_the_decisions,
            test_invariants.test_invariant_08_any_number_of_them_in_any_order_give_the_text_of_plain_splicing,
        ),
    ],
)
def test_a_deliberate_fault_is_caught(fault: Fault, caught_by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)
    # Found is enough; the smallest example takes Hypothesis half a minute.
    quick = settings(caught_by._hypothesis_internal_use_settings, phases=[Phase.generate], database=None)
    monkeypatch.setattr(caught_by, "_hypothesis_internal_use_settings", quick)
    # Some faults break the test itself, as a text that does not replay; several at once come as a group.
    with pytest.raises((AssertionError, ValueError, IndexError, ExceptionGroup)):
        caught_by()
