"""Who is owed which letter: by which way, about which of their own points, and what of it they know already."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Channel, Status
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import ContactRoute
from coproduce.capabilities.projects.queries import Visit

from .. import rules
from ..models import Letter, Publication, Update
from ..terms import LetterKind, Route
from .letters import letters_of
from .lists import publication_of
from .promises import news_of
from .receipts import Arrived, arrivals
from .signed import Card
from .standings import Standing

_FIELDS = (
    "number", "status", "channel", "author", "entered_by_id", "made_at", "author__name", "author__display_name",
    "author__email", "author__is_active", "author__is_machine",
)  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A letter that nobody has written yet."""

    person: Any
    route: Route
    points: list[UUID]
    digest: str
    publication: Publication | None = None


@dataclass
class _Points:
    """Somebody's own suggestions, and what would be news to them."""

    person: Any
    ids: list[UUID] = field(default_factory=list)
    news: list[Any] = field(default_factory=list)


class Owed:
    """What people are owed on one document; six queries, each asked when it is needed."""

    def __init__(self, visit: Visit, standing: Standing) -> None:
        self.project_id, self.document_id = visit.project.pk, standing.document.pk

    @cached_property
    def letters(self) -> list[Letter]:
        return list(letters_of(self.document_id))

    @cached_property
    def arrived(self) -> list[Arrived]:
        return arrivals(self._suggestions, self.letters)

    def due(self, kind: str) -> list[Due]:
        """Whoever has not been told this yet, by name."""
        publication = publication_of(self.document_id) if kind == LetterKind.ANSWERS else None
        if kind == LetterKind.ANSWERS and publication is None:
            return []
        found = self._answered(publication) if publication else self._unthanked()
        known = {(one.person_id, one.digest) for one in self.letters if one.kind == kind}
        due = [self._due(one, publication) for one in found]
        new = [one for one in due if (one.person.pk, one.digest) not in known]
        return sorted(new, key=lambda one: str(one.person.name).casefold())

    @cached_property
    def _suggestions(self) -> list[Any]:
        rows = drafting.with_thanks(drafting.suggestions_on(self.document_id))
        rows = rows.select_related(None).select_related("author")
        return list(rows.filter(has_name=True).only(*_FIELDS))

    @cached_property
    def _seats(self) -> dict[UUID, Any]:
        seats = people.seats_of(self.project_id).prefetch_related(None)
        return {seat.person_id: seat for seat in seats}

    def _unthanked(self) -> list[_Points]:
        owed = {one.pk for one in self.arrived if one.is_owed}
        return _by_author(one for one in self._suggestions if one.pk in owed)

    def _answered(self, publication: Publication) -> list[_Points]:
        """Every author with the answers that concern them, and those who only asked to be told what happened."""
        cards = _cards_by_suggestion(publication)
        found = _by_author(one for one in self._suggestions if str(one.pk) in cards)
        decisions = drafting.current_decisions(id for one in found for id in one.ids)
        news = news_of(self.project_id)
        for one in found:
            for id in one.ids:
                one.news.append([str(id), str(decisions[id].pk) if id in decisions else ""])
                one.news += [_card_news(card, news) for card in cards[str(id)]]
        return [*found, *self._listeners({one.person.pk for one in found}, publication)]

    def _listeners(self, written_to: set[UUID], publication: Publication) -> list[_Points]:
        return [
            _Points(seat.person, news=[str(publication.pk)])
            for seat in self._seats.values()
            if seat.wants_outcomes and seat.person_id not in written_to and seat.person.is_active
        ]

    def _due(self, one: _Points, publication: Publication | None) -> Due:
        seat = self._seats.get(one.person.pk)
        wants_email = seat is None or seat.contact_route == ContactRoute.EMAIL
        route = rules.route_of(has_email=bool(one.person.email), wants_email=wants_email)
        said = json.dumps([sorted(map(str, one.ids)), one.news], sort_keys=True)
        return Due(one.person, route, one.ids, sha256(said.encode()).hexdigest(), publication)


def _cards_by_suggestion(publication: Publication) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = defaultdict(list)
    for card in Card.signed_in(publication):
        for id in card.suggestions:
            found[id].append(card)
    return found


def _card_news(card: Card, news: dict[str, list[Update]]) -> list[Any]:
    return [card.as_json(), [str(one.pk) for one in news.get(card.ref, ())]]


def _by_author(suggestions: Iterable[Any]) -> list[_Points]:
    """What was imported or withdrawn has nobody to write to."""
    found: dict[UUID, _Points] = {}
    for one in suggestions:
        reached = one.author.is_active and not one.author.is_machine
        if reached and one.status != Status.WITHDRAWN and one.channel != Channel.IMPORT:
            found.setdefault(one.author_id, _Points(one.author)).ids.append(one.pk)
    return list(found.values())
