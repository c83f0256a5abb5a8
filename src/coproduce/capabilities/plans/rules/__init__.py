"""An action has one owner, real dates, and proof when it is done; a plan is looked at, measured, and brought in."""

from .actions import (
    HasDates,
    Promise,
    a_check_says_what_was_found,
    a_commitment_is_checked_within_a_year,
    a_handover_can_be_told,
    a_move_has_a_reason,
    a_note_has_words,
    a_start_is_given,
    done_is_proved,
    handing_over_keeps_the_history,
    is_overdue,
    it_says_what,
    moved_dates_are_shown,
    one_person_owns_it,
    promises_are_carried,
    rag_of,
    reached_is_a_share,
    stopping_has_a_reason,
    the_end_is_a_real_date,
    the_status_is_one_of_four,
    why_this_rag,
)
from .importing import COLUMNS, NEEDED, Planned, Preview, guess_columns, preview, same_name
from .measuring import days_slipped, first_ends, is_late, is_on_time, is_proved, share
from .reviews import (
    a_review_says_something,
    latest_next,
    next_usual,
    the_next_review_keeps_the_rhythm,
    time_to_remind,
)

__all__ = [
    "COLUMNS", "NEEDED", "HasDates", "Planned", "Preview", "Promise", "a_check_says_what_was_found",
    "a_commitment_is_checked_within_a_year", "a_handover_can_be_told", "a_move_has_a_reason", "a_note_has_words",
    "a_review_says_something", "a_start_is_given", "days_slipped", "done_is_proved", "first_ends", "guess_columns",
    "handing_over_keeps_the_history", "is_late", "is_on_time", "is_overdue", "is_proved", "it_says_what",
    "latest_next", "next_usual", "moved_dates_are_shown", "one_person_owns_it", "preview", "promises_are_carried",
    "rag_of",
    "reached_is_a_share", "same_name", "share", "stopping_has_a_reason", "the_end_is_a_real_date",
    "the_next_review_keeps_the_rhythm", "the_status_is_one_of_four", "time_to_remind", "why_this_rag",
]  # fmt: skip
