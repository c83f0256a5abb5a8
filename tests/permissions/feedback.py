from collections.abc import Mapping
from itertools import count
from typing import Any

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as documents
from coproduce.capabilities.feedback import operations
from coproduce.core.findings import Override

from .grid import IN_PROJECT, LEADING, MANAGER, Row
from .world import World

_number = count(1)


def a_document(world: World) -> Mapping[str, Any]:
    known = documents.documents_of(world.project.pk).first()
    document = known or drafting.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The plan", text="# The plan\n\nOne.\n",
        override=Override("A test."),
    )  # fmt: skip
    return {"project_id": world.project.pk, "document_id": document.pk}


def a_statement(world: World) -> Mapping[str, Any]:
    """Over one answered suggestion, so that it can be published."""
    place = a_document(world)
    suggestion = drafting.suggest(by=world.participant, **place, words=f"Idea {next(_number)}")
    drafting.decide(
        by=world.manager, project_id=world.project.pk, suggestion_id=suggestion.pk, outcome="accepted",
        place="Section 1",
    )  # fmt: skip
    statement = operations.write_statement(
        by=world.facilitator, **place, suggestion_ids=[suggestion.pk], responsible_id=world.manager.pk,
        together_ids=[world.participant.pk],
        facts={"heading": "Buses", "said": "You asked for buses.", "did": "Buses run."},
    )  # fmt: skip
    return {"project_id": world.project.pk, "statement_id": statement.pk}


def written(world: World) -> Mapping[str, Any]:
    a_statement(world)
    return a_document(world)


def published(world: World) -> Mapping[str, Any]:
    operations.publish(by=world.manager, **written(world))
    return {"project_id": world.project.pk}


def republished(world: World) -> None:
    published(world)


ROWS = [
    Row("feedback:statements", allowed=IN_PROJECT, grow=a_statement),
    Row("feedback:statements", allowed=IN_PROJECT, query="?format=csv", grow=a_statement),
    Row("feedback:statements", allowed=IN_PROJECT, query="?q=buses&part=did&sort=-heading&format=xlsx"),
    Row("feedback:new_statement", kwargs=a_document, allowed=LEADING, grow=a_statement),
    Row("feedback:new_statement", kwargs=a_document, allowed=LEADING, method="POST"),
    Row(
        "feedback:new_statement",
        kwargs=a_document,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"look": "1", "find": "S01"},
    ),
    Row("feedback:edit_statement", kwargs=a_statement, allowed=LEADING),
    Row("feedback:edit_statement", kwargs=a_statement, allowed=LEADING, method="POST"),
    Row("feedback:remove_statement", kwargs=a_statement, allowed=LEADING, method="POST"),
    Row("feedback:settings", kwargs=a_document, allowed=LEADING),
    Row("feedback:settings", kwargs=a_document, allowed=LEADING, method="POST"),
    Row("feedback:preview", kwargs=written, allowed=IN_PROJECT, grow=a_statement),
    Row("feedback:publish", kwargs=written, allowed={MANAGER}, grow=a_statement),
    Row("feedback:publish", kwargs=written, allowed={MANAGER}, method="POST"),
    Row("feedback:page", kwargs=published, public=True, grow=republished),
    Row("feedback:page", allowed=IN_PROJECT, hidden=True),
    Row("feedback:csv", kwargs=published, public=True, grow=republished),
    Row("feedback:json", kwargs=published, public=True),
]
