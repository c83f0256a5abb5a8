"""What must hold before answers go back, of promises until they are done, and of letters: R87–R89 and C18."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

from ..terms import LETTER, PUBLICATION, STATEMENT
from .answers import (
    a_statement_says_what_was_done,
    answers_go_out_within_twelve_weeks,
    every_suggestion_is_answered,
    quotes_are_verbatim,
)
from .letters import (
    a_letter_is_sent_once,
    a_receipt_goes_out_within_one_working_day,
    letters_follow_publication,
    receipt_is_late,
    route_of,
    there_is_somebody_to_write_to,
)
from .posters import Detail, Sheet, first_sentence, sheet_for
from .promises import (
    Standing,
    a_moved_promise_has_its_new_date,
    a_promise_has_its_date,
    a_statement_with_news_stays,
    more_news_is_announced,
    news_is_of_a_promise_that_is_open,
    news_says_something,
    promise_is_overdue,
    standing_of,
)

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(STATEMENT, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})
# The facilitator drafts, the manager signs what goes out.
grid(PUBLICATION, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING, Purpose.SIGN: {Role.MANAGER}})
# Everybody reads their own letter and nobody else's; who leads the project sees to all of them.
grid(LETTER, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})

__all__ = [
    "Detail",
    "Sheet",
    "Standing",
    "a_letter_is_sent_once",
    "a_moved_promise_has_its_new_date",
    "a_promise_has_its_date",
    "a_receipt_goes_out_within_one_working_day",
    "a_statement_says_what_was_done",
    "a_statement_with_news_stays",
    "answers_go_out_within_twelve_weeks",
    "every_suggestion_is_answered",
    "first_sentence",
    "letters_follow_publication",
    "more_news_is_announced",
    "news_is_of_a_promise_that_is_open",
    "news_says_something",
    "promise_is_overdue",
    "quotes_are_verbatim",
    "receipt_is_late",
    "route_of",
    "sheet_for",
    "standing_of",
    "there_is_somebody_to_write_to",
]
