"""Every change to a round and its answers."""

from .answering import answer_round, give_second_answer
from .joining import give_double_time, invite_by_code, take_back_invitation
from .preparing import name_supporter, translate_round
from .reading import (
    ask_for_double_time,
    begin_reading,
    close_round,
    comment,
    end_turn,
    open_second_answers,
    pass_the_rest,
    seal_second_answer,
    set_turn_seconds,
    show_turn,
)
from .running import (
    draft_round,
    edit_round,
    give_more_time,
    invite,
    locked,
    open_round,
    seal_round,
    what_opening_finds,
    what_sealing_finds,
)

__all__ = [
    "answer_round",
    "ask_for_double_time",
    "begin_reading",
    "close_round",
    "comment",
    "draft_round",
    "edit_round",
    "end_turn",
    "give_double_time",
    "give_more_time",
    "give_second_answer",
    "invite",
    "invite_by_code",
    "locked",
    "name_supporter",
    "open_round",
    "open_second_answers",
    "pass_the_rest",
    "seal_round",
    "seal_second_answer",
    "set_turn_seconds",
    "show_turn",
    "take_back_invitation",
    "translate_round",
    "what_opening_finds",
    "what_sealing_finds",
]
