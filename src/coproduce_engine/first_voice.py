"""Whether the answer that happened to be read first pulls the others (listening.md §2.2).

The reading order is drawn by lot, so whose answer comes first is a coin toss, and the test draws it again. Any
“movement towards the mean” is there without influence (regression to the mean); this measure is free of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from .checks import Interval, Numbers, Seed, generator, pairs
from .permutation import SAME

REDRAWS = 4_999
# From strongly away to far beyond: the values of β between which the interval is sought.
_BETAS = np.round(np.arange(-3, 3.0001, 0.02), 2)


@dataclass(frozen=True)
class Question:
    """One prompt in one session: answers before and after, shape (people,), and who was read first.

    `drawn_from`: who could have come first, when not everyone could (R28 keeps leaders out of the first places).
    """

    before: ArrayLike
    after: ArrayLike
    first: int
    drawn_from: Sequence[int] | None = None


@dataclass(frozen=True)
class FirstVoice:
    """T, β̂ (0: no pull; 1: the group adopts the first voice), one-sided p for pull, and the interval of β.

    β̂ is None when the first voice stood at the mean every time. An end of the interval that the data cannot fix
    between −3 and 3 is open.
    """

    pull: float
    beta: float | None
    p: float
    interval: Interval
    questions: int


def first_voice(questions: Sequence[Question], *, seed: Seed, redraws: int = REDRAWS) -> FirstVoice:
    """T = Σ (m2 − m1)(f − m1) over questions, means of the others; p by drawing the first voice anew.

    The interval holds every β that the same test does not reject two-sided at 5 %, once that pull is taken out.
    """
    if not questions:
        raise ValueError("At least one question must have been read.")
    chance = generator(seed)
    seen = np.zeros((3, 1))
    drawn = np.zeros((3, redraws))
    for question in questions:
        parts, eligible = _parts(question)
        seen += parts[:, [question.first]]
        drawn += parts[:, chance.choice(eligible, size=redraws)]
    pull, taken, apart = (float(part[0]) for part in seen)
    return FirstVoice(
        pull,
        pull / apart if apart > SAME else None,
        _at_least(drawn[0], pull),
        _interval(drawn, pull, taken),
        len(questions),
    )


def _parts(question: Question) -> tuple[Numbers, list[int]]:
    """For each person as if read first: T, what one unit of β takes from T, and the squared distance; who could be."""
    x1, x2 = pairs(question.before, question.after, least=3)
    people, first = len(x1), question.first
    eligible = list(range(people)) if question.drawn_from is None else list(question.drawn_from)
    if first not in eligible or not set(eligible) <= set(range(people)):
        raise ValueError(f"Person {first} cannot have been drawn first among {eligible} of {people} people.")
    m1, m2 = _of_others(x1), _of_others(x2)
    far = x1 - m1
    # The pull that really happened reached everyone but the one who was read first.
    pulled = np.full(people, far[first])
    pulled[first] = 0
    return np.array([(m2 - m1) * far, _of_others(pulled) * far, far**2]), eligible


def _of_others(x: Numbers) -> Numbers:
    return np.asarray((x.sum() - x) / (len(x) - 1))


def _at_least(drawn: Numbers, seen: float) -> float:
    return float((1 + (drawn >= seen - SAME * max(1.0, abs(seen))).sum()) / (1 + len(drawn)))


def _interval(drawn: Numbers, pull: float, taken: float) -> Interval:
    kept = []
    for beta in _BETAS:
        left, seen = drawn[0] - beta * drawn[1], pull - beta * taken
        if min(_at_least(left, seen), _at_least(-left, -seen)) > 0.025:
            kept.append(float(beta))
    if not kept:
        return Interval(-inf, inf)
    return Interval(-inf if kept[0] == _BETAS[0] else kept[0], inf if kept[-1] == _BETAS[-1] else kept[-1])
