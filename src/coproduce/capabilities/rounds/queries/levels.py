"""How the ratings of one level lie on their scale, for everyone and inside each group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce_engine.distribution import Distribution, Sides, distribution, sides
from coproduce_engine.what_may_be_said import FEWEST_IN_A_CELL, Answers, Figure, may_be_said

from ..terms import HIGHEST_RATING, LOWEST_RATING, Level

if TYPE_CHECKING:
    from coproduce_engine.agreement import WithinGroup
    from coproduce_engine.checks import Interval

SCALE = range(LOWEST_RATING, HIGHEST_RATING + 1)
ANSWERS_OF = {Level.ME: Answers.LEVEL_1, Level.AROUND: Answers.LEVEL_2, Level.INTENTION: Answers.LEVEL_3}


@dataclass(frozen=True)
class Agreement:
    """How alike one group rates what it shares, never without its interval."""

    within: "WithinGroup"
    interval: "Interval"


@dataclass(frozen=True)
class GroupSpread:
    """One group at one level. `spread` is None below five answers, `agreement` below eight and at level 1."""

    code: str
    name: str
    people: int
    spread: Distribution | None
    sides: Sides
    agreement: Agreement | None


@dataclass(frozen=True)
class LevelSpread:
    """The ratings of one level."""

    level: Level
    everyone: Distribution
    groups: list[GroupSpread]

    @property
    def has_groups(self) -> bool:
        """Whether any group is large enough to be shown."""
        return any(group.spread for group in self.groups)

    @property
    def agreements(self) -> list[GroupSpread]:
        return [group for group in self.groups if group.agreement]


def level_spread(
    level: Level, ratings: Mapping[str, Sequence[int | None]], names: Mapping[str, str], *, seed: int
) -> LevelSpread:
    """From the ratings of each group, by its code."""
    everyone = distribution((one for given in ratings.values() for one in given), SCALE)
    groups = [_group(level, code, name, ratings.get(code, ()), seed) for code, name in names.items()]
    return LevelSpread(level, everyone, groups)


def _group(level: Level, code: str, name: str, given: Sequence[int | None], seed: int) -> GroupSpread:
    rated = [rating for rating in given if rating is not None]
    return GroupSpread(
        code, name, len(rated),
        spread=distribution(rated, SCALE) if len(rated) >= FEWEST_IN_A_CELL else None,
        sides=sides(rated, 0),
        agreement=_agreement(level, rated, seed),
    )  # fmt: skip


def _agreement(level: Level, rated: Sequence[int], seed: int) -> Agreement | None:
    if Figure.AGREEMENT not in may_be_said(ANSWERS_OF[level], len(rated)):
        return None
    # Here and not above: NumPy takes memory, and a small server that shows no such page never loads it.
    from coproduce_engine.agreement import within_group, within_group_interval

    return Agreement(
        within_group(rated, options=len(SCALE)), within_group_interval(rated, options=len(SCALE), seed=seed)
    )
