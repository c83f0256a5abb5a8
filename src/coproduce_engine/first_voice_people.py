"""The pull of the first voice from each person's move, over many sessions (listening.md §2.2).

x₂ = a_p + δ x₁ + β (f − m₁) + γ m₁ + ε, with one a for each prompt ACROSS sessions: an effect for each prompt and
session would swallow f. Errors are clustered by session (Liang & Zeger 1986, Biometrika 73:13–22), with a factor
for few sessions and t with sessions − 1 degrees. Below about twenty sessions rather trust
`first_voice`, which needs no model.
Imports SciPy, which costs a small server tens of megabytes: load this module only where it is used.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from .checks import Interval, Numbers, between, pairs


@dataclass(frozen=True)
class Reading:
    """One prompt read in one session: answers before and after, shape (people,), and who was read first."""

    prompt: Hashable
    session: Hashable
    before: ArrayLike
    after: ArrayLike
    first: int


@dataclass(frozen=True)
class PersonalPull:
    """β (0: no pull, 1: adopted) with its clustered error and interval; δ keeps one's own view, γ the room's."""

    beta: float
    error: float
    interval: Interval
    p: float
    delta: float
    gamma: float
    people: int
    sessions: int


def personal_pull(readings: Sequence[Reading], *, level: float = 0.95) -> PersonalPull:
    """Fit over everyone but the first voice itself. ValueError when the readings cannot tell the effects apart."""
    between(level, 0.5, 0.999, "level")
    design, moved, sessions = _stacked(readings)
    if np.linalg.matrix_rank(design) < design.shape[1] or len(design) <= design.shape[1]:
        raise ValueError(
            "The readings cannot tell the effects apart: more sessions of each prompt are needed."
        )
    inverse = np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
    found = inverse @ design.T @ moved
    spread = _clustered(design, moved - design @ found, sessions, inverse)
    count = len(set(sessions))
    error = float(np.sqrt(spread[1, 1]))
    beta, reach = float(found[1]), float(stats.t.isf((1 - level) / 2, count - 1)) * error
    p = float(2 * stats.t.sf(abs(beta) / error, count - 1)) if error > 0 else 0.0
    return PersonalPull(
        beta, error, Interval(beta - reach, beta + reach, level), p,
        delta=float(found[0]), gamma=float(found[2]), people=len(moved), sessions=count,
    )  # fmt: skip


def _stacked(readings: Sequence[Reading]) -> tuple[Numbers, Numbers, list[Hashable]]:
    """Columns δ, β, γ, then one for each prompt; a row for each person who listened."""
    prompts = list(dict.fromkeys(reading.prompt for reading in readings))
    if len({reading.session for reading in readings}) < 2:
        raise ValueError("At least two sessions are needed.")
    rows, moved, sessions = [], [], []
    for reading in readings:
        x1, x2 = pairs(reading.before, reading.after, least=3)
        if not 0 <= reading.first < len(x1):
            raise ValueError(f"The first voice is person {reading.first}, but there are {len(x1)} people.")
        others = np.arange(len(x1)) != reading.first
        middle = x1[others].mean()
        which = [float(reading.prompt == prompt) for prompt in prompts]
        rows += [[own, x1[reading.first] - middle, middle, *which] for own in x1[others]]
        moved += list(x2[others])
        sessions += [reading.session] * int(others.sum())
    return np.array(rows), np.array(moved), sessions


def _clustered(design: Numbers, left: Numbers, sessions: Sequence[Hashable], inverse: Numbers) -> Numbers:
    people, columns = design.shape
    names = {name: place for place, name in enumerate(dict.fromkeys(sessions))}
    scores = np.zeros((len(names), columns))
    np.add.at(scores, [names[session] for session in sessions], design * left[:, None])
    count = len(names)
    factor = count / (count - 1) * (people - 1) / (people - columns)
    return np.asarray(factor * inverse @ (scores.T @ scores) @ inverse)
