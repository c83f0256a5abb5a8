"""What an analysis of votes gives back: frozen records that a page shows, a file keeps and a person can check.

A statement and a person are named here by their place (0, 1, 2 …) in the votes that were given; whoever gave the
votes knows the names. Shares are fractions of 1. A share that nobody's votes can fix is None, never 0.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ..checks import Interval

# group_of holds this for a person who voted too little to be placed.
NOT_PLACED = -1


class Side(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"


@dataclass(frozen=True)
class Tally:
    """How some people voted on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        return self.agree + self.disagree + self.passed

    def on(self, side: Side) -> int:
        return self.agree if side is Side.AGREE else self.disagree

    def share(self, side: Side) -> float | None:
        """Of those who saw it: a pass is a vote too."""
        return self.on(side) / self.seen if self.seen else None


@dataclass(frozen=True)
class Held:
    """A statement that an opinion group holds more than the others do, on a side that the group itself holds.

    `inside` and `outside` are the votes of the group and of the other groups. `p_value` is of a test on votes that had
    no part in telling who belongs to the group (halves.py), corrected for all the tests.
    """

    statement: int
    side: Side
    inside: Tally
    outside: Tally
    p_value: float


@dataclass(frozen=True)
class OpinionGroup:
    """People who voted alike, found in the votes. `centre` is in the plane of the picture."""

    number: int
    people: int
    centre: tuple[float, float]
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Stability:
    """How often the same groups come out when other people might have voted (people drawn again, with replacement).

    `same_number`: the share of resamples with the same number of groups; `agreement`: their mean adjusted Rand index
    with the groups found, 1 the same, 0 as chance would. `why_not` names what is missing (stability.py), "" when clear.
    """

    resamples: int
    same_number: float
    agreement: float
    is_clear: bool
    why_not: str = ""


@dataclass(frozen=True)
class Shared:
    """How far every given group stands on one side of a statement.

    `least` is the lowest of the groups' lower bounds: at least so large a share of each group holds it. It does not
    shrink as groups are added, and exists only when each group that counts has enough votes on the statement.
    """

    statement: int
    side: Side
    least: float
    lowest_group: int
    by_group: tuple[Tally, ...]
    equal_weight: float
    one_person_one_vote: float


@dataclass(frozen=True)
class Divided:
    """A statement on which two given groups stand apart: the share that agrees, highest less lowest."""

    statement: int
    highest_group: int
    lowest_group: int
    difference: float
    interval: Interval
    by_group: tuple[Tally, ...]


@dataclass(frozen=True)
class GivenGroups:
    """Stakeholder groups (or any labels that people came with) and where each stands.

    `too_small` are the groups with fewer people than may be shown: they count in no figure here by themselves.
    `common` and `divided` are ranked, strongest first.
    """

    names: tuple[str, ...]
    people: tuple[int, ...]
    too_small: tuple[int, ...]
    common: tuple[Shared, ...]
    divided: tuple[Divided, ...]


@dataclass(frozen=True)
class Analysis:
    """Everything that was found in one set of votes.

    `components`, `means`: the plane of the picture; a person stands at
    sqrt(statements / own votes) * sum over own votes of (vote - mean) * component.
    `positions` people × 2; `group_of` a group's number per person, or NOT_PLACED.
    `groups` is empty when there are no clear groups; `stability` says why.
    `everybody` is the tally of each statement; `group_aware` the product figure that Polis shows, for comparison;
    `routing` the weight with which each statement should be shown next; `left_out` statements count in nothing.
    """

    people: int
    placed: int
    statements: int
    votes: int
    left_out: tuple[int, ...]
    method: str
    components: NDArray[np.float64]
    means: NDArray[np.float64]
    explained: tuple[float, float]
    positions: NDArray[np.float64]
    group_of: NDArray[np.int64]
    groups: tuple[OpinionGroup, ...]
    stability: Stability
    everybody: tuple[Tally, ...]
    group_aware: NDArray[np.float64]
    routing: NDArray[np.float64]
    given: GivenGroups | None
