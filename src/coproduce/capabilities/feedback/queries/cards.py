"""A statement dressed for the day of reading: consents asked again, people as they choose, promises as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit

from ..models import Answer, Statement, Update
from ..terms import Counts, counts_of
from .lists import answers_in, statements_of
from .promises import Promise, news_of, promise_in
from .signed import Card, day_in


@dataclass(frozen=True)
class Said:
    """A quote that may be shown today."""

    words: str
    by: str


@dataclass(frozen=True)
class Dressed:
    """A card for the day of reading: consents asked again, people named as they choose now."""

    card: Card
    answers: list[tuple[str, str, UUID]]
    counts: Counts
    said_by: str
    said_when: str
    quotes: list[Said]
    together: list[str]
    responsible: str
    promise: Promise | None
    will_by: date | None
    overdue: bool
    status_on: date | None
    next_update_on: date | None

    @property
    def news(self) -> list[Update]:
        return self.promise.news if self.promise else []

    @property
    def standing(self) -> Any:
        return self.promise.standing if self.promise else None


@dataclass(frozen=True)
class Wardrobe:
    """Everything that dressing needs, asked for once."""

    suggestions: Mapping[str, Any]
    leads: Mapping[UUID, str]
    voices: people.Voices
    today: date
    news: Mapping[str, list[Update]] = field(default_factory=dict)

    def name_of(self, person_id: UUID) -> str:
        """Facilitators and managers are named on every page; everybody else as they chose, or not."""
        return self.leads.get(person_id) or self.voices.names.get(person_id, "")

    def authors_of(self, cards: Iterable[Card]) -> int:
        """How many people said what these cards answer."""
        known = (self.suggestions.get(id) for card in cards for id in card.suggestions)
        return len({one.author_id for one in known if one and one.status != Status.WITHDRAWN})


def cards_of(document_id: UUID) -> list[Card]:
    """The statements on a document as they stand now; two queries."""
    answers = answers_in(Q(statement__report_id=document_id))
    return [_card(one, answers[one.pk]) for one in statements_of(document_id)]


def wardrobe(visit: Visit, cards: Iterable[Card], today: date) -> Wardrobe:
    """What dressing these cards needs; three queries."""
    wanted = {id for card in cards for id in card.suggestions}
    suggestions = drafting.suggestions_of(visit.project.pk).select_related(None).filter(pk__in=wanted)
    known = {str(one.pk): one for one in suggestions.only(*_NEEDED)}
    leads = {person.pk: person.shown_name for person in [*visit.facilitators, *visit.managers]}
    return Wardrobe(known, leads, people.voices_of(visit.project.pk), today, news_of(visit.project.pk))


_NEEDED = ("number", "status", "author_id", "said_on", "quote_consent")


def quotable_passages(
    visit: Visit, suggestions: Iterable[Any], answers: Iterable[Answer]
) -> dict[str, tuple[UUID, str]]:
    """What may be quoted of these suggestions, by a value for the form: words, reason, what is quoted now."""
    voices = people.voices_of(visit.project.pk)
    kept = {answer.suggestion_id: answer.passages for answer in answers}
    found: dict[str, tuple[UUID, str]] = {}
    for one in suggestions:
        if voices.may_quote(one.author_id, agreed_there=one.quote_consent):
            texts = dict.fromkeys(text.strip() for text in (one.words, one.reason, *kept.get(one.pk, ())))
            found |= {f"{one.pk}:{place}": (one.pk, text) for place, text in enumerate(texts) if text}
    return found


def counts_in(cards: Iterable[Card], things: Wardrobe) -> Counts:
    """Each suggestion once, however many statements speak of it."""
    ids = {id for card in cards for id in card.suggestions}
    return counts_of(things.suggestions[id].status for id in ids if id in things.suggestions)


def dress(card: Card, things: Wardrobe, since: datetime | None = None) -> Dressed:
    """`since` is when the card was signed: what was moved before then stands in it already."""
    known = [things.suggestions[id] for id in card.suggestions if id in things.suggestions]
    mine = sorted((one for one in known if one.status != Status.WITHDRAWN), key=lambda one: one.number)
    promise = promise_in(card, things.news.get(card.ref, ()), since)
    standing = promise.standing if promise else None
    return Dressed(
        card=card,
        answers=[(one.ref, str(Status(one.status).label), one.pk) for one in mine],
        counts=counts_of(one.status for one in mine),
        said_by=_said_by(mine, things),
        said_when=_said_when([one.said_on for one in mine]),
        quotes=_quotes(card, things),
        together=[name for name in (things.name_of(UUID(id)) for id in card.together) if name],
        responsible=things.name_of(UUID(card.responsible)) if card.responsible else "",
        promise=promise,
        will_by=standing.by if standing else None,
        overdue=standing.overdue(things.today) if standing else False,
        status_on=day_in(card.status_on),
        next_update_on=_next_update(card, standing),
    )


def _next_update(card: Card, standing: Any) -> date | None:
    """While a promise is open its newest word counts; what is closed has no next update."""
    if standing is None:
        return day_in(card.next_update_on)
    day: date | None = standing.next_on if standing.is_open else None
    return day


def _card(statement: Statement, answers: list[Answer]) -> Card:
    words = ("heading", "said", "did", "will", "could_not", "reason", "cost", "place", "easy_said",
             "easy_came", "together_words")  # fmt: skip
    return Card(
        ref=statement.ref,
        suggestions=[str(answer.suggestion_id) for answer in answers],
        quotes=[[str(answer.suggestion_id), words] for answer in answers for words in answer.passages],
        together=list(statement.together),
        responsible=str(statement.responsible_id) if statement.responsible_id else None,
        will_by=_text(statement.will_by),
        status_on=_text(statement.status_on),
        next_update_on=_text(statement.next_update_on),
        **{name: str(getattr(statement, name)) for name in words},
    )


def _quotes(card: Card, things: Wardrobe) -> list[Said]:
    """A suggestion that was withdrawn, or whose author took consent back, is not quoted."""
    shown = []
    for id, words in card.quotes:
        one = things.suggestions.get(id)
        if one is None or one.status == Status.WITHDRAWN:
            continue
        if things.voices.may_quote(one.author_id, agreed_there=one.quote_consent):
            shown.append(Said(words, things.name_of(one.author_id) or _("Someone who is not named")))
    return shown


def _said_by(suggestions: Iterable[Any], things: Wardrobe) -> str:
    """Names in the order of what was said; those without a name are counted, so that nobody is picked out."""
    authors = list(dict.fromkeys(one.author_id for one in suggestions))
    names = list(dict.fromkeys(name for name in map(things.name_of, authors) if name))
    rest = sum(not things.name_of(author) for author in authors)
    if rest:
        words = ngettext("%(count)d person who is not named", "%(count)d people who are not named", rest)
        names.append(words % {"count": rest})
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _said_when(days: list[date]) -> str:
    if not days:
        return ""
    first, last = (date_format(day, "j F Y") for day in (min(days), max(days)))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
