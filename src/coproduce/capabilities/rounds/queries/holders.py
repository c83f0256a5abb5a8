"""Who holds a round at the moment: a higher capability, such as the live room, says so."""

from collections.abc import Callable
from uuid import UUID

Holder = Callable[[UUID], bool]
_holders: list[Holder] = []


def rounds_are_held_by(holder: Holder) -> None:
    """From now on `holder` is asked whether it holds a round."""
    if holder not in _holders:
        _holders.append(holder)


def is_held_in_a_room(round_id: UUID) -> bool:
    return any(holder(round_id) for holder in _holders)
