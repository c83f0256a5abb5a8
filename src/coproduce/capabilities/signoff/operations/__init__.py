"""Every change to sign-offs: preparing, considering, signing, and reminding of the review."""

from .reminding import note_reminder, send_reminder, take_reminder
from .signing import FIELDS, consider, look_after_barriers, move_review, sign, write_sign_off

__all__ = [
    "FIELDS",
    "consider",
    "look_after_barriers",
    "move_review",
    "note_reminder",
    "send_reminder",
    "sign",
    "take_reminder",
    "write_sign_off",
]
