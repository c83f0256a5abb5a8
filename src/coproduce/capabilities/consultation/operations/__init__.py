"""Every change to consultations, replies, codes and reports."""

from .calendar import add_period, remove_period
from .coding import add_code, change_code, draw_second_coding, finish_reading, put_code, take_code
from .deciding import consider, mark_decided, publish_report, write_report
from .following import confirm, follow, follower_to_confirm, follower_to_leave, leave, leave_token
from .preparing import (
    change,
    plan,
    set_consultees,
    set_decision_makers,
    set_formats,
    set_questions,
)
from .replying import From, Words, enter_reply, reply_online, set_aside
from .running import close, open_consultation, take_in

__all__ = [
    "From",
    "Words",
    "add_code",
    "add_period",
    "change",
    "change_code",
    "close",
    "confirm",
    "consider",
    "draw_second_coding",
    "enter_reply",
    "finish_reading",
    "follow",
    "follower_to_confirm",
    "follower_to_leave",
    "leave",
    "leave_token",
    "mark_decided",
    "open_consultation",
    "plan",
    "publish_report",
    "put_code",
    "remove_period",
    "reply_online",
    "set_aside",
    "set_consultees",
    "set_decision_makers",
    "set_formats",
    "set_questions",
    "take_code",
    "take_in",
    "write_report",
]
