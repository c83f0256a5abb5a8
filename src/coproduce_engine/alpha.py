"""Krippendorff's alpha: agreement of any number of people on any number of units, with answers missing.

Krippendorff 2019, Content Analysis, 4th ed., ch. 12. The default for our ordinal scales. Alpha is 1 when all agree,
0 when they agree as by chance, and below 0 when they split.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Numbers, Seed, generator


class Scale(Enum):
    """What the distance between two answers means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Alpha:
    """Alpha with its steps. None when everybody gave one and the same answer: then nothing could disagree."""

    scale: Scale
    alpha: float | None
    observed: float
    expected: float
    values: tuple[float, ...]
    coincidences: tuple[tuple[float, ...], ...]
    answers: int


def krippendorff_alpha(ratings: ArrayLike, scale: Scale) -> Alpha:
    """From ratings of shape (people, units); NaN or None stands for an answer that is missing.

    Units with fewer than two answers drop out; ValueError when none is left, or below nought on a ratio scale.
    """
    values, units = _units(ratings, scale)
    coincidences = units.sum(axis=0)
    observed, expected = _disagreement(coincidences, values, scale)
    return Alpha(
        scale,
        1 - observed / expected if expected > 0 else None,
        observed,
        expected,
        tuple(map(float, values)),
        tuple(tuple(map(float, row)) for row in coincidences),
        round(float(coincidences.sum())),
    )


def alpha_interval(
    ratings: ArrayLike, scale: Scale, *, seed: Seed, draws: int = 1_999, level: float = 0.95
) -> Interval:
    """Percentile interval by drawing units with replacement. Wide and rough below about fifteen units."""
    values, units = _units(ratings, scale)
    times = generator(seed).multinomial(len(units), np.full(len(units), 1 / len(units)), size=draws)
    found = []
    for row in times:
        observed, expected = _disagreement(np.tensordot(row, units, axes=1), values, scale)
        found.append(1 - observed / expected if expected > 0 else 1.0)
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), level)


def _units(ratings: ArrayLike, scale: Scale) -> tuple[Numbers, Numbers]:
    """The values in use, and for each unit its table of pairs: shape (units, values, values)."""
    x = _with_gaps(ratings)
    if scale is Scale.RATIO and (x < 0).any():
        raise ValueError("A ratio scale has nothing below nought.")
    x = x[:, (~np.isnan(x)).sum(axis=0) >= 2]
    if not x.shape[1]:
        raise ValueError("No unit has two answers: there is nothing to compare.")
    values = np.unique(x[~np.isnan(x)])
    counts = (x[:, :, None] == values).sum(axis=0).astype(np.float64)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    return values, pairs / (counts.sum(axis=1) - 1)[:, None, None]


def _with_gaps(ratings: ArrayLike) -> Numbers:
    try:
        x = np.array(ratings, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ValueError("ratings must be a table of numbers; NaN or None where one is missing.") from fault
    if x.ndim != 2 or x.shape[0] < 2 or np.isinf(x).any():
        raise ValueError(
            f"ratings must be a table of at least two people, without infinity; it is {x.shape}."
        )
    return x


def _disagreement(coincidences: Numbers, values: Numbers, scale: Scale) -> tuple[float, float]:
    by_value = coincidences.sum(axis=1)
    n = by_value.sum()
    far = _distance(values, by_value, scale)
    return (
        float((coincidences * far).sum() / n),
        float((np.outer(by_value, by_value) * far).sum() / (n * (n - 1))),
    )


def _distance(values: Numbers, by_value: Numbers, scale: Scale) -> Numbers:
    """δ² between each two values."""
    one, other = values[:, None], values[None, :]
    match scale:
        case Scale.NOMINAL:
            return np.asarray(one != other, dtype=np.float64)
        case Scale.INTERVAL:
            return np.asarray((one - other) ** 2)
        case Scale.RATIO:
            return np.asarray(((one - other) / np.where(one + other == 0, 1, one + other)) ** 2)
        case Scale.ORDINAL:
            up_to = np.cumsum(by_value)
            middle = up_to - by_value / 2
            return np.asarray((middle[:, None] - middle[None, :]) ** 2)
