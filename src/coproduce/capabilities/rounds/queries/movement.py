"""How the same people's ratings moved from the first answer to the second."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce_engine import three_levels as engine
from coproduce_engine.three_levels import Shift
from coproduce_engine.what_may_be_said import could_be_recognised, may_test

from ..terms import Level
from .levels import SCALE

if TYPE_CHECKING:
    from coproduce_engine.shift import MeanShift, Polarisation, Transitions
    from coproduce_engine.spread import SpreadChange


@dataclass(frozen=True)
class Movement:
    """One level. `mean` and `spread`, with test and interval, only where someone moved and from eight people on."""

    level: Level
    shift: Shift
    transitions: "Transitions"
    polarisation: "Polarisation"
    mean: "MeanShift | None"
    spread: "SpreadChange | None"
    seed: int

    @property
    def could_be_recognised(self) -> bool:
        """R31: a picture of one or two people points at them."""
        return could_be_recognised(self.shift.people)


def movement(level: Level, pairs: Sequence[tuple[int | None, int | None]], *, seed: int) -> Movement | None:
    """From (first, second) of each person; None when nobody rated twice. The seed makes it come out again."""
    shift = engine.shift(pairs)
    if shift is None:
        return None
    # Here and not above: NumPy takes memory, and a small server that shows no such page never loads it.
    from coproduce_engine.shift import mean_shift, polarisation, transitions
    from coproduce_engine.spread import spread_change

    first, second = zip(
        *((one, two) for one, two in pairs if one is not None and two is not None), strict=True
    )
    tested = shift.moved and may_test(shift.people)
    return Movement(
        level, shift, transitions(first, second, SCALE), polarisation(first, second, midpoint=0),
        mean_shift(first, second, seed=seed) if tested else None,
        spread_change(first, second, seed=seed) if tested else None,
        seed,
    )  # fmt: skip
