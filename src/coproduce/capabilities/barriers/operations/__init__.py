"""Every change to the barriers register."""

from .answering import check_back, propose_gone, respond
from .curating import add_theme, merge, put_in_theme, rename_theme, sort_barrier, unmerge
from .rating import rate_themes
from .registering import add_barrier, bring_in_from_round, note, reword

__all__ = [
    "add_barrier",
    "add_theme",
    "bring_in_from_round",
    "check_back",
    "merge",
    "note",
    "propose_gone",
    "put_in_theme",
    "rate_themes",
    "rename_theme",
    "respond",
    "reword",
    "sort_barrier",
    "unmerge",
]
