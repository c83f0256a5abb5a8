"""Every change to the barriers register."""

from .answering import Answer, ask_at_review, ask_raiser, check_back, check_back_all, propose_gone, respond
from .curating import add_theme, merge, put_in_theme, rename_theme, sort_barrier, unmerge
from .proving import add_evidence, take_out_evidence
from .rating import leave_out_the_rest, rate_barriers, rate_themes
from .registering import add_barrier, bring_in_from_round, note, reword

__all__ = [
    "Answer",
    "add_barrier",
    "add_evidence",
    "add_theme",
    "ask_at_review",
    "ask_raiser",
    "bring_in_from_round",
    "check_back",
    "check_back_all",
    "leave_out_the_rest",
    "merge",
    "note",
    "propose_gone",
    "put_in_theme",
    "rate_barriers",
    "rate_themes",
    "rename_theme",
    "respond",
    "reword",
    "sort_barrier",
    "take_out_evidence",
    "unmerge",
]
