"""Every read of rounds and answers, and their access doors.

For other capabilities: `round_for`, `rounds_of`, `project_rounds`, `round_of_event`, `opened_answers`,
`opened_barriers`, `second_answers`, `summary`, `rows_for_record`.
"""

from . import saying
from .doors import (
    invitation_in,
    invitation_of,
    invitations_of,
    last_revision,
    leaders_seated,
    next_code,
    opened_round_for,
    own_invitation,
    project_rounds,
    round_for,
    rounds_of,
    rounds_with_counts,
    seats_to_choose,
    summary_line,
)
from .figures import GroupLine, IntentLine, Summary, contrast_words, summary
from .levels import GroupSpread, LevelSpread
from .movement import Movement
from .opened import (
    Reader,
    Reading,
    opened_answer,
    opened_answers,
    opened_barriers,
    reading,
    receipts,
    round_of_event,
    second_answer_of,
    second_answers,
)
from .record import rows_for_record, unsealed_answer_ids
from .sealed import Counts, OwnAnswer, counts, own_answer, place_of

__all__ = [
    "Counts",
    "GroupLine",
    "GroupSpread",
    "IntentLine",
    "LevelSpread",
    "Movement",
    "OwnAnswer",
    "Reader",
    "Reading",
    "Summary",
    "contrast_words",
    "counts",
    "invitation_in",
    "invitation_of",
    "invitations_of",
    "last_revision",
    "leaders_seated",
    "next_code",
    "opened_answer",
    "opened_answers",
    "opened_barriers",
    "opened_round_for",
    "own_answer",
    "own_invitation",
    "place_of",
    "project_rounds",
    "reading",
    "receipts",
    "round_for",
    "round_of_event",
    "rounds_of",
    "rounds_with_counts",
    "rows_for_record",
    "saying",
    "seats_to_choose",
    "second_answer_of",
    "second_answers",
    "summary",
    "summary_line",
    "unsealed_answer_ids",
]
