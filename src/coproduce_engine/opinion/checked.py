"""What the analysis asks of its parameters and of given groups first, or ValueError in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .components import METHODS
from .sums import PairSums


@dataclass(frozen=True)
class Parameters:
    """The parameters of OpinionMap, checked."""

    method: str
    least_votes: int
    most_groups: int
    shrinkage: float
    resamples: int
    smallest_group: int
    least_to_show: int
    random_state: int


@dataclass(frozen=True)
class Given:
    """For each person the place of their group, or −1 (people), and the groups' names."""

    group_of: NDArray[np.int64]
    names: tuple[str, ...]


LEAST = {
    "least_votes": 1, "most_groups": 2, "resamples": 0, "smallest_group": 2, "least_to_show": 1, "random_state": 0,
}  # fmt: skip


def checked_parameters(given: Mapping[str, Any]) -> Parameters:
    if given["method"] not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}; it is {given['method']!r}.")
    for name, least in LEAST.items():
        value = given[name]
        if type(value) is bool or not isinstance(value, Integral) or value < least:
            raise ValueError(f"{name} must be a whole number, {least} or more; it is {value!r}.")
    shrinkage = given["shrinkage"]
    if not isinstance(shrinkage, Real) or not isfinite(shrinkage) or shrinkage < 0:
        raise ValueError(f"shrinkage must be a number, 0 or more; it is {shrinkage!r}.")
    return Parameters(**given)


def checked_groups(groups: ArrayLike | None, names: Sequence[str] | None, people: int) -> Given | None:
    if groups is None:
        if names is not None:
            raise ValueError("group_names were given, but not the group of each person.")
        return None
    try:
        places = np.asarray(groups)
    except ValueError as fault:
        raise ValueError("groups must be one row of places.") from fault
    if places.shape != (people,):
        raise ValueError(
            f"groups must name a place for each of {people} people; its shape is {places.shape}."
        )
    if places.dtype.kind not in "iu" and people:
        raise ValueError("groups must be places: whole numbers from 0, and -1 for no group.")
    return _named(places.astype(np.int64), names)


def checked_sums(sums: PairSums | None, statements: int) -> PairSums | None:
    if sums is not None and len(sums.k) != statements:
        raise ValueError(f"sums are of {len(sums.k)} statements, and the votes of {statements}.")
    return sums


def _named(places: NDArray[np.int64], names: Sequence[str] | None) -> Given:
    least, highest = int(places.min(initial=-1)), int(places.max(initial=-1))
    if least < -1:
        raise ValueError(f"groups must be places from 0, and -1 for no group; one is {least}.")
    if names is None:
        if highest >= 10_000:
            raise ValueError(f"The highest group is {highest}: number groups 0, 1, 2 …")
        names = [str(place) for place in range(highest + 1)]
    if highest >= len(names):
        raise ValueError(f"Somebody is in group {highest}, but there are only {len(names)} names of groups.")
    return Given(places, tuple(names))
