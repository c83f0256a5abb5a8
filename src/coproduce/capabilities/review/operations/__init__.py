"""Every change to reviews and their letters."""

from coproduce.capabilities.feedback.operations import Mail, Sent, sends_nothing

from .closing import close_review, closing_findings
from .delivery import send_letters
from .letters import hand_over, note_failed, note_sent, take_letter, try_again
from .mails import Writer
from .opening import SEND, open_review
from .writing import BENEFIT, FIELDS, say, write_review

__all__ = [
    "BENEFIT",
    "FIELDS",
    "SEND",
    "Mail",
    "Sent",
    "Writer",
    "close_review",
    "closing_findings",
    "hand_over",
    "note_failed",
    "note_sent",
    "open_review",
    "say",
    "send_letters",
    "sends_nothing",
    "take_letter",
    "try_again",
    "write_review",
]
