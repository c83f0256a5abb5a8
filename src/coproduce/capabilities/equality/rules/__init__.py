"""Who may do what with an assessment and with monitoring, and every rule of C19."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

from ..terms import ASSESSMENT, MONITORING
from .assessing import (
    a_final_version_is_whole,
    a_gap_has_its_plan,
    a_negative_impact_is_answered,
    a_reviewer_is_another,
    aims_fit_the_row,
    an_assessment_is_begun_at_draft_stage,
    an_impact_makes_sense,
    it_is_begun_early_and_final_before_the_decision,
    it_is_updated_after_the_consultation,
    no_row_is_left_blank,
    nobody_confirms_for_somebody_else,
    nothing_was_changed_meanwhile,
    only_what_is_final_is_published,
    the_decision_maker_has_read_it,
    the_screening_has_its_reason,
)
from .hiding import (
    Level,
    Line,
    a_batch_is_large_enough,
    a_small_group_has_no_table,
    levels_of,
    published,
    small_counts_are_hidden,
)
from .questions import (
    NOT_SAID,
    QUESTIONS,
    Question,
    only_open_monitoring_takes_answers,
    questions_stay_once_answered,
    something_known_is_asked,
)

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(
    ASSESSMENT,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        # Confirming that one has read it; the rule says that only the decision-maker can.
        Purpose.CONTRIBUTE: {*_LEADING, Role.PARTICIPANT, Role.OBSERVER, Role.PROJECT_ADMINISTRATOR},
        Purpose.RUN: _LEADING,
    },
)
grid(MONITORING, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})

__all__ = [
    "NOT_SAID",
    "QUESTIONS",
    "Level",
    "Line",
    "Question",
    "a_batch_is_large_enough",
    "a_final_version_is_whole",
    "a_gap_has_its_plan",
    "a_negative_impact_is_answered",
    "a_reviewer_is_another",
    "a_small_group_has_no_table",
    "aims_fit_the_row",
    "an_assessment_is_begun_at_draft_stage",
    "an_impact_makes_sense",
    "it_is_begun_early_and_final_before_the_decision",
    "it_is_updated_after_the_consultation",
    "levels_of",
    "no_row_is_left_blank",
    "nobody_confirms_for_somebody_else",
    "nothing_was_changed_meanwhile",
    "only_open_monitoring_takes_answers",
    "only_what_is_final_is_published",
    "published",
    "questions_stay_once_answered",
    "small_counts_are_hidden",
    "something_known_is_asked",
    "the_decision_maker_has_read_it",
    "the_screening_has_its_reason",
]
