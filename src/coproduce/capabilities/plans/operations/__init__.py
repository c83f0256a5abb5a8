"""Every change to the action plan."""

from .commitments import add_commitment, check_commitment
from .feeds import choose_reminders, renew_feed, revoke_feed
from .importing import drop_upload, forget_uploads, import_plan, match_columns, undo_import, upload_plan
from .reviewing import review_plan
from .telling import MailNotTaken, remind, tell_of_handover
from .working import hand_over, move_date, set_status
from .writing import add_action, change_action, note_action

__all__ = [
    "MailNotTaken",
    "add_action",
    "add_commitment",
    "change_action",
    "check_commitment",
    "choose_reminders",
    "drop_upload",
    "forget_uploads",
    "hand_over",
    "import_plan",
    "match_columns",
    "move_date",
    "note_action",
    "remind",
    "renew_feed",
    "review_plan",
    "revoke_feed",
    "set_status",
    "tell_of_handover",
    "undo_import",
    "upload_plan",
]
