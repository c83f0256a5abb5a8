"""The pages of the action plan."""

from .actions import action, actions, edit_action, move, new_action, note, status
from .commitments import check, commitment, commitments, new_commitment
from .everywhere import calendar, managed, my_list, person, reminders, to_review
from .importing import drop_upload, imports, one_import, undo_import
from .people import hand_over, mine
from .reviews import measures, new_review, reviews

__all__ = [
    "action", "actions", "calendar", "check", "commitment", "commitments", "drop_upload", "edit_action", "hand_over",
    "imports", "managed", "measures", "mine", "move", "my_list", "new_action", "new_commitment", "new_review", "note",
    "one_import", "person", "reminders", "reviews", "status", "to_review", "undo_import",
]  # fmt: skip
