from collections.abc import Mapping
from itertools import count
from typing import Any

from coproduce.capabilities.projects.operations import (
    invite,
    new_token,
    share_foreword,
    write_foreword,
    write_option,
)
from coproduce.core.access import Role

from .grid import (
    ADMINISTRATOR,
    FACILITATOR,
    IN_PROJECT,
    INSTALLATION,
    LEADING,
    MANAGER,
    STRANGER,
    Row,
    in_project,
    nothing,
)
from .world import World

MAY_START = {FACILITATOR, MANAGER, INSTALLATION, STRANGER}  # the stranger leads a project of their own
ADMINISTERING = {*LEADING, ADMINISTRATOR}
_turn = count(1)


def an_option(world: World) -> Mapping[str, Any]:
    # Where the foreword is shared already, a change has its reason.
    option = write_option(
        by=world.facilitator,
        project_id=world.project.pk,
        title="Open at weekends",
        why_changed="It was left out.",
    )
    return {"project_id": world.project.pk, "option_id": option.pk}


def a_shared_foreword(world: World) -> Mapping[str, Any]:
    here = {"by": world.facilitator, "project_id": world.project.pk}
    write_foreword(**here, changes={"what_can_change": "The opening hours."}, why_changed="It was left out.")
    share_foreword(**here)
    return in_project(world)


def a_changed_foreword(world: World) -> Mapping[str, Any]:
    """Grows by one change each time."""
    write_foreword(
        by=world.facilitator, project_id=a_shared_foreword(world)["project_id"], why_changed="We learned of it.",
        changes={"why_now": f"Because of {next(_turn)} letters."},
    )  # fmt: skip
    return an_option(world)


def a_role(world: World) -> Mapping[str, Any]:
    return {"project_id": world.project.pk, "person_id": world.participant.pk, "role": Role.PARTICIPANT.value}


def an_invitation(world: World) -> Mapping[str, Any]:
    write_foreword(
        by=world.facilitator, project_id=world.project.pk, changes={"what_can_change": "The opening hours."},
        why_changed="It was left out.",
    )  # fmt: skip
    token = new_token()
    invite(by=world.facilitator, project_id=world.project.pk, person=world.participant, token=token)
    return {"token": token}


ROWS = [
    Row("projects:new_project", kwargs=nothing, allowed=MAY_START),
    Row("projects:new_project", kwargs=nothing, allowed=MAY_START, method="POST"),
    # One summary for each part of the project: fixed in number, whatever the project holds.
    Row("projects:overview", allowed=IN_PROJECT, most_queries=23),
    Row("projects:foreword", allowed=IN_PROJECT, grow=a_changed_foreword),
    Row("projects:foreword", kwargs=a_shared_foreword, allowed=IN_PROJECT, query="?format=docx"),
    Row("projects:foreword", kwargs=a_shared_foreword, allowed=IN_PROJECT, query="?format=pdf"),
    Row("projects:easy_foreword", kwargs=a_shared_foreword, allowed=IN_PROJECT),
    Row("projects:edit_foreword", allowed=LEADING),
    Row("projects:edit_foreword", allowed=LEADING, method="POST"),
    Row("projects:share_foreword", allowed=LEADING, method="POST"),
    Row("projects:new_option", allowed=LEADING),
    Row("projects:new_option", allowed=LEADING, method="POST"),
    Row("projects:option", kwargs=an_option, allowed=LEADING),
    Row("projects:option", kwargs=an_option, allowed=LEADING, method="POST"),
    Row("projects:roles", allowed=ADMINISTERING),
    Row("projects:roles", allowed=ADMINISTERING, method="POST"),
    Row("projects:take_role", kwargs=a_role, allowed=ADMINISTERING, method="POST"),
    # Whoever holds the link may open it; the token is the key.
    Row("projects:join", kwargs=an_invitation, public=True),
    Row("projects:join", kwargs=an_invitation, public=True, method="POST"),
]
