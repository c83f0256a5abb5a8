"""Every change to a round and its answers."""

from .answering import answer_round, give_second_answer
from .running import (
    draft_round,
    edit_round,
    give_more_time,
    invite,
    open_round,
    seal_round,
    what_opening_finds,
    what_sealing_finds,
)

__all__ = [
    "answer_round",
    "draft_round",
    "edit_round",
    "give_more_time",
    "give_second_answer",
    "invite",
    "open_round",
    "seal_round",
    "what_opening_finds",
    "what_sealing_finds",
]
