"""How ratings lie on their scale: counts, the middle answer, the middle half. Plain Python, no unit of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from .what_may_be_said import cell


@dataclass(frozen=True)
class Distribution:
    """How many people chose each point; middle and quartiles are None when nobody answered."""

    counts: dict[int, int]
    skipped: int
    middle: float | None
    lower: float | None
    upper: float | None

    @property
    def people(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Sides:
    """Below, at and above the middle of the scale; None stands for fewer than five people."""

    below: int | None
    at: int | None
    above: int | None

    @property
    def says_something(self) -> bool:
        return any(self.shown)

    @property
    def shown(self) -> tuple[int | None, int | None, int | None]:
        return (self.below, self.at, self.above)


def distribution(ratings: Iterable[int | None], scale: Sequence[int]) -> Distribution:
    """Counts for every point of the scale; None is a skipped question. Quartiles as in R's type 7."""
    given: list[int] = []
    skipped = 0
    for rating in ratings:
        if rating is None:
            skipped += 1
        elif rating not in scale:
            raise ValueError(f"{rating} lies outside the scale.")
        else:
            given.append(rating)
    counted = Counter(given)
    lower, upper = _quartiles(given)
    return Distribution(
        {point: counted[point] for point in scale}, skipped, median(given) if given else None, lower, upper
    )


def sides(ratings: Iterable[int | None], middle: int) -> Sides:
    """A subgroup's ratings in three counts, as they may be shown."""
    counted = Counter((rating > middle) - (rating < middle) for rating in ratings if rating is not None)
    return Sides(*(cell(counted[side]) for side in (-1, 0, 1)))


def _quartiles(given: list[int]) -> tuple[float | None, float | None]:
    if not given:
        return None, None
    if len(given) == 1:
        return float(given[0]), float(given[0])
    low, _middle, high = quantiles(given, n=4, method="inclusive")
    return low, high
