"""Every change to a master copy."""

from .bringing import Taken, bring_in_word
from .deciding import FinalText, decide, tell
from .exporting import export_versions
from .history import BadHistory, import_history
from .linking import link_barriers
from .publishing import mark_signed_off, publish_version, share_version
from .revising import revise_document
from .starting import promise_answers, start_document
from .suggesting import suggest, withdraw
from .word import read_upload, read_word

__all__ = [
    "BadHistory",
    "FinalText",
    "Taken",
    "bring_in_word",
    "decide",
    "export_versions",
    "import_history",
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
