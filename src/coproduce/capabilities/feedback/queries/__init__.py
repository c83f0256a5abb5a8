"""Every read of statements, coverage, publications, promises and letters, and their access doors."""

from .cards import Dressed, Said, Wardrobe, cards_of, counts_in, dress, quotable_passages, wardrobe
from .doors import report_for, statement_for
from .going import Going, going
from .letters import emails_waiting, letter_for, letters_of, prints_waiting
from .lists import (
    Coverage,
    Line,
    Overview,
    answers_of,
    coverage,
    next_number,
    offered,
    overview,
    people_of,
    publication_of,
    publications_of,
    rows_for_record,
    statements_of,
)
from .mailbag import Mailbag, Point, Topic, mailbag
from .onward import onward_from_suggestion
from .owed import Due, Owed
from .promises import Promise, has_news, news_due, news_of, promise_of, promises_of
from .receipts import Arrived, arrivals, letters_in
from .signed import Card
from .standings import Standing, lateness, standing_of, standings, summary

__all__ = [
    "Arrived",
    "Card",
    "Coverage",
    "Dressed",
    "Due",
    "Going",
    "Line",
    "Mailbag",
    "Overview",
    "Owed",
    "Point",
    "Promise",
    "Said",
    "Standing",
    "Topic",
    "Wardrobe",
    "answers_of",
    "arrivals",
    "cards_of",
    "counts_in",
    "coverage",
    "dress",
    "emails_waiting",
    "going",
    "has_news",
    "lateness",
    "letter_for",
    "letters_in",
    "letters_of",
    "mailbag",
    "news_due",
    "news_of",
    "next_number",
    "offered",
    "onward_from_suggestion",
    "overview",
    "people_of",
    "prints_waiting",
    "promise_of",
    "promises_of",
    "publication_of",
    "publications_of",
    "quotable_passages",
    "report_for",
    "rows_for_record",
    "standing_of",
    "standings",
    "statement_for",
    "statements_of",
    "summary",
    "wardrobe",
]
