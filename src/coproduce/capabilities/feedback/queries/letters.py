"""Who is to be written to, by which way, about which of their own points, and what of it they know already."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Channel, Status
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import ContactRoute
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose

from .. import rules
from ..models import Letter, Publication
from ..terms import LETTER, LetterKind, LetterState, Route
from .lists import publication_of
from .promises import news_of
from .receipts import arrivals
from .signed import Card
from .standings import Standing


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


def letter_for(person: Any, project_id: UUID, letter_id: UUID, purpose: Purpose) -> tuple[Visit, Letter]:
    visit = projects.visit(person, project_id, LETTER, purpose)
    rows = Letter.objects.select_related("report__document", "person", "publication")
    letter = rows.filter(pk=letter_id, report__project_id=project_id).first()
    if letter is None:
        raise NotThere
    return visit, letter


def letters_of(document_id: UUID) -> QuerySet[Letter]:
    """Every letter that counts, by kind and name."""
    rows = Letter.objects.filter(report_id=document_id).exclude(state=LetterState.REPLACED)
    return rows.select_related("person").order_by("-made_at", "person__name", "pk")


def emails_waiting(document_id: UUID) -> list[Letter]:
    rows = letters_of(document_id).filter(state=LetterState.WAITING, route=Route.EMAIL)
    return list(rows.select_related("person", "report__document", "publication").order_by("made_at", "pk"))


def prints_waiting(document_id: UUID) -> list[Letter]:
    rows = letters_of(document_id).filter(state=LetterState.WAITING, route=Route.PRINT)
    return list(rows.select_related("person", "report__document", "publication").order_by("person__name", "pk"))


def progress_of(document_id: UUID) -> dict[tuple[str, str], int]:
    """How many letters stand how, by route and state; one query."""
    rows = Letter.objects.filter(report_id=document_id).exclude(state=LetterState.REPLACED).order_by()
    counted = rows.values("route", "state").annotate(n=Count("pk"))
    return {(row["route"], row["state"]): row["n"] for row in counted}


def letters_due(visit: Visit, standing: Standing, kind: str) -> list[Due]:
    """Whoever has not been told this yet, by name; five queries or fewer."""
    publication = publication_of(standing.document.pk) if kind == LetterKind.ANSWERS else None
    if kind == LetterKind.ANSWERS and publication is None:
        return []
    found = _answered(visit, publication) if publication else _unthanked(standing)
    letters = Letter.objects.filter(report_id=standing.document.pk, kind=kind)
    known = set(letters.exclude(state=LetterState.REPLACED).values_list("person_id", "digest"))
    seats = _seats(visit.project.pk)
    due = [_due(one, seats, publication) for one in found]
    return sorted(
        (one for one in due if (one.person.pk, one.digest) not in known), key=lambda one: one.person.name.casefold()
    )


def _unthanked(standing: Standing) -> list[_Points]:
    document = standing.document
    waiting = {
        one.pk
        for one in arrivals(document.project_id, document.pk)
        if one.thanked_on is None and not one.in_letter
    }
    if not waiting:
        return []
    return _by_author(drafting.suggestions_on(document.pk).filter(pk__in=waiting))


def _answered(visit: Visit, publication: Publication) -> list[_Points]:
    """Every author with the answers that concern them, and those who only asked to be told what happened."""
    cards = Card.signed_in(publication)
    by_suggestion: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        for id in card.suggestions:
            by_suggestion[id].append(card)
    asked = drafting.suggestions_on(publication.report_id).filter(pk__in=list(by_suggestion))
    found = _by_author(asked.exclude(status=Status.WITHDRAWN).exclude(channel=Channel.IMPORT))
    decisions = drafting.current_decisions(id for one in found for id in one.ids)
    news = news_of(visit.project.pk)
    for one in found:
        for id in one.ids:
            one.news.append([str(id), str(decisions[id].pk) if id in decisions else ""])
            one.news += [_card_news(card, news) for card in by_suggestion[str(id)]]
    listeners = _listeners(visit.project.pk, {one.person.pk for one in found}, publication)
    return [*found, *listeners]


def _card_news(card: Card, news: dict[str, list[Any]]) -> list[Any]:
    return [card.as_json(), [str(one.pk) for one in news.get(card.ref, ())]]


def _listeners(project_id: UUID, written_to: set[UUID], publication: Publication) -> list[_Points]:
    seats = people.who_wants_outcomes(project_id).prefetch_related(None)
    return [
        _Points(seat.person, news=[str(publication.pk)]) for seat in seats if seat.person_id not in written_to
    ]


def _by_author(suggestions: Iterable[Any]) -> list[_Points]:
    found: dict[UUID, _Points] = {}
    for one in suggestions:
        if one.author.is_active and not one.author.is_machine:
            found.setdefault(one.author_id, _Points(one.author)).ids.append(one.pk)
    return list(found.values())


def _due(one: _Points, seats: dict[UUID, Any], publication: Publication | None) -> Due:
    seat = seats.get(one.person.pk)
    wants_email = seat is None or seat.contact_route == ContactRoute.EMAIL
    route = rules.route_of(has_email=bool(one.person.email), wants_email=wants_email)
    said = json.dumps([sorted(map(str, one.ids)), one.news], sort_keys=True)
    return Due(one.person, route, one.ids, sha256(said.encode()).hexdigest(), publication)


def _seats(project_id: UUID) -> dict[UUID, Any]:
    return {seat.person_id: seat for seat in people.seats_of(project_id).prefetch_related(None)}
