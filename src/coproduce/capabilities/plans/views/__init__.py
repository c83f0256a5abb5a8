"""The pages of the action plan."""

from .actions import action, actions, edit_action, move, new_action, note, status
from .commitments import check, commitment, commitments, new_commitment
from .people import hand_over, mine

__all__ = [
    "action", "actions", "check", "commitment", "commitments", "edit_action", "hand_over", "mine", "move",
    "new_action", "new_commitment", "note", "status",
]  # fmt: skip
