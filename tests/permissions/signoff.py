from collections.abc import Mapping
from typing import Any

from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting.rules.versions import Number
from coproduce.capabilities.equality.tests.factories import finished
from coproduce.capabilities.questions.terms import Stage
from coproduce.capabilities.questions.tests.factories import answer_every_kind
from coproduce.capabilities.signoff import operations
from coproduce.core import clock
from coproduce.core.findings import Override

from .grid import IN_PROJECT, LEADING, MANAGER, Row, in_project
from .world import World


def a_document(world: World) -> Any:
    document = drafting.start_document(
        by=world.facilitator, project_id=world.project.pk, title="The plan", text="# The plan\n",
        override=Override("A test."),
    )  # fmt: skip
    drafting.publish_version(
        by=world.facilitator, project_id=world.project.pk, document_id=document.pk, number=Number(0, 1),
        summary="First words",
    )  # fmt: skip
    return document


def prepared(world: World) -> Mapping[str, Any]:
    today = clock.today()
    changes = {
        "title": "The plan", "decision": "Adopt it.", "decided_on": today, "meeting": "Cabinet",
        "owner_id": world.manager.pk, "facilitator_id": world.facilitator.pk,
        "review_on": today.replace(day=1, year=today.year + 1),
    }  # fmt: skip
    finished(by=world.facilitator, reader=world.manager, project_id=world.project.pk)
    operations.write_sign_off(
        by=world.facilitator, project_id=world.project.pk, document_id=a_document(world).pk, changes=changes,
        maker_ids=[world.manager.pk],
    )  # fmt: skip
    operations.consider(by=world.manager, project_id=world.project.pk, statement="All was read.")
    answer_every_kind(
        asker=world.participant, answerer=world.manager, project_id=world.project.pk, stage=Stage.DECISION
    )
    return in_project(world)


def signed(world: World) -> Mapping[str, Any]:
    made = operations.sign(by=world.manager, **prepared(world))
    return {"project_id": world.project.pk, "sign_off_id": made.pk}


def with_a_signed_one(world: World) -> Mapping[str, Any]:
    signed(world)
    return in_project(world)


# The readiness page asks every part of the chain once.
_READINESS = 20

ROWS = [
    Row("signoff:sign_off", allowed=IN_PROJECT, most_queries=_READINESS),
    Row("signoff:sign_off", kwargs=prepared, allowed=IN_PROJECT, most_queries=_READINESS),
    Row("signoff:consider", kwargs=prepared, allowed={MANAGER}),
    Row("signoff:consider", kwargs=prepared, allowed={MANAGER}, method="POST"),
    Row("signoff:write", allowed=LEADING),
    Row("signoff:write", allowed=LEADING, method="POST"),
    Row("signoff:barriers", allowed=LEADING),
    Row("signoff:barriers", allowed=LEADING, method="POST"),
    Row("signoff:sign", kwargs=prepared, allowed={MANAGER}, most_queries=_READINESS),
    Row("signoff:sign", kwargs=prepared, allowed={MANAGER}, method="POST"),
    Row("signoff:signed", kwargs=signed, allowed=IN_PROJECT, most_queries=14),
    Row("signoff:signed", kwargs=signed, allowed=IN_PROJECT, query="?format=docx", most_queries=14),
    Row("calendar:sign_off", kwargs=with_a_signed_one, allowed=IN_PROJECT),
]
