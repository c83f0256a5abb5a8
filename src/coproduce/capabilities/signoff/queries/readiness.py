"""The readiness page: ONE list of checks. A new check joins it with one line in `checks.py`, or by `add_check`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.core.findings import Finding, Strength, Words

from ..models import DecisionMaker, SignOff
from ..terms import Line, Part
from .lists import asked_of, makers_of, promises

LEADERS = _("The facilitator or the manager")
FACILITATOR = _("The facilitator")


class Facts:
    """What the checks ask about; what several of them need is read once."""

    def __init__(self, project_id: UUID, sign_off: SignOff | None, today: date, person: Any = None) -> None:
        self.project_id, self.today, self.person = project_id, today, person
        self.sign_off = sign_off or SignOff(project_id=project_id)

    @cached_property
    def makers(self) -> list[DecisionMaker]:
        return makers_of(self.sign_off) if self.sign_off.started_at else []

    @cached_property
    def asked(self) -> list[Any]:
        return asked_of(self.project_id)

    @cached_property
    def left(self) -> list[Any]:
        """R36: important barriers without a response."""
        return barriers.important_without_response(self.project_id)

    @cached_property
    def promises(self) -> list[Any]:
        return list(promises(self.project_id))


Find = Callable[[Facts], Iterable[Finding]]
Who = Callable[[Facts, Finding], Words]
Where = Callable[[Facts, Finding], str]


@dataclass(frozen=True)
class Check:
    """One thing that must be so before anyone signs.

    `words` say what is so when nothing is found. `who` can mend what is found, and `where`: an address within
    the project, by its name, or a function that knows the very thing.
    """

    name: str
    words: Words
    find: Find
    who: Words | Who = LEADERS
    where: str | Where = ""

    def lines(self, facts: Facts) -> list[Line]:
        found = list(self.find(facts))
        met = Finding("", Strength.SHOW, self.words)
        return [self._line(facts, one) for one in found] or [Line(self.words, met)]

    def _line(self, facts: Facts, finding: Finding) -> Line:
        if finding.strength == Strength.SHOW:
            return Line(self.words, finding)
        who = self.who(facts, finding) if callable(self.who) else self.who
        return Line(self.words, finding, who, self._href(facts, finding))

    def _href(self, facts: Facts, finding: Finding) -> str:
        if callable(self.where):
            return self.where(facts, finding)
        return reverse(self.where, args=[facts.project_id]) if self.where else ""


_checks: dict[str, Check] = {}


def add_check(check: Check) -> None:
    """Put a check at the end of the list; one of the same name takes its place."""
    _checks[check.name] = check


def all_checks() -> list[Check]:
    return list(_checks.values())


def lines_of(facts: Facts) -> list[Line]:
    return [line for check in all_checks() for line in check.lines(facts)]


def findings_of(facts: Facts) -> list[Finding]:
    """Everything that the checks find, for the signature."""
    return [finding for check in all_checks() for finding in check.find(facts)]


def parts_of(lines: Iterable[Line]) -> list[tuple[Part, list[Line]]]:
    """The lines by part; a part without a line is left out."""
    every = list(lines)
    found = [(part, [line for line in every if line.part == part]) for part in Part]
    return [(part, mine) for part, mine in found if mine]


def may_be_signed(lines: Iterable[Line]) -> bool:
    """Nothing stands in the way, or only what a named person may take upon themselves."""
    return all(line.part != Part.REFUSE for line in lines)
