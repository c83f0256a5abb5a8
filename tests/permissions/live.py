from collections.abc import Mapping
from itertools import count
from typing import Any
from uuid import uuid4

from coproduce.capabilities.live import operations, queries
from coproduce.capabilities.rounds import operations as rounds
from coproduce.capabilities.rounds.terms import RaisedBarrier, Rated, Written
from coproduce.core.findings import Override

from .grid import FACILITATOR, IN_PROJECT, MANAGER, PARTICIPANT, Row
from .rounds import a_draft, an_open_round
from .world import World

Kwargs = Mapping[str, Any]
_number = count(1)
_WHY = Override("Everyone in the room is done.")


def _room(world: World, about: Kwargs) -> Kwargs:
    made = operations.plan_session(
        by=world.facilitator, **about, title=f"An evening ({next(_number)})", heads=12
    )
    return {"project_id": world.project.pk, "session_id": made.pk}


def a_lobby(world: World) -> Kwargs:
    return _room(world, a_draft(world))


def a_writing_room(world: World) -> Kwargs:
    """With somebody from the street, and two people who are signed in."""
    room = _room(world, an_open_round(world))
    _join(world, room, "Somebody")
    return room


def _join(world: World, room: Kwargs, name: str) -> Any:
    session = _session(world, room)
    [group, *_more] = queries.groups_to_choose(session)
    return operations.join(
        code=session.join_code, name=name, group_id=group.pk, phrase="acorn amber anchor apple", key=uuid4()
    )


def _session(world: World, room: Kwargs) -> Any:
    from coproduce.core.access import Purpose

    _visit, session = queries.session_for(world.facilitator, **room, purpose=Purpose.RUN)
    return session


def a_place(world: World) -> Kwargs:
    room = a_writing_room(world)
    return {**room, "place_id": queries.places_of(_session(world, room))[0].pk}


def a_discussion(world: World) -> Kwargs:
    room = a_writing_room(world)
    session = _session(world, room)
    answer = Written(me=Rated("a marker sentence", 1), barriers=(RaisedBarrier("a marker barrier", 1),))
    for place in queries.places_of(session):
        rounds.answer_round(
            by=place.person, project_id=session.project_id, round_id=session.round_id, written=answer
        )
    about = {"by": world.facilitator, **room}
    operations.seal(**about, override=_WHY)
    operations.begin_reading(**about)
    operations.pass_the_rest(**about, override=_WHY)
    return room


def a_place_in_a_discussion(world: World) -> Kwargs:
    room = a_discussion(world)
    return {**room, "place_id": queries.places_of(_session(world, room))[0].pk}


def only_session(world: World) -> Kwargs:
    return {"session_id": a_writing_room(world)["session_id"]}


def a_code(world: World) -> Kwargs:
    return {"code": _session(world, a_lobby(world)).join_code}


_LED = {FACILITATOR}
_WITH_A_PLACE = "only a browser that holds a place in the room has these pages, whatever the role"


def _of_the_room(name: str, method: str = "GET") -> Row:
    return Row(f"live:{name}", kwargs=only_session, method=method, hidden=True, because=_WITH_A_PLACE)


ROWS = [
    Row("live:enter_code", kwargs=lambda world: {}, public=True),
    Row("live:enter_code", kwargs=lambda world: {}, public=True, method="POST", data=lambda world: {"code": "AAAAAA"}),
    Row("live:join", kwargs=a_code, public=True),
    Row("live:join", kwargs=a_code, public=True, method="POST"),
    Row("live:join", kwargs=lambda world: {"code": "NOSUCH"}, hidden=True),
    Row("live:come_back", kwargs=only_session, public=True),
    Row("live:come_back", kwargs=only_session, public=True, method="POST"),
    _of_the_room("room"),
    _of_the_room("welcome"),
    _of_the_room("state"),
    _of_the_room("turn", "POST"),
    _of_the_room("double_time", "POST"),
    _of_the_room("comment", "POST"),
    _of_the_room("themes"),
    _of_the_room("themes", "POST"),
    Row("live:sessions", allowed=IN_PROJECT, grow=a_lobby),
    Row("live:sessions", allowed=IN_PROJECT, query="?format=csv"),
    Row("live:new_session", allowed=_LED),
    Row("live:new_session", allowed=_LED, method="POST"),
    Row("live:take_place", kwargs=a_writing_room, allowed={PARTICIPANT, MANAGER}, method="POST"),
    Row("live:console", kwargs=a_lobby, allowed=_LED),
    Row("live:console", kwargs=a_writing_room, allowed=_LED),
    Row("live:console", kwargs=a_discussion, allowed=_LED),
    Row("live:console", kwargs=a_lobby, allowed=_LED, method="POST", data=lambda world: {"action": "close_door"}),
    Row("live:console_state", kwargs=a_writing_room, allowed=_LED),
    Row("live:heads", kwargs=a_lobby, allowed=_LED, method="POST", data=lambda world: {"heads": "12"}),
    Row("live:turn_seconds", kwargs=a_lobby, allowed=_LED, method="POST", data=lambda world: {"seconds": "60"}),
    Row("live:add_theme", kwargs=a_discussion, allowed=_LED, method="POST", data=lambda world: {"name": "Bus"}),
    Row("live:screen", kwargs=a_lobby, allowed=_LED),
    Row("live:screen", kwargs=a_discussion, allowed=_LED),
    Row("live:poster", kwargs=a_lobby, allowed=_LED),
    Row("live:places", kwargs=a_writing_room, allowed=_LED),
    Row("live:places", kwargs=a_writing_room, allowed=_LED, query="?format=csv"),
    Row("live:set_a_place", kwargs=a_writing_room, allowed=_LED),
    Row("live:set_a_place", kwargs=a_writing_room, allowed=_LED, method="POST"),
    Row("live:recognise", kwargs=a_place, allowed=_LED),
    Row("live:recognise", kwargs=a_place, allowed=_LED, method="POST"),
    Row("live:show_out", kwargs=a_place, allowed=_LED),
    Row("live:show_out", kwargs=a_place, allowed=_LED, method="POST"),
    Row("live:hand_on", kwargs=a_place, allowed=_LED),
    Row("live:hand_on", kwargs=a_place, allowed=_LED, method="POST"),
    Row("live:place_double_time", kwargs=a_place, allowed=_LED, method="POST"),
    Row("live:enter_comment", kwargs=a_place_in_a_discussion, allowed=_LED),
    Row("live:enter_comment", kwargs=a_place_in_a_discussion, allowed=_LED, method="POST"),
]  # fmt: skip
