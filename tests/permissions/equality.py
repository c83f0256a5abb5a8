from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import uuid4

from coproduce.capabilities.barriers.operations import add_barrier
from coproduce.capabilities.equality import operations, queries
from coproduce.capabilities.equality.tests.factories import finished

from .grid import IN_PROJECT, LEADING, MANAGER, Row, in_project
from .plans import an_action
from .world import World

Kwargs = Mapping[str, Any]
_number = count(1)
_ASKED = ("age", "carer")


def begun(world: World) -> Kwargs:
    if queries.assessment_of(world.project.pk) is None:
        operations.begin(by=world.facilitator, project_id=world.project.pk)
    return in_project(world)


def a_row(world: World) -> Kwargs:
    """With a barrier and an action."""
    begun(world)
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    row = operations.add_row(**lead, characteristic="other", name=f"Night workers {next(_number)}")
    barrier = add_barrier(
        by=world.participant, project_id=world.project.pk, statement="Nobody rings at night"
    )
    linked = queries.linked_by_value(world.project.pk, [f"barriers.barrier:{barrier.pk}"])
    operations.link_row(**lead, row_id=row.pk, side="told", linked=linked)
    action = an_action(world)["action_id"]
    linked = queries.linked_by_value(world.project.pk, [f"plans.action:{action}"])
    operations.link_row(**lead, row_id=row.pk, side="do", linked=linked)
    return {"project_id": world.project.pk, "row_id": row.pk}


def links_of(side: str) -> Any:
    return lambda world: {**a_row(world), "side": side}


def read_by_the_manager(world: World) -> Kwargs:
    """The manager decides here, and has read it."""
    if queries.assessment_of(world.project.pk) is None:
        finished(by=world.facilitator, reader=world.manager, project_id=world.project.pk)
    return in_project(world)


def a_version(world: World) -> Kwargs:
    begun(world)
    made = operations.save_version(
        by=world.facilitator, project_id=world.project.pk, kind="draft", note="As it stands."
    )
    return {"project_id": world.project.pk, "version_id": made.pk}


def made_public(world: World) -> Kwargs:
    read_by_the_manager(world)
    operations.publish(by=world.facilitator, project_id=world.project.pk)
    return in_project(world)


def a_survey(world: World) -> Any:
    return queries.survey_of(world.project.pk) or operations.open_monitoring(
        by=world.facilitator, project_id=world.project.pk, purpose="To see who is missing.", questions=_ASKED
    )


def asked(world: World) -> Kwargs:
    a_survey(world)
    return in_project(world)


def a_form(world: World) -> Kwargs:
    return {"survey_id": a_survey(world).pk}


def a_table(world: World) -> Kwargs:
    survey = a_survey(world)
    for _ in range(queries.batch_size()):
        operations.answer(survey_id=survey.pk, answers={"carer": "yes"}, code=operations.code_for(uuid4()))
    operations.publish_table(by=world.facilitator, project_id=world.project.pk)
    return {"survey_id": survey.pk}


ROWS = [
    Row("equality:assessment", allowed=IN_PROJECT),
    Row("equality:assessment", kwargs=begun, allowed=IN_PROJECT, grow=a_row),
    Row("equality:assessment", kwargs=begun, query="?format=csv", allowed=IN_PROJECT),
    Row("equality:assessment", kwargs=begun, query="?format=xlsx&impact=negative", allowed=IN_PROJECT),
    Row("equality:begin", allowed=LEADING),
    Row("equality:begin", allowed=LEADING, method="POST"),
    Row("equality:screen", kwargs=begun, allowed=LEADING),
    Row("equality:screen", kwargs=begun, allowed=LEADING, method="POST"),
    Row("equality:about", kwargs=begun, allowed=LEADING),
    Row("equality:about", kwargs=begun, allowed=LEADING, method="POST"),
    Row("equality:add_row", kwargs=begun, allowed=LEADING),
    Row("equality:add_row", kwargs=begun, allowed=LEADING, method="POST"),
    Row("equality:row", kwargs=a_row, allowed=IN_PROJECT),
    Row("equality:edit_row", kwargs=a_row, allowed=LEADING),
    Row("equality:edit_row", kwargs=a_row, allowed=LEADING, method="POST"),
    Row("equality:links", kwargs=links_of("told"), allowed=LEADING, query="?q=night"),
    Row("equality:links", kwargs=links_of("do"), allowed=LEADING),
    Row("equality:links", kwargs=links_of("told"), allowed=LEADING, method="POST"),
    Row("equality:versions", kwargs=begun, allowed=IN_PROJECT, grow=a_version),
    Row("equality:versions", kwargs=begun, query="?format=csv", allowed=IN_PROJECT),
    Row("equality:save_version", kwargs=begun, allowed=LEADING),
    Row("equality:save_version", kwargs=begun, allowed=LEADING, method="POST"),
    Row("equality:version", kwargs=a_version, allowed=IN_PROJECT),
    Row("equality:read", kwargs=read_by_the_manager, allowed={MANAGER}),
    Row("equality:read", kwargs=read_by_the_manager, allowed={MANAGER}, method="POST"),
    Row("equality:publish", kwargs=begun, allowed=LEADING),
    Row("equality:publish", kwargs=begun, allowed=LEADING, method="POST"),
    Row("equality:document", kwargs=begun, allowed=IN_PROJECT, grow=a_row),
    Row("equality:document", kwargs=read_by_the_manager, query="?format=docx", allowed=IN_PROJECT),
    Row("equality:summary", kwargs=read_by_the_manager, query="?format=pdf", allowed=IN_PROJECT),
    Row("equality:summary", kwargs=begun, allowed=IN_PROJECT, grow=a_row),
    Row("equality:map", kwargs=begun, allowed=IN_PROJECT, grow=a_row),
    Row("equality:map", kwargs=begun, query="?format=xlsx", allowed=IN_PROJECT),
    Row("equality:public", kwargs=made_public, public=True),
    Row("equality:monitoring", allowed=IN_PROJECT),
    Row("equality:monitoring", kwargs=asked, allowed=IN_PROJECT, grow=a_table),
    Row("equality:monitoring", kwargs=asked, query="?format=csv", allowed=IN_PROJECT),
    Row("equality:ask", allowed=LEADING),
    Row("equality:ask", allowed=LEADING, method="POST"),
    Row("equality:publish_table", kwargs=asked, allowed=LEADING),
    Row("equality:publish_table", kwargs=asked, allowed=LEADING, method="POST"),
    Row("equality:close", kwargs=asked, allowed=LEADING),
    Row("equality:close", kwargs=asked, allowed=LEADING, method="POST"),
    Row("equality:enter", kwargs=asked, allowed=LEADING),
    Row("equality:enter", kwargs=asked, allowed=LEADING, method="POST"),
    Row("equality:answer", kwargs=a_form, public=True),
    Row("equality:answer", kwargs=a_form, public=True, method="POST"),
    Row("equality:withdraw", kwargs=a_form, public=True),
    Row("equality:withdraw", kwargs=a_form, public=True, method="POST"),
    Row("equality:paper", kwargs=a_form, public=True),
    Row("equality:tables", kwargs=a_form, public=True, grow=a_table),
    Row("equality:tables", kwargs=a_table, query="?format=csv", public=True),
]
