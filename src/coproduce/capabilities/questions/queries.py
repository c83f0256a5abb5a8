"""Every read of the Socratic log, and its door. For capabilities above: `findings_at`, `gate_at`, `summary`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Words
from coproduce.ui.citing import Source, sources_of

from . import rules
from .models import Answer, Question
from .terms import QUESTION, STARTERS, Kind, Stage, Status


@dataclass(frozen=True)
class Cell:
    """One kind at one stage: how many questions stand how; an empty cell offers a question to ask."""

    kind: Kind
    stage: Stage
    counts: dict[Status, int]

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def is_empty(self) -> bool:
        return not self.asked

    @property
    def lines(self) -> list[tuple[Status, int]]:
        return [(status, self.counts[status]) for status in Status if self.counts.get(status)]

    @property
    def starter(self) -> Words:
        return STARTERS[self.kind][0]


@dataclass(frozen=True)
class Gate:
    """What the log misses at a stage, and the next question that would help."""

    stage: Stage
    findings: list[Finding]
    next: Cell | None

    @property
    def is_met(self) -> bool:
        return not self.findings


def visit(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, QUESTION, purpose)


def question_for(
    person: Any, project_id: UUID, question_id: UUID, purpose: Purpose
) -> tuple[Visit, Question]:
    """The door of one question."""
    found = visit(person, project_id, purpose)
    question = questions_of(project_id).filter(pk=question_id).first()
    if question is None:
        raise NotThere
    return found, question


def questions_of(project_id: UUID) -> QuerySet[Question]:
    """Every question of a project, by number, with who asked and who answered."""
    rows = Question.objects.filter(project_id=project_id)
    return rows.select_related("asked_by", "answered_by").order_by("number")


def with_answers(project_id: UUID) -> QuerySet[Any]:
    """`questions_of` with the last answer's `answer`, `what_changed`, `evidence`; one query."""
    last = Answer.objects.filter(question=OuterRef("pk")).order_by("-at", "-pk")
    return questions_of(project_id).annotate(
        answer=Subquery(last.values("words")[:1]),
        what_changed=Subquery(last.values("what_changed")[:1]),
        evidence=Subquery(last.values("evidence")[:1]),
    )


def changed_our_mind(project_id: UUID) -> QuerySet[Any]:
    """What changed because somebody asked, also where a later answer says no more of it."""
    changed = Answer.objects.filter(question__project_id=project_id, status=Status.CHANGED)
    return changed.select_related("question__asked_by", "by").order_by("at", "pk")


def answers_of(question: Question) -> QuerySet[Answer]:
    """Every answer, the one that counts last."""
    return Answer.objects.filter(question=question).select_related("by").order_by("at", "pk")


def source_of(answer: Answer) -> Source | None:
    """What an answer cites, while it is there."""
    if not answer.cited_id:
        return None
    found = (one for one in sources_of(answer.question.project_id) if one.id == answer.cited_id)
    return next(found, None)


def next_number(project_id: UUID) -> int:
    last = Question.objects.filter(project_id=project_id).order_by("-number").first()
    return last.number + 1 if last else 1


def grid_of(project_id: UUID) -> dict[Kind, list[Cell]]:
    """Six kinds by eight stages; one query."""
    rows = Question.objects.filter(project_id=project_id).values_list("kind", "stage", "status")
    counted = Counter(rows.order_by())
    return {
        kind: [
            Cell(kind, stage, {status: counted[kind.value, stage.value, status.value] for status in Status})
            for stage in Stage
        ]
        for kind in Kind
    }


def gate_at(project_id: UUID, stage: Stage) -> Gate:
    """The gate of a stage, with the first kind that nobody has asked; one query."""
    asked = list(_at(project_id, stage))
    missing = rules.gaps(asked)
    never = (kind for kind, was_asked in missing.items() if not was_asked)
    following = next((Cell(kind, stage, {}) for kind in never), None)
    return Gate(stage, _findings(stage, asked), following)


def findings_at(project_id: UUID, stage: Stage) -> list[Finding]:
    """R38 and R39 for a stage that begins: warnings, and at the decision a refusal that a name may lift; one query."""
    return _findings(stage, list(_at(project_id, stage)))


def findings_at_foreword(project_id: UUID) -> list[Finding]:
    return findings_at(project_id, Stage.FOREWORD)


def _at(project_id: UUID, stage: Stage) -> QuerySet[Question]:
    return Question.objects.filter(project_id=project_id, stage=stage)


def _findings(stage: Stage, asked: Iterable[Question]) -> list[Finding]:
    known = list(asked)
    return [*rules.each_kind_is_answered(stage, known), *rules.another_person_asks(stage, known)]


def next_to_ask(lines: dict[Kind, list[Cell]]) -> Cell | None:
    """The empty cell to fill next: at the furthest stage that has begun, the first kind that nobody asked."""
    stages = list(zip(*lines.values(), strict=True))
    begun = [cells for cells in stages if any(not cell.is_empty for cell in cells)] or stages[:1]
    empty = [cell for cells in reversed(begun) for cell in cells if cell.is_empty]
    return empty[0] if empty else None


def summary(visit: Visit) -> Words:
    """One line for the overview of the project; one query."""
    rows = Question.objects.filter(project_id=visit.project.pk)
    counts = rows.aggregate(
        asked=Count("pk"), open=Count("pk", filter=Q(status=Status.OPEN)),
        changed=Count("pk", filter=Q(status=Status.CHANGED)),
    )  # fmt: skip
    if not counts["asked"]:
        return _("No question asked yet")
    asked = ngettext("%(asked)s question", "%(asked)s questions", counts["asked"])
    return (asked + _(", %(open)s open, %(changed)s changed our mind")) % counts


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    answers = Answer.objects.filter(question__project_id=project_id).order_by("at", "pk")
    questions = Question.objects.filter(project_id=project_id).order_by("number")
    return {
        "socratic_questions": [dict(row) for row in questions.values()],
        "socratic_answers": [dict(row) for row in answers.values()],
    }
