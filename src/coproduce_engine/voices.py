"""How much each group spoke for the number of its people in the room.

Source: domain.md, C10 “Measures”: voice ratio = share of turns ÷ share of people present. 1 means that a group spoke
as much as its size; there is no figure for a group with nobody in the room, nor before anybody has spoken.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

G = TypeVar("G", bound=Hashable)


def voice_ratios(turns: Mapping[G, int], present: Mapping[G, int]) -> dict[G, float | None]:
    """The voice ratio of every group that is named in either count."""
    spoken, people = sum(turns.values()), sum(present.values())
    groups = dict.fromkeys([*present, *turns])
    return {group: _ratio(turns.get(group, 0), spoken, present.get(group, 0), people) for group in groups}


def _ratio(turns: int, spoken: int, present: int, people: int) -> float | None:
    return (turns / spoken) / (present / people) if spoken and present else None
