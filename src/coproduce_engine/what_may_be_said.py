"""Which figures may be shown of which answers, and when to be silent (listening.md §2.0 and §2.6).

A figure that misleads is worse than none. Below eight people a test cannot find anything but the extreme, so
the picture is shown and nothing else. A count in a subgroup below five points at people.
"""

from enum import Enum

FEWEST_FOR_A_TEST = 8
FEWEST_IN_A_CELL = 5
FEWEST_NOT_RECOGNISED = 3


class Answers(Enum):
    """What people gave."""

    LEVEL_1 = "how it affects me"
    LEVEL_2 = "how it affects people around me"
    LEVEL_3 = "what I believe the leaders intend"
    BARRIERS = "how much a barrier matters and how easily it goes"
    TWICE = "the same people's first and second answer"


class SharedObject(Enum):
    """What several people judged together. Level 1 is not among them: everyone judges their own life."""

    TEAM = Answers.LEVEL_2
    INTENTION = Answers.LEVEL_3
    BARRIER = Answers.BARRIERS


class Figure(Enum):
    """What can be said about answers."""

    PICTURE = "counts of each answer"
    MIDDLE = "median and the middle half"
    MEAN = "mean"
    AGREEMENT = "agreement within a group"
    NOISE = "noise"
    RANKING = "agreement on a ranking"
    MOVEMENT = "who moved, and from where to where"
    TEST = "a test with its p"
    INTERVAL = "an estimate with its interval"


_ALWAYS = {
    Answers.LEVEL_1: {Figure.PICTURE, Figure.MIDDLE, Figure.MEAN},
    Answers.LEVEL_2: {Figure.PICTURE, Figure.MIDDLE, Figure.MEAN},
    Answers.LEVEL_3: {Figure.PICTURE},
    # Means of an ordinal scale only beside the distribution.
    Answers.BARRIERS: {Figure.PICTURE, Figure.MIDDLE, Figure.MEAN},
    Answers.TWICE: {Figure.PICTURE, Figure.MOVEMENT, Figure.MIDDLE, Figure.MEAN},
}
_FROM_EIGHT = {
    Answers.LEVEL_1: {Figure.INTERVAL},
    Answers.LEVEL_2: {Figure.AGREEMENT, Figure.NOISE, Figure.INTERVAL, Figure.TEST},
    Answers.LEVEL_3: {Figure.AGREEMENT, Figure.NOISE, Figure.INTERVAL, Figure.TEST},
    Answers.BARRIERS: {Figure.AGREEMENT, Figure.NOISE, Figure.RANKING, Figure.INTERVAL, Figure.TEST},
    Answers.TWICE: {Figure.INTERVAL, Figure.TEST},
}


def may_be_said(answers: Answers, people: int) -> frozenset[Figure]:
    """The figures that may be shown when so many people gave these answers; nothing when nobody did."""
    if people < 0:
        raise ValueError("A number of people is never below nought.")
    if not people:
        return frozenset()
    more = _FROM_EIGHT[answers] if people >= FEWEST_FOR_A_TEST else set()
    return frozenset(_ALWAYS[answers] | more)


def may_test(people: int) -> bool:
    """Whether a test or an interval may be shown at all."""
    return people >= FEWEST_FOR_A_TEST


def cell(count: int) -> int | None:
    """A count in a subgroup as it may be shown: None stands for “fewer than five”; nobody is nobody."""
    if count < 0:
        raise ValueError("A count is never below nought.")
    return count if count == 0 or count >= FEWEST_IN_A_CELL else None


def could_be_recognised(count: int) -> bool:
    """R31: a group with one or two answers."""
    return 0 < count < FEWEST_NOT_RECOGNISED


def judged_together(of: SharedObject) -> SharedObject:
    """`of`, or ValueError when the ratings have no shared object."""
    if not isinstance(of, SharedObject):
        raise ValueError(
            f"Noise needs one object that all judged; {of!r} is none. Level 1 has none: its spread is information."
        )
    return of
