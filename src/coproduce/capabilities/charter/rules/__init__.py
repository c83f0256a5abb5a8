"""Promises are measured by the records, and whoever says that one was missed gets an answer."""

from .breaches import (
    a_breach_is_answered_once,
    a_report_has_words,
    an_answer_is_due,
    an_answer_says_something,
    is_late,
)
from .keeping import a_charter_is_whole, limits_are_sensible, the_review_of_the_charter_is_near
from .measures import measure, measures_of, unmet_commitments_are_shown
from .saying import figure_of, limit_of

__all__ = [
    "a_breach_is_answered_once",
    "a_charter_is_whole",
    "a_report_has_words",
    "an_answer_is_due",
    "an_answer_says_something",
    "figure_of",
    "is_late",
    "limit_of",
    "limits_are_sensible",
    "measure",
    "measures_of",
    "the_review_of_the_charter_is_near",
    "unmet_commitments_are_shown",
]
