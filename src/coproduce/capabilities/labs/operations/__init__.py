"""Every change to labs and to facilitation."""

from .agenda import add_agenda_item, change_agenda_item, move_agenda_item, remove_agenda_item
from .facilitating import declare_facilitation, hand_on, note_conflict
from .holding import attend, note_session
from .outcomes import (
    add_decision,
    add_idea,
    add_jargon,
    add_parked,
    add_prototype,
    decided_elsewhere,
    tell_result,
)
from .planning import arrange, change_lab, invite, plan_lab
from .tallying import tally_sheet, tally_turn, undo_turn

__all__ = [
    "add_agenda_item", "add_decision", "add_idea", "add_jargon", "add_parked", "add_prototype", "arrange",
    "attend", "change_agenda_item", "change_lab", "decided_elsewhere", "declare_facilitation", "hand_on",
    "invite", "move_agenda_item", "note_conflict", "note_session", "plan_lab", "remove_agenda_item",
    "tally_sheet", "tally_turn", "tell_result", "undo_turn",
]  # fmt: skip
