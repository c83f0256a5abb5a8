"""Every change to the action plan."""

from .commitments import add_commitment, check_commitment
from .working import hand_over, move_date, set_status
from .writing import add_action, change_action, note_action

__all__ = [
    "add_action",
    "add_commitment",
    "change_action",
    "check_commitment",
    "hand_over",
    "move_date",
    "note_action",
    "set_status",
]
