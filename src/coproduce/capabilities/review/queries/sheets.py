"""What the letters of a review say: made when they are read, from what is there on that day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.feedback import queries as feedback
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock

from ..models import Benefit, Review, YearLetter
from ..terms import LetterKind, Told
from .lists import benefits_of
from .sections import told_of


@dataclass(frozen=True)
class Sheet:
    """One letter: to whom, why, and what of it is their own."""

    person: Any
    review: Review
    kind: str
    day: date
    invites: bool = False
    asks: bool = False
    barriers: Sequence[Any] = ()
    topics: Sequence[Any] = ()
    benefits: Sequence[Benefit] = ()
    told: Sequence[Told] = field(default_factory=tuple)

    @property
    def is_opening(self) -> bool:
        return self.kind == LetterKind.OPENING


class Sheets:
    """The letters of one review: what they need is asked for once, and not before the first one is made."""

    def __init__(self, review: Review, visit: Visit | None = None) -> None:
        self.review = review
        self.visit = visit or projects.public_visit(None, review.project_id)

    def of(self, letter: YearLetter) -> Sheet:
        day = letter.sent_on or clock.today()
        mine: dict[str, Any] = {
            "person": letter.person,
            "review": self.review,
            "kind": letter.kind,
            "day": day,
        }
        if letter.kind == LetterKind.OPENING:
            asked = self._barriers(letter.person_id) if letter.asks else ()
            return Sheet(**mine, invites=letter.invites, asks=letter.asks, barriers=asked)
        return Sheet(
            **mine, barriers=self._barriers(letter.person_id), topics=self._topics(letter.person_id),
            benefits=self._benefits, told=self._told,
        )  # fmt: skip

    def _barriers(self, person_id: UUID) -> Sequence[Any]:
        return self._raised.get(person_id, ())

    def _topics(self, person_id: UUID) -> Sequence[Any]:
        """Their own points by the statement that answers them, as in the letters of “You said, we did”."""
        ids = [id for id, point in self._bag.points.items() if point.suggestion.author_id == person_id]
        return self._bag.topics(ids)

    @cached_property
    def _raised(self) -> dict[UUID, list[Any]]:
        return barriers.raised_by_each(self.review.project_id)

    @cached_property
    def _bag(self) -> feedback.Mailbag:
        return feedback.mailbag(self.visit)

    @cached_property
    def _benefits(self) -> list[Benefit]:
        return benefits_of(self.review)

    @cached_property
    def _told(self) -> list[Told]:
        return told_of(self.review, clock.today())
