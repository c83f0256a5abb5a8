"""Every change to statements, to what is published, to promises afterwards, and to letters."""

from .delivery import Connection, Mail, Sent, fault_in_sending, send_waiting, sends_nothing
from .letters import hand_over, make_letters, note_failed, note_sent, take_letter, try_again
from .publishing import Readiness, publish, readiness
from .reports import set_report
from .statements import FACTS, remove_statement, write_statement
from .updates import add_update

__all__ = [
    "FACTS",
    "Connection",
    "Mail",
    "Readiness",
    "Sent",
    "add_update",
    "fault_in_sending",
    "hand_over",
    "make_letters",
    "note_failed",
    "note_sent",
    "publish",
    "readiness",
    "remove_statement",
    "send_waiting",
    "sends_nothing",
    "set_report",
    "take_letter",
    "try_again",
    "write_statement",
]
