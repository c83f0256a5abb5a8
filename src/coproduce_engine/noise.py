"""Noise: how far judgements of ONE shared object scatter (Kahneman, Sibony & Sunstein, Noise, 2021, ch. 5–7, 17).

Every function asks `of` which shared object was judged. There is none for level 1, and so no way to ask for its
noise: each person judges their own life there, and the spread is information, not error.
"""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from .checks import line, table
from .mean_squares import MeanSquares, mean_squares
from .what_may_be_said import SharedObject, judged_together


@dataclass(frozen=True)
class ErrorParts:
    """Mean squared error = bias² + noise²; bias and noise in the units of the estimates."""

    bias: float
    noise: float
    mean_squared_error: float


@dataclass(frozen=True)
class NoiseParts:
    """Variances as the table shows them: system = level + pattern, exactly (divisors C and J)."""

    of: SharedObject
    system: float
    level: float
    pattern: float

    @property
    def system_sd(self) -> float:
        return sqrt(self.system)

    @property
    def level_sd(self) -> float:
        return sqrt(self.level)

    @property
    def pattern_sd(self) -> float:
        return sqrt(self.pattern)


@dataclass(frozen=True)
class NoiseComponents(NoiseParts):
    """Variances corrected for few cases or judges; keeps the mean squares that they come from."""

    mean_squares: MeanSquares


@dataclass(frozen=True)
class Occasion:
    """Variance within a person from one reading to the next, and what is left as a stable pattern."""

    of: SharedObject
    occasion: float
    stable_pattern: float


def error_parts(estimates: ArrayLike, truth: float, *, of: SharedObject) -> ErrorParts:
    """The error equation, from estimates of shape (judges,) of one thing whose truth is known."""
    judged_together(of)
    x = line(estimates, "estimates")
    wrong = x - line([truth], "truth")[0]
    return ErrorParts(float(wrong.mean()), float(wrong.std()), float((wrong**2).mean()))


def noise_parts(ratings: ArrayLike, *, of: SharedObject) -> NoiseParts:
    """System, level and pattern noise of ratings of shape (cases, judges)."""
    judged_together(of)
    x = table(ratings, "ratings")
    by_case, by_judge, grand = x.mean(axis=1), x.mean(axis=0), x.mean()
    return NoiseParts(
        of,
        system=float(((x - by_case[:, None]) ** 2).mean()),
        level=float(((by_judge - grand) ** 2).mean()),
        pattern=float(((x - by_case[:, None] - by_judge + grand) ** 2).mean()),
    )


def noise_components(ratings: ArrayLike, *, of: SharedObject) -> NoiseComponents:
    """The same corrected for bias: use it below 15 cases or judges. Pattern holds the occasion noise too.

    Two-way random effects, one reading a cell. A component that comes out negative is nought.
    """
    judged_together(of)
    squares = mean_squares(ratings)
    level = max(0.0, (squares.between_judges - squares.error) / squares.cases)
    return NoiseComponents(of, level + squares.error, level, squares.error, squares)


def occasion_noise(first: ArrayLike, second: ArrayLike, *, of: SharedObject) -> Occasion:
    """From two private readings of shape (cases, judges) with no exposure between them.

    σ²_occasion = Var(second − first) ÷ 2, the differences centred by case; one degree of freedom is lost for each case.
    Stable pattern = pattern of the first reading without it, never below nought.
    """
    judged_together(of)
    one, two = table(first, "first"), table(second, "second")
    if one.shape != two.shape:
        raise ValueError(f"first has the shape {one.shape} and second {two.shape}: they must be the same.")
    moved = two - one
    centred = moved - moved.mean(axis=1, keepdims=True)
    cases, judges = moved.shape
    occasion = float(np.sum(centred**2) / (cases * (judges - 1)) / 2)
    return Occasion(of, occasion, max(0.0, mean_squares(one).error - occasion))


def mean_difference_of_two_judges(system_sd: float) -> float:
    """How far two judges differ on average, for normal ratings: 2σ ÷ √π = 1.128 σ."""
    if system_sd < 0:
        raise ValueError("A standard deviation is never below nought.")
    return 2 * system_sd / sqrt(pi)
