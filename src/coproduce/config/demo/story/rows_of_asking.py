"""What the story says of hard questions and of the approach."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Asked:
    """One hard question of the log, and what became of it; nothing where it still waits."""

    on: date
    stage: str
    kind: str
    by: str
    words: str
    answered: date | None = None
    answered_by: str = ""
    status: str = ""
    answer: str = ""
    what_changed: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class ToDecide:
    """One decision of the project: five answers in the order of the questions, and how far it is shared."""

    words: str
    answers: tuple[str, ...]
    complexity: str
    level: str
    decides: int
    acts: int
    reason: str = ""
    promise: str = ""


@dataclass(frozen=True)
class Approach:
    """How each decision is taken; and what people said, in the same order, that they met."""

    listed: date
    chosen: date
    confirmed_by: str
    chosen_by: str
    agreed_with: str
    asked: date
    sealed: date
    decision: tuple[ToDecide, ...]
    met: dict[str, str]
