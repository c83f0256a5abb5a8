"""“Where am I”: somebody's own place, worked out from their own votes at this moment and kept nowhere."""

from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any

from coproduce.capabilities.voting import queries as voting

from ..models import Interim, Result
from ..rules import Figures, Opinion


@dataclass(frozen=True)
class Place:
    """Where somebody stands on the map, the opinion group nearest by, and their own votes by statement number."""

    x: float
    y: float
    nearest: Opinion | None
    votes: dict[int, int]


def place_of(voter: Any, result: Result | Interim, figures: Figures) -> Place | None:
    """None where there is no map yet, or this person voted on nothing that is on it; one query."""
    if not result.plane:
        return None
    at = {one.number: place for place, one in enumerate(figures.statements)}
    votes = {number: value for number, value in voting.own_votes(voter).items() if number in at}
    if not votes:
        return None
    x, y = _position(result.plane, {at[number]: value for number, value in votes.items()})
    return Place(x, y, _nearest(x, y, figures.opinions), votes)


def _position(plane: dict[str, Any], votes: dict[int, int]) -> tuple[float, float]:
    """As the engine places everybody: sqrt(statements / own votes) · Σ (vote − mean) · component.

    In plain Python, because NumPy is not for the pages of the web server; a test holds it to the engine's own.
    """
    stretch = sqrt(len(plane["means"]) / len(votes))
    x, y = (
        stretch * sum((value - plane["means"][at]) * axis[at] for at, value in votes.items())
        for axis in plane["components"]
    )
    return x, y


def _nearest(x: float, y: float, opinions: tuple[Opinion, ...]) -> Opinion | None:
    return min(opinions, key=lambda one: hypot(one.x - x, one.y - y), default=None)
