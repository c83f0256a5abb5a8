"""Every change of the assessment and of monitoring."""

from .assessing import ABOUT, ROW, add_row, begin, link_row, screen, write_about, write_row
from .monitoring import (
    answer,
    close_monitoring,
    code_for,
    new_code,
    open_monitoring,
    publish_table,
    withdraw,
)
from .versions import confirm_reading, publish, save_version

__all__ = [
    "ABOUT",
    "ROW",
    "add_row",
    "answer",
    "begin",
    "close_monitoring",
    "code_for",
    "confirm_reading",
    "link_row",
    "new_code",
    "open_monitoring",
    "publish",
    "publish_table",
    "save_version",
    "screen",
    "withdraw",
    "write_about",
    "write_row",
]
