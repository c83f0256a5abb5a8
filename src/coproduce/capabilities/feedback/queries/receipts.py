"""Which suggestions have arrived, and whether their authors were thanked for them (R89)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from coproduce.capabilities.drafting.terms import Channel, Status
from coproduce.core.clock import day_of

from ..models import Letter
from ..terms import LetterState


class Came(Protocol):
    """What is asked of a suggestion here."""

    @property
    def pk(self) -> UUID: ...
    @property
    def ref(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def author_id(self) -> UUID: ...
    @property
    def entered_by_id(self) -> UUID: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def receipt_on(self) -> date | None: ...
    @property
    def has_name(self) -> bool: ...


@dataclass(frozen=True)
class Arrived:
    """A suggestion, when it came, when its author was thanked, and whether a letter about it is under way."""

    pk: UUID
    ref: str
    author_id: UUID
    arrived_on: date
    thanked_on: date | None
    in_letter: bool

    @property
    def is_owed(self) -> bool:
        """Nobody has thanked for it, and nobody is about to."""
        return self.thanked_on is None and not self.in_letter


def arrivals(suggestions: Iterable[Came], letters: Iterable[Letter]) -> list[Arrived]:
    """Everything that came from people who can be thanked, and was not withdrawn."""
    about: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        for id in letter.points:
            about[id].append(letter)
    said = (one for one in suggestions if one.has_name and one.status != Status.WITHDRAWN)
    came = (one for one in said if one.channel != Channel.IMPORT)
    return [_arrived(one, about[str(one.pk)]) for one in came]


def letters_in(project_id: UUID) -> list[Letter]:
    """Every letter of a project that counts, as light as possible; one query."""
    rows = Letter.objects.filter(report__project_id=project_id).exclude(state=LetterState.REPLACED)
    return list(rows.only("points", "state", "sent_on"))


def _arrived(one: Came, letters: list[Letter]) -> Arrived:
    """Who entered it themselves saw the receipt on the page, at once."""
    days = [letter.sent_on for letter in letters if letter.state == LetterState.SENT and letter.sent_on]
    came = day_of(one.made_at)
    if one.receipt_on:
        days.append(one.receipt_on)
    if one.author_id == one.entered_by_id:
        days.append(came)
    return Arrived(one.pk, one.ref, one.author_id, came, min(days, default=None), bool(letters))
