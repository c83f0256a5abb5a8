from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from coproduce.capabilities.labs import operations, queries
from coproduce.capabilities.people.operations import add_group, add_need, add_seat
from coproduce.capabilities.projects import operations as projects
from coproduce.core import clock

from .grid import FACILITATOR, IN_PROJECT, LEADING, Row, in_project
from .world import World

RUN = {FACILITATOR}


def a_planned_lab(world: World) -> Mapping[str, Any]:
    """In five days: somebody with a need is invited, and there is an agenda."""
    lead: dict[str, Any] = {"by": world.facilitator, "project_id": world.project.pk}
    seat = _a_seat(world)
    add_need(**lead, seat_id=seat.pk, kind="professional", need="Urdu interpreter", share_with_venue=True)
    lab = operations.plan_lab(
        **lead, question="How should it work?", date=clock.today() + timedelta(days=5), starts_at=time(14),
        safeguarding_name="Una Price", safeguarding_phone="01632 960 001",
    )  # fmt: skip
    operations.declare_facilitation(**lead, changes={"paid_by": "The council"})
    projects.write_foreword(**lead, changes={"what_can_change": "The hours."}, why_changed="A test.")
    lead["lab_id"] = lab.pk
    operations.invite(**lead, seat_ids=[seat.pk])
    for title in ("Write alone", "Talk"):
        operations.add_agenda_item(**lead, title=title, minutes=20, owner=world.facilitator)
    return {"project_id": world.project.pk, "lab_id": lab.pk}


def a_held_lab(world: World) -> Mapping[str, Any]:
    """Today, with turns, something of each kind, and a note that not everyone may read."""
    lead: dict[str, Any] = {"by": world.facilitator, "project_id": world.project.pk}
    seat = _a_seat(world)
    lab = operations.plan_lab(**lead, question="What did we miss?", date=clock.today(), starts_at=time(9))
    lead["lab_id"] = lab.pk
    operations.attend(**lead, seat_ids=[seat.pk])
    operations.tally_turn(**lead, group_id=seat.main_group_id, turns=3)
    operations.note_session(
        **lead, changes={"led_by_citizen": True, "energy_in": [0, 1, 0, 0, 0], "energy_out": [0, 0, 0, 1, 0]},
        facilitators=[world.facilitator],
    )  # fmt: skip
    idea = operations.add_idea(**lead, words="A card with one name", group_id=seat.main_group_id)
    operations.decided_elsewhere(**lead, idea_id=idea.pk, who="The board", why="It costs nothing")
    operations.add_decision(**lead, words="Try the card", dissent="Two would rather wait")
    operations.add_parked(**lead, words="Parking fees")
    operations.add_jargon(**lead, word="MDT", meaning="The people who meet about you")
    operations.note_conflict(**lead, words="Somebody shouted")
    operations.add_prototype(
        **lead, what="The card", begins=clock.today(), ends=clock.today() + timedelta(days=9),
        expect="Fewer calls", how_know="Count them",
    )  # fmt: skip
    return {"project_id": world.project.pk, "lab_id": lab.pk}


def _a_seat(world: World) -> Any:
    """A citizen of a group of their own."""
    lead = {"by": world.facilitator, "project_id": world.project.pk}
    group = add_group(**lead, name="People who use it", kind="citizens")
    return add_seat(**lead, main_group_id=group.pk, name="Aisha Malik")


def a_need(world: World) -> Mapping[str, Any]:
    kwargs = a_planned_lab(world)
    (need,) = queries.access_plan(queries.lab_in(**kwargs))
    return {**kwargs, "need_id": need.id}


def a_step(world: World) -> Mapping[str, Any]:
    kwargs = a_planned_lab(world)
    step = queries.agenda_of(queries.lab_in(**kwargs)).first()
    assert step
    return {**kwargs, "item_id": step.pk}


def a_group_to_press(world: World) -> Mapping[str, Any]:
    from coproduce.capabilities.people import queries as people

    group = people.groups_of(world.project.pk).first()
    assert group
    return {"group": str(group.pk)}


def an_idea(world: World) -> Mapping[str, Any]:
    kwargs = a_held_lab(world)
    idea = queries.ideas_of(world.project.pk).first()
    assert idea
    return {**kwargs, "idea_id": idea.pk}


def a_prototype(world: World) -> Mapping[str, Any]:
    a_held_lab(world)
    prototype = queries.prototypes_of(world.project.pk).first()
    assert prototype
    return {"project_id": world.project.pk, "prototype_id": prototype.pk}


def a_kind(kind: str, make: Any = a_held_lab) -> Any:
    def kwargs(world: World) -> Mapping[str, Any]:
        return {**make(world), "kind": kind}

    return kwargs


def a_handover(world: World) -> Mapping[str, Any]:
    a_held_lab(world)
    operations.hand_on(
        by=world.facilitator, project_id=world.project.pk, from_person=world.facilitator,
        to_person=world.participant, what="The opening",
    )  # fmt: skip
    return in_project(world)


# One page for one thing, with parts of a fixed number: more questions than a list, and never more than these.
_ONE_LAB = 18

ROWS = [
    Row("labs:labs", allowed=IN_PROJECT, grow=a_held_lab),
    Row("labs:labs", kwargs=in_project, query="?format=csv", allowed=IN_PROJECT),
    Row("labs:labs", query="?format=xlsx&label=Co-production", allowed=IN_PROJECT),
    Row("labs:new_lab", allowed=RUN),
    Row("labs:new_lab", allowed=RUN, method="POST"),
    Row("labs:facilitation", allowed=IN_PROJECT, grow=a_handover),
    Row("labs:facilitation", query="?format=csv", allowed=IN_PROJECT),
    Row("labs:edit_facilitation", allowed=RUN),
    Row("labs:edit_facilitation", allowed=RUN, method="POST"),
    Row("labs:hand_on", allowed=RUN),
    Row("labs:hand_on", allowed=RUN, method="POST"),
    Row("labs:stages", allowed=IN_PROJECT, grow=a_held_lab),
    Row("labs:stages", query="?format=csv", allowed=IN_PROJECT),
    Row("labs:prototypes", allowed=IN_PROJECT, grow=a_prototype),
    Row("labs:prototypes", query="?format=xlsx", allowed=IN_PROJECT),
    Row("labs:prototype", kwargs=a_prototype, allowed=IN_PROJECT),
    Row("labs:prototype", kwargs=a_prototype, allowed=RUN, method="POST"),
    *(
        Row(f"labs:{kind}", allowed=IN_PROJECT, grow=a_held_lab)
        for kind in ("ideas", "decisions", "parked", "jargon")
    ),
    Row("labs:ideas", query="?format=csv", allowed=IN_PROJECT),
    Row("labs:lab", kwargs=a_planned_lab, allowed=IN_PROJECT, most_queries=_ONE_LAB),
    Row("labs:lab", kwargs=a_held_lab, allowed=IN_PROJECT, most_queries=_ONE_LAB, grow=a_held_lab),
    Row("labs:edit_lab", kwargs=a_planned_lab, allowed=RUN),
    Row("labs:edit_lab", kwargs=a_planned_lab, allowed=RUN, method="POST"),
    Row("labs:invite", kwargs=a_planned_lab, allowed=RUN),
    Row("labs:invite", kwargs=a_planned_lab, allowed=RUN, method="POST"),
    # R15: the needs of others are for whoever runs the lab. Each person has their own on the page of the lab.
    Row("labs:access", kwargs=a_planned_lab, allowed=RUN),
    Row("labs:access", kwargs=a_planned_lab, allowed=RUN, query="?format=csv"),
    Row("labs:arrange", kwargs=a_need, allowed=RUN),
    Row("labs:arrange", kwargs=a_need, allowed=RUN, method="POST"),
    Row("labs:agenda", kwargs=a_planned_lab, allowed=IN_PROJECT),
    Row("labs:agenda", kwargs=a_planned_lab, allowed=IN_PROJECT, query="?format=csv"),
    Row("labs:agenda", kwargs=a_planned_lab, allowed=RUN, method="POST"),
    Row("labs:edit_item", kwargs=a_step, allowed=RUN),
    Row("labs:edit_item", kwargs=a_step, allowed=RUN, method="POST"),
    Row("labs:move_item", kwargs=a_step, allowed=RUN, method="POST"),
    Row("labs:remove_item", kwargs=a_step, allowed=RUN, method="POST"),
    Row("labs:sheet", kwargs=a_planned_lab, allowed=RUN),
    Row("labs:attendance", kwargs=a_held_lab, allowed=RUN, most_queries=14),
    Row("labs:attendance", kwargs=a_held_lab, allowed=RUN, method="POST"),
    Row("labs:tally", kwargs=a_held_lab, allowed=RUN),
    Row("labs:press", kwargs=a_held_lab, allowed=RUN, method="POST", data=a_group_to_press),
    Row("labs:undo", kwargs=a_held_lab, allowed=RUN, method="POST"),
    Row("labs:paper_tally", kwargs=a_held_lab, allowed=RUN),
    Row("labs:paper_tally", kwargs=a_held_lab, allowed=RUN, method="POST"),
    Row("labs:session", kwargs=a_held_lab, allowed=RUN),
    Row("labs:session", kwargs=a_held_lab, allowed=RUN, method="POST"),
    # What came of a lab is there for everyone once it was held.
    Row("labs:record", kwargs=a_held_lab, allowed=IN_PROJECT, most_queries=_ONE_LAB, grow=a_held_lab),
    Row("labs:record", kwargs=a_planned_lab, allowed=RUN, most_queries=_ONE_LAB),
    Row("labs:voices", kwargs=a_held_lab, allowed=IN_PROJECT),
    Row("labs:voices", kwargs=a_held_lab, allowed=IN_PROJECT, query="?format=csv"),
    Row("labs:voices", kwargs=a_planned_lab, allowed=RUN),
    *(
        Row("labs:add", kwargs=a_kind(kind), allowed=RUN)
        for kind in ("ideas", "decisions", "parked", "jargon", "prototypes")
    ),
    Row("labs:add", kwargs=a_kind("ideas"), allowed=RUN, method="POST"),
    Row("labs:add", kwargs=a_kind("nonsense")),
    Row("labs:elsewhere", kwargs=an_idea, allowed=RUN),
    Row("labs:elsewhere", kwargs=an_idea, allowed=RUN, method="POST"),
    Row("labs:conflict", kwargs=a_held_lab, allowed=LEADING),
    Row("labs:conflict", kwargs=a_held_lab, allowed=LEADING, method="POST"),
    Row("calendar:labs", allowed=IN_PROJECT, grow=a_held_lab),
    Row("calendar:lab", kwargs=a_planned_lab, allowed=IN_PROJECT),
]
