"""What must hold before, while and after people outside are asked: R74–R80, and who may do what."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

from ..terms import CODING, CONSULTATION, REPLIES
from .coding import (
    Stretch,
    a_code_is_defined,
    a_code_is_on_words_of_the_reply,
    a_finished_second_coding_stays,
    a_reply_has_one_first_coder,
    a_second_coder_is_another_person,
    a_share_is_a_share,
    lot,
    only_counted_replies_are_coded,
    something_is_chosen,
    stretches,
)
from .deciding import (
    a_decision_names_how_replies_were_considered,
    a_report_says_what_came_of_it,
    a_statement_stays_after_the_decision,
    it_has_not_been_reported,
)
from .opening import (
    a_consultation_says_what_it_must,
    dropped_options_are_listed,
    formats_are_ready,
    nobody_is_asked_online_only,
    people_hear_what_happened,
    the_first_three_gunning_tests_are_met,
    what_is_decided_is_not_asked,
)
from .replying import (
    a_paper_form_has_our_code,
    a_reply_is_in_time,
    a_reply_says_something,
    an_early_close_has_its_reason,
    it_opens_once,
    last_day_of_all,
    only_an_open_consultation_takes_replies,
    setting_aside_has_its_reason,
    what_is_open_is_closed_once,
    words_are_open,
)
from .timing import (
    a_consultation_is_long_enough,
    a_consultation_takes_the_usual_time,
    busy_times_are_answered,
    dates_stand_in_order,
    length_in_words,
    people_are_told_early,
)

_LEADING = {Role.FACILITATOR, Role.MANAGER}

grid(CONSULTATION, {Purpose.READ: EVERYONE_IN_PROJECT, Purpose.RUN: _LEADING})
# What people wrote, with the names they gave: for those who run it. Everyone reads the report.
grid(REPLIES, {Purpose.READ: _LEADING, Purpose.RUN: _LEADING})
grid(CODING, {Purpose.RUN: _LEADING})

__all__ = [
    "Stretch",
    "a_code_is_defined",
    "a_code_is_on_words_of_the_reply",
    "a_consultation_is_long_enough",
    "a_consultation_says_what_it_must",
    "a_consultation_takes_the_usual_time",
    "a_decision_names_how_replies_were_considered",
    "a_finished_second_coding_stays",
    "a_paper_form_has_our_code",
    "a_reply_has_one_first_coder",
    "a_reply_is_in_time",
    "a_reply_says_something",
    "a_report_says_what_came_of_it",
    "a_second_coder_is_another_person",
    "a_share_is_a_share",
    "a_statement_stays_after_the_decision",
    "an_early_close_has_its_reason",
    "busy_times_are_answered",
    "dates_stand_in_order",
    "dropped_options_are_listed",
    "formats_are_ready",
    "it_has_not_been_reported",
    "it_opens_once",
    "last_day_of_all",
    "length_in_words",
    "lot",
    "nobody_is_asked_online_only",
    "only_an_open_consultation_takes_replies",
    "only_counted_replies_are_coded",
    "people_are_told_early",
    "people_hear_what_happened",
    "setting_aside_has_its_reason",
    "something_is_chosen",
    "stretches",
    "the_first_three_gunning_tests_are_met",
    "what_is_decided_is_not_asked",
    "what_is_open_is_closed_once",
    "words_are_open",
]
