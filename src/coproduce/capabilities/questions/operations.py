"""Asking and answering."""

from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.ui.citing import cited_as

from . import queries, rules
from .events import QuestionAnswered, QuestionAsked
from .models import Answer, Question

_ANSWER = ("status", "words", "what_changed", "evidence", "address", "cited_ref")


@operation
def ask(*, by: Any, project_id: UUID, stage: str, kind: str, words: str, key: UUID | None = None) -> Question:
    """Ask a question at a stage; its words stay as they are."""
    queries.visit(by, project_id, Purpose.CONTRIBUTE)
    settle(rules.a_question_is_in_order(stage, kind, words))
    projects.take_turns(project_id)
    question = Question(
        project_id=project_id, number=queries.next_number(project_id), stage=stage, kind=kind, words=words,
        asked_by=by, asked_at=clock.now(),
    )  # fmt: skip
    question.save(force_insert=True)
    record(
        by=by, verb="questions.ask", thing=question, project_id=project_id,
        after={"number": question.number, "stage": stage, "kind": kind, "words": words, "status": question.status},
    )  # fmt: skip
    post(QuestionAsked(project_id, question.pk))
    return question


@operation
def answer(
    *,
    by: Any,
    project_id: UUID,
    question_id: UUID,
    status: str,
    answer: str,
    what_changed: str = "",
    evidence: str = "",
    address: str = "",
    cited: str = "",
    key: UUID | None = None,
) -> Answer:
    """Answer a question, or answer it again; `cited` names a document of the project as `ui.citing` offers it."""
    _visit, question = queries.question_for(by, project_id, question_id, Purpose.RUN)
    source = cited_as(cited, project_id) if cited else None
    known = not cited or source is not None
    settle(rules.an_answer_is_in_order(status, answer, what_changed, address, cited_is_known=known))
    given = Answer(
        question=question, status=status, words=answer, what_changed=what_changed, evidence=evidence,
        address=address, by=by, at=clock.now(),
    )  # fmt: skip
    if source:
        given.cited_kind, given.cited_id, given.cited_ref = source.kind, source.id, source.ref
    given.save(force_insert=True)
    record(
        by=by, verb="questions.answer", thing=given, project_id=project_id,
        after={"question": question.ref, **{name: getattr(given, name) for name in _ANSWER}},
    )  # fmt: skip
    _stands(by, question, given)
    post(QuestionAnswered(project_id, question.pk))
    return given


def _stands(by: Any, question: Question, given: Answer) -> None:
    """How the question stands follows from its last answer; that is an entry of the question."""
    before = question.status
    question.status, question.answered_by, question.answered_at = given.status, by, given.at
    question.save(update_fields=["status", "answered_by", "answered_at"])
    record(
        by=by, verb="questions.stands", thing=question, project_id=question.project_id,
        before={"status": before}, after={"status": question.status},
    )  # fmt: skip
