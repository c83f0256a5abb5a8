"""The two-way table of cases and judges, taken apart (Shrout & Fleiss 1979, Psychological Bulletin 86:420–428)."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from .checks import table


@dataclass(frozen=True)
class MeanSquares:
    """Mean squares of a table of `cases` × `judges`, in squared units of the ratings."""

    cases: int
    judges: int
    between_cases: float
    between_judges: float
    error: float
    within_cases: float


def mean_squares(ratings: ArrayLike) -> MeanSquares:
    """From ratings of shape (cases, judges), one reading a cell, none missing."""
    x = table(ratings, "ratings")
    cases, judges = x.shape
    by_case, by_judge, grand = x.mean(axis=1), x.mean(axis=0), x.mean()
    left = x - by_case[:, None] - by_judge + grand
    return MeanSquares(
        cases,
        judges,
        between_cases=float(judges * ((by_case - grand) ** 2).sum() / (cases - 1)),
        between_judges=float(cases * ((by_judge - grand) ** 2).sum() / (judges - 1)),
        error=float((left**2).sum() / ((cases - 1) * (judges - 1))),
        within_cases=float(((x - by_case[:, None]) ** 2).sum() / (cases * (judges - 1))),
    )
