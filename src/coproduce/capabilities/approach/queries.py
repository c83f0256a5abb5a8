"""Every read of decisions and their levels. For capabilities above: `decisions_of`, `met_levels`, `comparison`."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.rounds import queries as rounds
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Words

from . import rules
from .models import Decision, LevelAsked
from .terms import DECISION, Level


@dataclass(frozen=True)
class Line:
    """One decision beside what people say they met; `met` is empty until the round is open to all."""

    decision: Decision
    met: list[Level]

    @property
    def planned(self) -> Level | None:
        return Level(self.decision.level) if self.decision.level else None

    @property
    def middle(self) -> Level | None:
        return rules.middle_of(self.met)

    @property
    def compared(self) -> Words:
        return rules.compared(self.planned, self.met) if self.planned and self.met else ""


def visit(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, DECISION, purpose)


def decision_for(
    person: Any, project_id: UUID, decision_id: UUID, purpose: Purpose
) -> tuple[Visit, Decision]:
    """The door of one decision."""
    found = visit(person, project_id, purpose)
    decision = decisions_of(project_id).filter(pk=decision_id).first()
    if decision is None:
        raise NotThere
    return found, decision


def decisions_of(project_id: UUID) -> QuerySet[Decision]:
    """The decisions of a project, by number."""
    rows = Decision.objects.filter(project_id=project_id).select_related("confirmed_by", "chosen_by")
    return rows.order_by("number")


def next_number(project_id: UUID) -> int:
    last = Decision.objects.filter(project_id=project_id).order_by("-number").first()
    return last.number + 1 if last else 1


def asking_rounds(project_id: UUID) -> QuerySet[Any]:
    """The rounds in which people are asked what they met; readers see only that they exist."""
    asked = LevelAsked.objects.filter(decision__project_id=project_id).values("round_id")
    return rounds.project_rounds(project_id).filter(pk__in=asked)


def met_levels(project_id: UUID) -> dict[UUID, list[Level]]:
    """R23: what people say they met, by decision, from the newest round that all may read; three queries at most."""
    asked = LevelAsked.objects.filter(decision__project_id=project_id)
    newest = rounds.open_rounds(project_id).filter(pk__in=asked.values("round_id")).last()
    if newest is None:
        return {}
    by_question = {one.question: one for one in asked.filter(round=newest)}
    found: dict[UUID, list[Level]] = {}
    for answer in rounds.opened_answers(newest):
        for extra in () if answer.is_late else answer.written.extra:
            here = by_question.get(extra.question)
            level = here.options.get(extra.given[0]) if here else None
            if here and level:
                found.setdefault(here.decision_id, []).append(Level(level))
    return found


def comparison(project_id: UUID) -> list[Line]:
    """Every decision, planned beside met; four queries at most."""
    met = met_levels(project_id)
    return [Line(one, met.get(one.pk, [])) for one in decisions_of(project_id)]


def findings_of(line: Line) -> list[Finding]:
    """R07, R09 and R10 for a decision as it stands."""
    one = line.decision
    if not one.level:
        return []
    return [
        *rules.the_level_fits_the_challenge([one.suggested, one.complexity], one.level),
        *rules.co_production_shares_the_decision(one.level, one.decides),
        *rules.the_promise_is_shown(one.level, one.promise, line.met),
    ]


def summary(visit: Visit) -> Words:
    """One line for the overview of the project; one query."""
    levels = list(Decision.objects.filter(project_id=visit.project.pk).values_list("level", flat=True))
    if not levels:
        return _("No decision listed yet")
    counts = {"count": len(levels), "chosen": sum(bool(level) for level in levels)}
    words = ngettext(
        "%(count)s decision, %(chosen)s with a level",
        "%(count)s decisions, %(chosen)s with a level",
        len(levels),
    )
    return words % counts


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    decisions = Decision.objects.filter(project_id=project_id).order_by("number")
    asked = LevelAsked.objects.filter(decision__project_id=project_id).order_by("pk")
    return {
        "approach_decisions": [dict(row) for row in decisions.values()],
        "levels_asked": [dict(row) for row in asked.values()],
    }
