"""The pages of the barriers register."""

from .chain import to_action
from .checking import ask_raiser, check_backs, mine
from .figures import ratings, theme, themes, views
from .lists import add_barrier, barriers, bring_in, on_paper
from .one import barrier, check_back, merge, note, propose_gone, respond, sort, unmerge
from .opinions import gaps, zones
from .proving import add_evidence, take_out_evidence
from .rating import rate, rate_rest, rating_progress

__all__ = [
    "add_barrier", "add_evidence", "ask_raiser", "barrier", "barriers", "bring_in", "check_back", "check_backs",
    "gaps", "merge", "mine", "note", "on_paper", "propose_gone", "rate", "rate_rest", "rating_progress", "ratings",
    "respond", "sort", "take_out_evidence", "theme", "themes", "to_action", "unmerge", "views", "zones",
]  # fmt: skip
