"""The participants' view: how people rate the eight commitments, from a sealed round and never before its seal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.capabilities.rounds.terms import ROUND
from coproduce.core.access import Purpose
from coproduce_engine.what_may_be_said import FEWEST_IN_A_CELL

from ..models import ViewRound
from ..terms import Commitment, view_question_id


@dataclass(frozen=True)
class View:
    """So many answers to one question, and their sum; the mean only where nobody can be recognised in it."""

    total: int = 0
    answers: int = 0

    @property
    def is_silent(self) -> bool:
        return self.answers < FEWEST_IN_A_CELL

    @property
    def mean(self) -> float | None:
        return None if self.is_silent else self.total / self.answers


@dataclass(frozen=True)
class Views:
    """The newest sealed round about the charter, or how far one is that nobody may read yet."""

    round: Any = None
    is_open: bool = False
    by_commitment: Mapping[Commitment, View] | None = None

    def of(self, commitment: Commitment) -> View:
        return (self.by_commitment or {}).get(commitment, View())

    @property
    def lowest(self) -> Commitment | None:
        known = {one: view.mean for one, view in (self.by_commitment or {}).items() if view.mean is not None}
        return min(known, key=lambda one: (known[one], one)) if known else None


def view_rounds_of(project_id: UUID) -> list[Any]:
    """The rounds about the charter, the newest first; one query."""
    rows = ViewRound.objects.filter(project_id=project_id).select_related("round")
    return [row.round for row in rows.order_by("-at", "-pk")]


def views_of(project_id: UUID) -> Views:
    """Two queries. A round whose answers are not open to all gives nothing but that it is there."""
    found = view_rounds_of(project_id)
    opened = next((one for one in found if one.is_all_open), None)
    if opened is None:
        return Views(round=found[0] if found else None)
    totals = dict.fromkeys(Commitment, (0, 0))
    for answer in rounds.opened_answers(opened):
        if not answer.is_late:
            _add(totals, answer.written)
    return Views(opened, True, {one: View(*pair) for one, pair in totals.items()})


def may_start_view(visit: Visit) -> bool:
    return visit.may(ROUND, Purpose.RUN)


def _add(totals: dict[Commitment, tuple[int, int]], written: Any) -> None:
    given = {one.question: one.given for one in written.extra}
    for commitment in Commitment:
        chosen = given.get(view_question_id(commitment), ())
        if chosen:
            total, answers = totals[commitment]
            totals[commitment] = (total + int(chosen[0].partition(":")[0]), answers + 1)
