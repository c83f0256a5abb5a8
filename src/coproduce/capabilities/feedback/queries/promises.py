"""What was promised in public, the news of it, and where it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from .. import rules
from ..models import Statement, Update
from .lists import publications_of
from .signed import Card, day_in


@dataclass(frozen=True)
class Promise:
    """“We will”, as it was signed, with what has been said of it since."""

    card: Card
    news: list[Update]
    standing: rules.Standing
    statement_id: UUID | None = None

    @property
    def will(self) -> str:
        return self.card.will


@dataclass(frozen=True)
class _Signed:
    will: str
    will_by: date | None


def promise_in(card: Card, news: Iterable[Update], since: datetime | None = None) -> Promise | None:
    """The promise of a card with its news, oldest first; none where nothing was promised."""
    if not card.will:
        return None
    mine = list(news)
    signed = _Signed(card.will, day_in(card.will_by))
    standing = rules.standing_of(signed, mine, day_in(card.next_update_on), since)
    return Promise(card, mine, standing, mine[0].statement_id if mine else None)


def news_of(project_id: UUID) -> dict[str, list[Update]]:
    """Everything said of promises since, by the number of the statement, oldest first; one query."""
    rows = Update.objects.filter(statement__project_id=project_id).select_related("statement", "written_by")
    found: dict[str, list[Update]] = defaultdict(list)
    for row in rows.order_by("at", "pk"):
        found[row.statement.ref].append(row)
    return found


def promises_of(project_id: UUID) -> list[Promise]:
    """Every promise that stands in public; two queries."""
    news = news_of(project_id)
    found = (
        promise_in(card, news.get(card.ref, ()), publication.published_at)
        for publication in publications_of(project_id)
        for card in Card.signed_in(publication)
    )
    return [one for one in found if one]


def promise_of(statement: Statement) -> Promise | None:
    """What the newest publication promises under this statement's number."""
    return next((one for one in promises_of(statement.project_id) if one.card.ref == statement.ref), None)


def news_due(promises: Iterable[Promise], today: date) -> list[Promise]:
    """The promises that people wait to hear of: the late ones, then those whose next update comes first."""
    due = [one for one in promises if one.standing.news_due(today)]
    return sorted(due, key=lambda one: (not one.standing.overdue(today), _next(one)))


def has_news(statement_id: UUID) -> bool:
    return Update.objects.filter(statement_id=statement_id).exists()


def _next(promise: Promise) -> Any:
    return promise.standing.next_on or promise.standing.by or date.max
