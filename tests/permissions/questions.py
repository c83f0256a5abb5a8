from collections.abc import Mapping
from typing import Any

from coproduce.capabilities.questions import operations
from coproduce.capabilities.questions.terms import Kind, Stage, Status

from .grid import IN_PROJECT, LEADING, Row
from .world import World


def a_question(world: World) -> Mapping[str, Any]:
    asked = operations.ask(
        by=world.participant, project_id=world.project.pk, stage=Stage.DRAFT, kind=Kind.EVIDENCE,
        words="How do we know?",
    )  # fmt: skip
    return {"project_id": world.project.pk, "question_id": asked.pk}


def an_answered_question(world: World) -> Mapping[str, Any]:
    asked = a_question(world)
    operations.answer(
        by=world.facilitator,
        **asked,
        status=Status.CHANGED,
        answer="We did not.",
        what_changed="We count now.",
    )
    return asked


ROWS = [
    Row("questions:log", allowed=IN_PROJECT, grow=an_answered_question),
    Row("questions:questions", allowed=IN_PROJECT, grow=an_answered_question),
    Row("questions:questions", allowed=IN_PROJECT, query="?format=csv"),
    Row("questions:questions", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("questions:changed", allowed=IN_PROJECT, grow=an_answered_question),
    Row("questions:changed", allowed=IN_PROJECT, query="?format=csv"),
    Row("questions:ask", allowed=IN_PROJECT, query="?stage=draft&kind=evidence"),
    Row("questions:ask", allowed=IN_PROJECT, method="POST"),
    Row("questions:gate", allowed=IN_PROJECT, query="?stage=draft", grow=an_answered_question),
    Row("questions:question", kwargs=an_answered_question, allowed=IN_PROJECT),
    Row("questions:answer", kwargs=a_question, allowed=LEADING),
    Row("questions:answer", kwargs=a_question, allowed=LEADING, method="POST"),
]
