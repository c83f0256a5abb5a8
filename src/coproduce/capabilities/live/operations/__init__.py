"""Every change to a live session."""

from .joining import come_back, hand_on, join, recognise, set_a_place, show_out, take_place
from .leading import (
    begin_reading,
    close,
    end_own_turn,
    end_turn,
    open_second_answers,
    pass_the_rest,
    seal,
    set_turn_seconds,
    show_own_turn,
    show_turn,
    start_writing,
    what_starting_finds,
)
from .planning import count_heads, end_session, plan_session, set_door
from .taking_part import add_theme, ask_for_double_time, put_in_theme, say

__all__ = [
    "add_theme",
    "ask_for_double_time",
    "begin_reading",
    "close",
    "come_back",
    "count_heads",
    "end_own_turn",
    "end_session",
    "end_turn",
    "hand_on",
    "join",
    "open_second_answers",
    "pass_the_rest",
    "plan_session",
    "put_in_theme",
    "recognise",
    "say",
    "seal",
    "set_a_place",
    "set_door",
    "set_turn_seconds",
    "show_out",
    "show_own_turn",
    "show_turn",
    "start_writing",
    "take_place",
    "what_starting_finds",
]
