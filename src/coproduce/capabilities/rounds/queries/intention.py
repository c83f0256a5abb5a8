"""Level 3: what people believe the leaders intend. All look at the same leaders, so they may be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.capabilities.projects.terms import Intent
from coproduce_engine.three_levels import Share
from coproduce_engine.what_may_be_said import FEWEST_IN_A_CELL, Answers, Figure, cell, may_be_said

if TYPE_CHECKING:
    from coproduce_engine.agreement import PairsAlike


@dataclass(frozen=True)
class Named:
    """What one person named, and whether they are one of the leaders."""

    intents: frozenset[str]
    is_leader: bool


@dataclass(frozen=True)
class Gap:
    """One intent: how many leaders name it themselves, and how many others."""

    intent: Intent
    leaders: Share
    others: Share

    @property
    def width(self) -> float:
        return abs((self.leaders.fraction or 0) - (self.others.fraction or 0))

    @property
    def points_at_nobody(self) -> bool:
        return cell(self.leaders.part) is not None and cell(self.others.part) is not None


@dataclass(frozen=True)
class SharedView:
    """How alike people see the leaders (from eight people on), and the widest gap to the leaders' own answers.

    No gap below five leaders, nor where a count below five would point at people.
    """

    pairs: "PairsAlike | None"
    leaders: int
    gap: Gap | None


def shared_view(people: Sequence[Named]) -> SharedView:
    named = [one.intents for one in people if one.intents]
    leaders = [one for one in people if one.is_leader]
    others = [one for one in people if not one.is_leader]
    gaps = [Gap(intent, _share(leaders, intent), _share(others, intent)) for intent in Intent]
    shown = [gap for gap in gaps if gap.width and gap.points_at_nobody]
    enough = min(len(leaders), len(others)) >= FEWEST_IN_A_CELL
    widest = max(shown, key=lambda gap: gap.width) if shown and enough else None
    return SharedView(_pairs(named), len(leaders), widest)


def _share(people: Sequence[Named], intent: Intent) -> Share:
    return Share(sum(intent.value in one.intents for one in people), len(people))


def _pairs(named: Sequence[frozenset[str]]) -> "PairsAlike | None":
    if Figure.AGREEMENT not in may_be_said(Answers.LEVEL_3, len(named)):
        return None
    # Here and not above: NumPy takes memory, and a small server that shows no such page never loads it.
    from coproduce_engine.agreement import pairs_alike

    return pairs_alike(named)
