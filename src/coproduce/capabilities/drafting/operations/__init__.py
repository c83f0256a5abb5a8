"""Every change to a master copy."""

from .deciding import FinalText, decide, tell
from .exporting import export_versions
from .folders import BadFolder
from .gathering import import_suggestions
from .history import import_history
from .linking import link_barriers
from .publishing import mark_signed_off, publish_version, share_version
from .revising import revise_document
from .starting import promise_answers, start_document
from .suggesting import suggest, withdraw
from .word import read_upload

__all__ = [
    "BadFolder",
    "FinalText",
    "decide",
    "export_versions",
    "import_history",
    "import_suggestions",
    "link_barriers",
    "mark_signed_off",
    "promise_answers",
    "publish_version",
    "read_upload",
    "revise_document",
    "share_version",
    "start_document",
    "suggest",
    "tell",
    "withdraw",
]
