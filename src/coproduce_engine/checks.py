"""What every figure asks of its numbers first: a copy of the right shape, all of it real numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Seed = int | np.random.Generator


@dataclass(frozen=True)
class Interval:
    """A range that goes with an estimate; an end that the data cannot fix is −inf or inf."""

    low: float
    high: float
    level: float = 0.95

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def line(values: ArrayLike, name: str, *, least: int = 1) -> Numbers:
    """A copy of `values` as one row of at least `least` finite numbers, or ValueError."""
    copy = _finite(values, name)
    if copy.ndim != 1 or len(copy) < least:
        raise ValueError(f"{name} must be one row of at least {least} numbers; its shape is {copy.shape}.")
    return copy


def table(values: ArrayLike, name: str, *, rows: int = 2, columns: int = 2) -> Numbers:
    """A copy of `values` as a full table of at least `rows` × `columns` finite numbers, or ValueError."""
    copy = _finite(values, name)
    if copy.ndim != 2 or copy.shape[0] < rows or copy.shape[1] < columns:
        raise ValueError(f"{name} must be a table of at least {rows} × {columns}; its shape is {copy.shape}.")
    return copy


def pairs(before: ArrayLike, after: ArrayLike, *, least: int = 2) -> tuple[Numbers, Numbers]:
    """Copies of two rows of the same people, in the same order, or ValueError."""
    first, second = line(before, "before", least=least), line(after, "after", least=least)
    if len(first) != len(second):
        raise ValueError(
            f"before has {len(first)} people and after has {len(second)}: they must be the same."
        )
    return first, second


def generator(seed: Seed) -> np.random.Generator:
    """The source of chance: a seed gives the same figure again, a Generator goes on where it stands."""
    if seed is None:
        raise ValueError("seed must be given: a figure that nobody can compute again is no evidence.")
    return np.random.default_rng(seed)


def between(value: float, low: float, high: float, name: str) -> float:
    """`value`, or ValueError when it lies outside."""
    if not low <= value <= high:
        raise ValueError(f"{name} must lie between {low:g} and {high:g}; it is {value}.")
    return float(value)


def _finite(values: ArrayLike, name: str) -> Numbers:
    try:
        copy = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise ValueError(f"{name} must be numbers in a full table, with none missing.") from fault
    if not np.isfinite(copy).all():
        raise ValueError(f"{name} holds a value that is missing or not finite.")
    return copy
