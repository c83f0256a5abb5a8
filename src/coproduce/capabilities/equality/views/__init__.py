"""The pages of equality."""

from .assessing import about, assessment, begin, screen
from .monitoring import answer, ask, close, enter, monitoring, paper, publish_table, tables, withdraw
from .outputs import document, evidence_map, public, summary
from .rows import add, edit, links, row
from .versions import publish, read, save_version, version, versions

__all__ = [
    "about",
    "add",
    "answer",
    "ask",
    "assessment",
    "begin",
    "close",
    "document",
    "edit",
    "enter",
    "evidence_map",
    "links",
    "monitoring",
    "paper",
    "public",
    "publish",
    "publish_table",
    "read",
    "row",
    "save_version",
    "screen",
    "summary",
    "tables",
    "version",
    "versions",
    "withdraw",
]
