"""Answers to the questions beside the three levels, counted; and how a re-rating stands to its first round."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.core.findings import Words
from coproduce_engine import three_levels as engine
from coproduce_engine.three_levels import Shift

from ..models import OpenedAnswer, Round
from ..terms import HIGHEST_RATING, LOWEST_RATING, Level, Question, rating_shown
from .opened import opened_answers

_SCALE = range(LOWEST_RATING, HIGHEST_RATING + 1)


@dataclass(frozen=True)
class QuestionCount:
    """How many people answered a question, and how many chose each answer where there are some to choose from."""

    question: Question
    answered: int
    choices: list[tuple[Words, int]]


@dataclass(frozen=True)
class Asked:
    """Counts of what a round asks beside its ratings, from the answers sealed on time."""

    questions: list[QuestionCount]
    barriers: list[tuple[Words, int]]


@dataclass(frozen=True)
class Before:
    """What is shown when people rate again: their own first answer, and how all rated then."""

    first: Round
    own: OpenedAnswer | None
    distribution: list[tuple[str, int, int]]


@dataclass(frozen=True)
class Since:
    """A re-rating beside its first round, over the people who answered both on time."""

    first: Round
    me: Shift | None
    around: Shift | None


def asked(the_round: Round) -> Asked:
    """One query; nothing before the seal."""
    written = [one.written for one in opened_answers(the_round) if not one.is_late]
    levels = Counter(barrier.level for one in written for barrier in one.barriers)
    given = {
        question.id: [one.given for answer in written for one in answer.extra if one.question == question.id]
        for question in the_round.asked
    }
    return Asked(
        questions=[_counted(question, given[question.id]) for question in the_round.asked],
        barriers=[(level.label, levels[level]) for level in Level],
    )


def _counted(question: Question, given: Sequence[tuple[str, ...]]) -> QuestionCount:
    chosen = Counter(value for values in given for value in values)
    choices = [(words, chosen[value]) for value, words in question.choices]
    return QuestionCount(question, len(given), choices)


def before(the_round: Round, person: Any) -> Before | None:
    """For a re-rating: the first round as everyone may read it, and this person's own answer in it. Two queries."""
    if the_round.follows is None or not the_round.follows.is_all_open:
        return None
    first = the_round.follows
    opened = list(opened_answers(first))
    own = next((one for one in opened if one.invitation.person_id == person.pk), None)
    return Before(first, own, _distribution(one for one in opened if not one.is_late))


def _distribution(answers: Iterable[OpenedAnswer]) -> list[tuple[str, int, int]]:
    known = list(answers)
    me, around = (Counter(getattr(one, name) for one in known) for name in ("me_rating", "around_rating"))
    return [(rating_shown(rating), me[rating], around[rating]) for rating in _SCALE]


def since(the_round: Round) -> Since | None:
    """How far ratings moved from the first round to this one; nothing for a round that follows none. Three queries."""
    first = the_round.follows
    if first is None:
        return None
    then, now = _by_person(first), _by_person(the_round)
    pairs = [(then[person], now[person]) for person in now if person in then]
    return Since(
        first,
        me=engine.shift([(one.me_rating, other.me_rating) for one, other in pairs]),
        around=engine.shift([(one.around_rating, other.around_rating) for one, other in pairs]),
    )


def _by_person(the_round: Round) -> dict[UUID, OpenedAnswer]:
    return {one.invitation.person_id: one for one in opened_answers(the_round) if not one.is_late}
