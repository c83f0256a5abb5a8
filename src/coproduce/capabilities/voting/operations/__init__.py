"""Every change to ballots, statements and votes."""

from .ballots import change_ballot, close_ballot, make_ballot, open_ballot
from .bringing import BroughtIn, bring_in_votes
from .casting import NotTaken, cast, erase_votes, join
from .entering import enter_for_person, enter_paper
from .moderating import moderate, undo
from .statements import Draft, add_own_statement, add_statements, replace_statement, reword_statement

__all__ = [
    "BroughtIn",
    "Draft",
    "NotTaken",
    "add_own_statement",
    "add_statements",
    "bring_in_votes",
    "cast",
    "change_ballot",
    "close_ballot",
    "enter_for_person",
    "enter_paper",
    "erase_votes",
    "join",
    "make_ballot",
    "moderate",
    "open_ballot",
    "replace_statement",
    "reword_statement",
    "undo",
]
