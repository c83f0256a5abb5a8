"""Every change to a master copy."""

from .bringing import Taken, bring_in_word
from .bundling import answer_bundle, bundle, unbundle
from .deciding import FinalText, decide, tell
from .drafts import drop_draft, keep_draft
from .exporting import export_versions
from .folders import BadFolder
from .gathering import import_suggestions
from .history import import_history
from .linking import link_barriers
from .passing_on import note_reminder, record_reply
from .publishing import mark_signed_off, publish_version, share_version
from .redacting import redact
from .replying import react
from .revising import revise_document
from .starting import promise_answers, start_document
from .suggesting import suggest, withdraw
from .summarising import Said, answer_summary, write_summary
from .supporting import support_passage, support_suggestion, take_back_support
from .telling import Letter, note_receipt, send, send_receipt, tell_by_email
from .unnamed import mark_of, suggest_unnamed
from .word import read_upload, read_word

__all__ = [
    "answer_bundle",
    "bundle",
    "unbundle",
    "drop_draft",
    "keep_draft",
    "note_reminder",
    "record_reply",
    "redact",
    "react",
    "Said",
    "answer_summary",
    "write_summary",
    "support_passage",
    "support_suggestion",
    "take_back_support",
    "Letter",
    "note_receipt",
    "send",
    "send_receipt",
    "tell_by_email",
    "mark_of",
    "suggest_unnamed",
    "BadFolder",
    "FinalText",
    "Taken",
    "bring_in_word",
    "decide",
    "export_versions",
    "import_history",
    "import_suggestions",
    "link_barriers",
    "mark_signed_off",
    "promise_answers",
    "publish_version",
    "read_upload",
    "read_word",
    "revise_document",
    "share_version",
    "start_document",
    "suggest",
    "tell",
    "withdraw",
]
