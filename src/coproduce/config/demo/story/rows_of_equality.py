"""The rows of the equality impact assessment."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Gap:
    what: str
    plan: str
    by: date


@dataclass(frozen=True)
class EqualityRow:
    """One group of people: `told` are barriers, `do` actions and suggestions; `plan` where it is not known yet."""

    group: str
    know: str
    impacts: list[str]
    source: str = ""
    told: tuple[str, ...] = ()
    words: str = ""
    size: int | None = None
    likelihood: int | None = None
    aims: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    can_do: str = ""
    plan: str = ""
    by: date | None = None


@dataclass(frozen=True)
class Equality:
    """The equality impact assessment, and what monitoring asks."""

    begun: date
    screened: date
    drafted: date
    updated: date
    final: date
    read: date
    published: date
    monitoring: date
    assessor: str
    reviewer: str
    decision_maker: str
    affects: bool
    why: str
    previous_actions: str
    previous_improved: str
    intersections: str
    cumulative: str
    aim_discrimination: str
    aim_equality: str
    aim_relations: str
    after_consultation: str
    conclusion: str
    conclusion_why: str
    note_screening: str
    note_draft: str
    note_final: str
    purpose: str
    questions: list[str]
    asked: int
    asked_on: date
    gap: tuple[Gap, ...]
    row: tuple[EqualityRow, ...]
