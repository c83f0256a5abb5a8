"""Every read of statements, coverage and publications, and their access doors."""

from .cards import Card, Dressed, Said, Wardrobe, cards_of, counts_in, dress, quotable_passages, wardrobe
from .doors import report_for, statement_for
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
from .onward import onward_from_suggestion
from .standings import Standing, lateness, standing_of, standings, summary

__all__ = [
    "Card",
    "Coverage",
    "Dressed",
    "Line",
    "Overview",
    "Said",
    "Standing",
    "Wardrobe",
    "answers_of",
    "cards_of",
    "counts_in",
    "coverage",
    "dress",
    "lateness",
    "next_number",
    "offered",
    "onward_from_suggestion",
    "overview",
    "people_of",
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
