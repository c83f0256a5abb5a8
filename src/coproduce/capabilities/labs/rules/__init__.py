"""What a lab needs, what it may be called, and what the voices in it say."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

from ..terms import ACCESS, CONFLICT, FACILITATION, LAB
from .facilitating import (
    a_handover_is_told,
    a_stage_without_citizens_warns,
    energy_is_counted,
    it_has_words,
    nobody_is_invited_before_the_payer_is_declared,
    the_share_is_a_share,
    what_citizens_hold,
)
from .holding import (
    a_prototype_is_told,
    a_result_follows_the_trial,
    an_idea_decided_elsewhere_is_shown,
    dissent_is_told_of_a_sponsor,
    the_count_holds_the_seats,
    the_day_has_come,
    the_label_is_shown,
    turns_stay_countable,
    voices_out_of_balance_warn,
)
from .planning import (
    a_lab_begins_with_writing,
    a_lab_can_be_found,
    both_ends_of_the_line_are_there,
    the_agenda_fits,
    the_first_lab_comes_before_the_draft_is_finished,
    unmet_needs_warn_near_the_day,
)

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(LAB, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: {Role.FACILITATOR}})
# The needs of the people who are invited. Each person sees their own besides: queries.own_needs keeps that.
grid(ACCESS, {Purpose.READ: {Role.FACILITATOR}, Purpose.RUN: {Role.FACILITATOR}})
grid(FACILITATION, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: {Role.FACILITATOR}})
grid(CONFLICT, {Purpose.READ: _LEADING, Purpose.RUN: _LEADING})

__all__ = [
    "a_handover_is_told", "a_lab_begins_with_writing", "a_lab_can_be_found", "a_prototype_is_told",
    "a_result_follows_the_trial", "a_stage_without_citizens_warns", "an_idea_decided_elsewhere_is_shown",
    "both_ends_of_the_line_are_there", "dissent_is_told_of_a_sponsor", "energy_is_counted", "it_has_words",
    "nobody_is_invited_before_the_payer_is_declared", "the_agenda_fits", "the_count_holds_the_seats",
    "the_day_has_come",
    "the_first_lab_comes_before_the_draft_is_finished", "the_label_is_shown", "the_share_is_a_share",
    "turns_stay_countable", "unmet_needs_warn_near_the_day", "voices_out_of_balance_warn",
    "what_citizens_hold",
]  # fmt: skip
