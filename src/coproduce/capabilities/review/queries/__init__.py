"""Every read of reviews, their figures and their letters, and the access doors."""

from coproduce.capabilities.projects.queries import members_of

from .doors import (
    letter_for,
    letter_to_send,
    public_review,
    review_for,
    review_in,
    sign_off_to_review,
    visit,
)
from .letters import (
    Reader,
    emails_waiting,
    is_still_wanted,
    letters_of,
    not_yet_invited,
    prints_waiting,
    raisers_who_owe_an_answer,
    readers_a_year_on,
    readers_at_opening,
)
from .lists import (
    benefits_of,
    is_opened,
    next_number,
    open_review,
    opens_on,
    reviews_of,
    rows_for_record,
    summary,
    to_open,
    upcoming,
    versions_since,
    voices_of,
)
from .sections import Section, add_section, told_of, told_today
from .sheets import Sheet, Sheets

__all__ = [
    "Reader",
    "Section",
    "Sheet",
    "Sheets",
    "add_section",
    "benefits_of",
    "emails_waiting",
    "is_opened",
    "is_still_wanted",
    "letter_for",
    "letter_to_send",
    "letters_of",
    "members_of",
    "next_number",
    "not_yet_invited",
    "open_review",
    "opens_on",
    "prints_waiting",
    "public_review",
    "raisers_who_owe_an_answer",
    "readers_a_year_on",
    "readers_at_opening",
    "review_for",
    "review_in",
    "reviews_of",
    "rows_for_record",
    "sign_off_to_review",
    "summary",
    "to_open",
    "told_of",
    "told_today",
    "upcoming",
    "versions_since",
    "visit",
    "voices_of",
]
