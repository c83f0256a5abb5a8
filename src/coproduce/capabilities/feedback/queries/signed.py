"""What the manager signs: a statement with ids in the place of names."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ..models import Publication


@dataclass(frozen=True)
class Card:
    """What the manager signs. JSON holds it: dates as text, people and suggestions as ids."""

    ref: str
    heading: str
    said: str
    did: str = ""
    will: str = ""
    will_by: str | None = None
    could_not: str = ""
    reason: str = ""
    cost: str = ""
    place: str = ""
    easy_said: str = ""
    easy_came: str = ""
    suggestions: list[str] = field(default_factory=list)
    quotes: list[list[str]] = field(default_factory=list)
    together: list[str] = field(default_factory=list)
    together_words: str = ""
    responsible: str | None = None
    status_on: str | None = None
    next_update_on: str | None = None

    @classmethod
    def signed_in(cls, publication: Publication) -> "list[Card]":
        return [cls(**card) for card in publication.statements]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def day_in(text: str | None) -> date | None:
    """A day as a card holds it."""
    return date.fromisoformat(text) if text else None
