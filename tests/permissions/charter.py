from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from coproduce.capabilities.charter import operations
from coproduce.core import clock

from .grid import FACILITATOR, IN_PROJECT, INSTALLATION, LEADING, MANAGER, Row, nothing
from .world import World

# The scorecard reads from ten capabilities, each once: a fixed number, whatever the length of their lists.
WHOLE_CARD = 45
ONE_ROW = 20


def written(world: World) -> Mapping[str, Any]:
    at = {"project_id": world.project.pk}
    today = clock.today()
    operations.write_charter(
        by=world.facilitator, **at,
        changes={
            "title": "Our charter", "scope": "The clinic.", "citizens_do": "They say.", "staff_do": "They hear.",
            "conflict": "We talk.", "response_time": "In 20 days.", "review_on": today + timedelta(days=300),
        },
        signatories=[
            {"organisation": "The council", "person": "Someone", "role": "Leader", "signed_on": today}
        ],
    )  # fmt: skip
    return at


def public(world: World) -> Mapping[str, Any]:
    at = written(world)
    operations.publish_charter(by=world.manager, **at)
    return at


def told(world: World) -> Mapping[str, Any]:
    at = public(world)
    breach = operations.report_breach(**at, words="Nobody rang back.", key=uuid4(), commitment=6)
    return {**at, "breach_id": breach.pk}


def told_of(world: World) -> Mapping[str, Any]:
    return {"project_id": told(world)["project_id"]}


def numbered(world: World, number: int = 6) -> Mapping[str, Any]:
    return {**public(world), "number": number}


def one_more_action(world: World) -> None:
    from . import plans

    plans.an_action(world)


def measured(world: World) -> Mapping[str, Any]:
    public(world)
    operations.renew_changed()
    return {}


def one_more_project(world: World) -> None:
    from coproduce.capabilities.projects.operations import give_role, start_project
    from coproduce.core.access import Role

    made = start_project(by=world.facilitator, title="Another", summary="One more.")
    for role in (Role.MANAGER, Role.FACILITATOR):
        give_role(by=world.facilitator, project_id=made.pk, person=world.people[role], role=role)
    operations.renew_changed()


def a_view(world: World) -> None:
    now = clock.now()
    operations.start_view(
        by=world.facilitator, project_id=world.project.pk, opens_at=now, seals_at=now + timedelta(days=7)
    )


REPORT = {"words": "Nobody rang back.", "commitment": "6", "may_show_words": "yes", "website": ""}

ROWS = [
    Row("charter:organisation", kwargs=measured, public=True, grow=one_more_project),
    Row("charter:organisation", kwargs=measured, public=True, query="?format=csv&not_met=1"),
    Row("charter:organisation", kwargs=measured, public=True, query="?commitments=xlsx"),
    Row("charter:settings", kwargs=nothing, allowed={INSTALLATION}, hidden=False),
    Row("charter:settings", kwargs=nothing, allowed={INSTALLATION}, method="POST"),
    Row("charter:charter", kwargs=public, public=True, most_queries=WHOLE_CARD, grow=one_more_action),
    Row("charter:charter", kwargs=public, public=True, most_queries=WHOLE_CARD, query="?format=csv"),
    Row("charter:charter", kwargs=public, public=True, most_queries=WHOLE_CARD, query="?format=docx"),
    Row("charter:charter", kwargs=public, public=True, most_queries=WHOLE_CARD, query="?format=pdf"),
    Row("charter:charter", allowed=IN_PROJECT, hidden=True, most_queries=WHOLE_CARD),
    *(
        Row(
            "charter:rows", kwargs=lambda world, number=number: numbered(world, number), public=True,
            most_queries=ONE_ROW, grow=one_more_action,
        )
        for number in range(1, 9)
    ),
    Row("charter:rows", kwargs=numbered, public=True, query="?holds=no&sort=-first&format=xlsx"),
    Row("charter:missed", kwargs=told_of, public=True, most_queries=15, grow=told),
    Row("charter:missed", kwargs=told_of, public=True, query="?format=csv"),
    Row("charter:tell", kwargs=public, public=True),
    Row("charter:tell", kwargs=public, public=True, method="POST", data=lambda world: REPORT),
    Row("charter:find", kwargs=told_of, public=True),
    Row("charter:find", kwargs=told_of, public=True, method="POST", data=lambda world: {"code": "ACDE"}),
    Row("charter:received", kwargs=told, public=True),
    Row("charter:answer", kwargs=told, allowed=LEADING),
    Row(
        "charter:answer",
        kwargs=told,
        allowed=LEADING,
        method="POST",
        data=lambda world: {"verdict": "missed", "answer": "We are sorry."},
    ),
    Row("charter:write", allowed=LEADING),
    Row("charter:write", allowed=LEADING, method="POST"),
    Row("charter:publish", kwargs=written, allowed={MANAGER}),
    Row("charter:publish", kwargs=written, allowed={MANAGER}, method="POST"),
    Row("charter:views", allowed=IN_PROJECT, grow=a_view),
    Row("charter:start_view", allowed={FACILITATOR}),
    Row("charter:start_view", allowed={FACILITATOR}, method="POST"),
]  # fmt: skip
