"""Hard questions at each stage, the approach to each decision, and what people say at the end that they met."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from coproduce.capabilities.approach import operations as approaches
from coproduce.capabilities.approach.terms import QUESTIONS, Level
from coproduce.capabilities.questions import operations as questions
from coproduce.capabilities.questions import queries as log
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.terms import Extra, Written

from ..story import rows_of_asking
from .calendar import Happening, moment, on
from .cast import Cast

_EVENING = 20


def between(cast: Cast, first: datetime, last: datetime) -> Iterator[Happening]:
    """What was asked and answered from the first moment on, and before the last."""
    return (one for one in _all(cast) if first <= one.when < last)


def approach(cast: Cast) -> None:
    """Each decision gets its five answers; then a person confirms, and its level is chosen."""
    told = cast.story.approach
    at: dict[str, Any] = {"project_id": cast.project_id}
    with on(told.listed, 11):
        made = [
            approaches.add_decision(
                by=cast.facilitator,
                **at,
                words=one.words,
                answers=dict(zip(QUESTIONS, one.answers, strict=True)),
            )
            for one in told.decision
        ]
    with on(told.chosen, 15):
        for one, decision in zip(told.decision, made, strict=True):
            here = at | {"decision_id": decision.pk}
            approaches.confirm_complexity(by=cast[told.confirmed_by], **here, complexity=one.complexity)
            approaches.choose_level(
                by=cast[told.chosen_by], **here, level=one.level, decides=one.decides, acts=one.acts,
                reason=one.reason, promise=one.promise, agreed_with=told.agreed_with,
            )  # fmt: skip


def what_people_met(cast: Cast) -> Iterator[Happening]:
    """After the answers in public, a sealed round asks of each decision how far it was really shared."""
    told = cast.story.approach
    asking = _Met(cast, told)
    yield Happening(moment(told.asked, 9), asking.open)
    for number, (code, levels) in enumerate(told.met.items()):
        day = told.asked + timedelta(days=1 + number % 10)
        yield Happening(moment(day, 18, number), partial(asking.answer, code, levels))
    yield Happening(moment(told.sealed, _EVENING), asking.seal)


class _Met:
    """The round in which people say what they met."""

    def __init__(self, cast: Cast, told: rows_of_asking.Approach) -> None:
        self.cast, self.told = cast, told
        self.round: Any = None

    @property
    def _here(self) -> dict[str, Any]:
        return {"by": self.cast.facilitator, "project_id": self.cast.project_id, "round_id": self.round.pk}

    def open(self) -> None:
        self.round = approaches.ask_what_people_met(
            by=self.cast.facilitator, project_id=self.cast.project_id, opens_at=moment(self.told.asked, 9),
            seals_at=moment(self.told.sealed, _EVENING),
        )  # fmt: skip
        rounds.invite(**self._here, seat_ids=[seat.pk for seat in self.cast.seats.values()])
        rounds.open_round(**self._here)

    def answer(self, code: str, levels: str) -> None:
        extra = tuple(
            Extra(question.id, (question.options[Level(level).place],))
            for question, level in zip(self.round.asked, levels.split(), strict=True)
        )
        rounds.answer_round(**self._here | {"by": self.cast[code]}, written=Written(extra=extra))

    def seal(self) -> None:
        rounds.seal_round(**self._here)


def _all(cast: Cast) -> Iterator[Happening]:
    for number, told in enumerate(cast.story.questions):
        asked = moment(told.on, 17, number % 60)
        # The foreword is written, asked about and shared in one morning.
        if told.answered == told.on:
            asked = moment(told.on, 8, 5)
        yield Happening(asked, partial(_ask, cast, told))
        if told.answered:
            yield Happening(moment(told.answered, 8, max(10, number % 60)), partial(_answer, cast, told))


def _ask(cast: Cast, told: rows_of_asking.Asked) -> None:
    questions.ask(
        by=cast[told.by], project_id=cast.project_id, stage=told.stage, kind=told.kind, words=told.words
    )


def _answer(cast: Cast, told: rows_of_asking.Asked) -> None:
    question = log.questions_of(cast.project_id).get(stage=told.stage, words=told.words)
    questions.answer(
        by=cast[told.answered_by], project_id=cast.project_id, question_id=question.pk, status=told.status,
        answer=told.answer, what_changed=told.what_changed, evidence=told.evidence,
    )  # fmt: skip
