"""Who may do what with a ballot, what a statement needs, and when votes count."""

from coproduce.core.access import EVERYONE_IN_PROJECT, Purpose, Role, grid

from ..terms import BALLOT
from .ballots import (
    a_ballot_has_a_title,
    a_ballot_has_statements,
    days_follow_each_other,
    only_a_draft_changes,
    only_a_draft_opens,
    only_an_open_ballot_closes,
    votes_are_taken,
)
from .moderating import (
    a_decline_has_its_reason,
    a_replacement_says_why,
    an_undo_undoes_the_last_word,
    only_what_waits_or_stands_is_settled,
)
from .statements import (
    Alike,
    a_statement_is_short,
    alike,
    from_people_when_asked,
    one_idea_each,
    proposed_from,
    quotes_need_agreement,
    statements_can_be_added,
    words_are_of_the_page,
    words_stay_once_voted_on,
)

grid(
    BALLOT,
    {
        Purpose.READ: EVERYONE_IN_PROJECT,
        # Whoever runs the project counts the votes and gives none.
        Purpose.CONTRIBUTE: {Role.PARTICIPANT, Role.MANAGER},
        Purpose.RUN: {Role.FACILITATOR},
    },
)

__all__ = [
    "Alike",
    "a_ballot_has_a_title",
    "a_ballot_has_statements",
    "a_decline_has_its_reason",
    "a_replacement_says_why",
    "a_statement_is_short",
    "alike",
    "an_undo_undoes_the_last_word",
    "days_follow_each_other",
    "from_people_when_asked",
    "one_idea_each",
    "only_a_draft_changes",
    "only_a_draft_opens",
    "only_an_open_ballot_closes",
    "only_what_waits_or_stands_is_settled",
    "proposed_from",
    "quotes_need_agreement",
    "statements_can_be_added",
    "votes_are_taken",
    "words_are_of_the_page",
    "words_stay_once_voted_on",
]
