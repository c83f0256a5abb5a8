"""The pages of the barriers register."""

from .figures import ratings, theme, themes, views
from .lists import add_barrier, barriers, bring_in
from .one import barrier, check_back, merge, note, propose_gone, respond, sort, unmerge

__all__ = [
    "add_barrier", "barrier", "barriers", "bring_in", "check_back", "merge", "note", "propose_gone", "ratings",
    "respond", "sort", "theme", "themes", "unmerge", "views",
]  # fmt: skip
