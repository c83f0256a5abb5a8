from collections.abc import Mapping
from itertools import count
from typing import Any

from coproduce.capabilities.people import operations

from .grid import FACILITATOR, IN_PROJECT, PARTICIPANT, Row
from .world import World

_number = count(1)


def a_group(world: World) -> Mapping[str, Any]:
    group = operations.add_group(
        by=world.facilitator,
        project_id=world.project.pk,
        name="Carers",
        kind="carers",
        missing="Young carers",
    )
    return {"project_id": world.project.pk, "group_id": group.pk}


def a_seat(world: World) -> Mapping[str, Any]:
    """Somebody else's seat: of those at the table, only who runs the project may open it."""
    group = a_group(world)["group_id"]
    seat = operations.add_seat(
        by=world.facilitator, project_id=world.project.pk, main_group_id=group, name=f"Person {next(_number)}"
    )
    return {"project_id": world.project.pk, "seat_id": seat.pk}


def own_seat(world: World) -> Mapping[str, Any]:
    """The participant's own seat."""
    group = a_group(world)["group_id"]
    seat = operations.add_seat(
        by=world.facilitator, project_id=world.project.pk, main_group_id=group, person=world.participant
    )
    return {"project_id": world.project.pk, "seat_id": seat.pk}


def own_need(world: World) -> Mapping[str, Any]:
    place = own_seat(world)
    need = operations.add_need(by=world.participant, **place, kind="format", need="large print")
    return {**place, "need_id": need.pk}


def a_need(world: World) -> Mapping[str, Any]:
    place = a_seat(world)
    need = operations.add_need(by=world.facilitator, **place, kind="format", need="large print")
    return {**place, "need_id": need.pk}


OWN = {FACILITATOR, PARTICIPANT}

ROWS = [
    Row("people:people", allowed=IN_PROJECT, grow=a_seat),
    Row("people:people", allowed=IN_PROJECT, query="?format=csv", grow=a_seat),
    Row("people:people", allowed=IN_PROJECT, query="?format=xlsx"),
    Row("people:people", allowed=IN_PROJECT, query="?q=a&group=G1&kind=carers&sort=-name"),
    Row("people:add_person", allowed={FACILITATOR}, grow=a_seat),
    Row("people:add_person", allowed={FACILITATOR}, method="POST"),
    Row("people:access_needs", allowed={FACILITATOR}, grow=a_need),
    Row("people:access_needs", allowed={FACILITATOR}, query="?format=csv"),
    Row("people:groups", allowed=IN_PROJECT, grow=a_group),
    Row("people:groups", allowed=IN_PROJECT, query="?q=young&kind=carers&format=xlsx"),
    Row("people:group", kwargs=a_group, allowed=IN_PROJECT),
    Row("people:new_group", allowed={FACILITATOR}),
    Row("people:new_group", allowed={FACILITATOR}, method="POST"),
    Row("people:edit_group", kwargs=a_group, allowed={FACILITATOR}),
    Row("people:edit_group", kwargs=a_group, allowed={FACILITATOR}, method="POST"),
    Row("people:seat", kwargs=a_seat, allowed={FACILITATOR}),
    Row("people:seat", kwargs=own_seat, allowed=OWN),
    Row("people:edit_seat", kwargs=own_seat, allowed={FACILITATOR}),
    Row("people:edit_seat", kwargs=own_seat, allowed={FACILITATOR}, method="POST"),
    Row("people:choices", kwargs=a_seat, allowed={FACILITATOR}),
    Row("people:choices", kwargs=own_seat, allowed=OWN),
    Row("people:choices", kwargs=own_seat, allowed=OWN, method="POST"),
    Row("people:quotes", kwargs=a_seat, allowed={FACILITATOR}, method="POST"),
    Row("people:quotes", kwargs=own_seat, allowed=OWN, method="POST"),
    Row("people:invite", kwargs=a_seat, allowed={FACILITATOR}, method="POST"),
    Row("people:add_need", kwargs=a_seat, allowed={FACILITATOR}),
    Row("people:add_need", kwargs=own_seat, allowed=OWN),
    Row("people:add_need", kwargs=own_seat, allowed=OWN, method="POST"),
    Row("people:share_need", kwargs=a_need, allowed={FACILITATOR}, method="POST"),
    Row("people:share_need", kwargs=own_need, allowed=OWN, method="POST"),
    Row("people:remove_need", kwargs=a_need, allowed={FACILITATOR}, method="POST"),
    Row("people:remove_need", kwargs=own_need, allowed=OWN, method="POST"),
]
