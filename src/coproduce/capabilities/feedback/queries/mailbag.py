"""What letters say: each person's own points with their answers, asked for once for all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock

from ..models import Publication
from .cards import Dressed, counts_in, dress, wardrobe
from .going import Going, going
from .lists import publications_of
from .signed import Card


@dataclass(frozen=True)
class Point:
    """Somebody's own suggestion, word for word, with the decision and the version where it landed."""

    suggestion: Any
    decision: Any = None
    version: Any = None

    @property
    def outcome(self) -> Any:
        return Status(self.suggestion.status).label


@dataclass(frozen=True)
class Topic:
    """A statement that answers some of a person's points."""

    statement: Dressed
    points: list[Point]


@dataclass(frozen=True)
class Mailbag:
    """The public answers of a project, and the words and decisions that concern the people written to."""

    statements: list[Dressed]
    going: Going
    points: Mapping[UUID, Point]

    def topics(self, ids: Collection[UUID]) -> list[Topic]:
        """One's own points by the statement that answers them first; each point once."""
        mine, found = {id for id in ids if id in self.points}, []
        for statement in self.statements:
            here = [self.points[id] for _ref, _words, id in statement.answers if id in mine]
            mine -= {point.suggestion.pk for point in here}
            if here:
                found.append(Topic(statement, here))
        return found

    def only(self, ids: Collection[UUID]) -> list[Point]:
        """The points themselves, by number."""
        found = [self.points[id] for id in ids if id in self.points]
        return sorted(found, key=lambda point: point.suggestion.number)

    def topics_of_all(self) -> list[Topic]:
        """Where the bag holds one person's points."""
        return self.topics(list(self.points))


def mailbag(visit: Visit, document_id: UUID | None = None, author: Any = None) -> Mailbag:
    """Eight queries, however many people: for one document, or for all of them; for everyone, or for one author."""
    signed = [
        (one, Card.signed_in(one))
        for one in publications_of(visit.project.pk)
        if document_id in (None, one.report_id)
    ]
    statements, going_on = _read(visit, signed)
    asked = drafting.suggestions_of(visit.project.pk)
    asked = asked.filter(document_id=document_id) if document_id else asked
    asked = drafting.made_by(author, asked) if author else asked
    found = list(asked.exclude(status=Status.WITHDRAWN))
    decisions = drafting.current_decisions(one.pk for one in found)
    versions = drafting.landing_versions({one.document_id for one in found})
    points = {}
    for one in found:
        decision = decisions.get(one.pk)
        landed = decision.landed_seq if decision else None
        points[one.pk] = Point(one, decision, drafting.landed_in(landed, versions.get(one.document_id, ())))
    return Mailbag(statements, going_on, points)


def _read(visit: Visit, signed: list[tuple[Publication, list[Card]]]) -> tuple[list[Dressed], Going]:
    cards, today = [card for _one, mine in signed for card in mine], clock.today()
    things = wardrobe(visit, cards, today)
    statements = [dress(card, things, one.published_at) for one, mine in signed for card in mine]
    counts, authors = counts_in(cards, things), things.authors_of(cards)
    return statements, going(statements, counts, authors, today)
