"""Which suggestions have arrived, and whether their authors were thanked for them (R89)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Channel, Status
from coproduce.core.clock import day_of

from ..models import Letter
from ..terms import LetterState

_FIELDS = ("pk", "number", "author_id", "entered_by_id", "made_at", "document_id")


@dataclass(frozen=True)
class Arrived:
    """A suggestion, when it came, when its author was thanked, and whether a letter about it is under way."""

    pk: UUID
    number: int
    author_id: UUID
    arrived_on: date
    thanked_on: date | None
    in_letter: bool

    @property
    def ref(self) -> str:
        return f"S{self.number:02d}"


def arrivals(project_id: UUID, document_id: UUID | None = None) -> list[Arrived]:
    """Everything that came from people and was not withdrawn; two queries.

    Who entered it themselves saw the receipt on the page, at once.
    """
    rows = drafting.suggestions_of(project_id).exclude(status=Status.WITHDRAWN)
    rows = rows.exclude(channel=Channel.IMPORT)
    if document_id:
        rows = rows.filter(document_id=document_id)
    letters = _letters(project_id)
    return [_arrived(row, letters) for row in rows.select_related(None).values(*_FIELDS)]


def _arrived(row: dict[str, Any], letters: dict[str, list[Letter]]) -> Arrived:
    mine = letters.get(str(row["pk"]), [])
    days = [one.sent_on for one in mine if one.state == LetterState.SENT and one.sent_on]
    if row["author_id"] == row["entered_by_id"]:
        days.append(day_of(row["made_at"]))
    return Arrived(
        row["pk"], row["number"], row["author_id"], day_of(row["made_at"]),
        thanked_on=min(days, default=None), in_letter=bool(mine),
    )  # fmt: skip


def _letters(project_id: UUID) -> dict[str, list[Letter]]:
    found: dict[str, list[Letter]] = defaultdict(list)
    rows = Letter.objects.filter(report__project_id=project_id).exclude(state=LetterState.REPLACED)
    for letter in rows.only("points", "state", "sent_on"):
        for id in letter.points:
            found[id].append(letter)
    return found
