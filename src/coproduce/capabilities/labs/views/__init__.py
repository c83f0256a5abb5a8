"""The pages of labs and facilitation."""

from .agenda import agenda, edit_item, move_item, remove_item
from .facilitating import conflict, edit_facilitation, facilitation, hand_on, stages
from .labs import edit_lab, lab, labs, new_lab, sheet
from .outcomes import add, elsewhere, outcomes, prototype, prototypes, record
from .people import access, arrange, attendance, invite
from .session import paper_tally, press, session, tally, undo, voices

__all__ = [
    "access", "add", "agenda", "arrange", "attendance", "conflict", "edit_facilitation", "edit_item", "edit_lab",
    "elsewhere", "facilitation", "hand_on", "invite", "lab", "labs", "move_item", "new_lab", "outcomes",
    "paper_tally", "press", "prototype", "prototypes", "record", "remove_item", "session", "sheet", "stages",
    "tally", "undo", "voices",
]  # fmt: skip
