from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coproduce.capabilities.barriers.operations import add_barrier
from coproduce.capabilities.plans import operations
from coproduce.capabilities.plans.terms import LinkedKind, LinkTo
from coproduce.core import clock

from .grid import FACILITATOR, IN_PROJECT, LEADING, MANAGER, PARTICIPANT, Row
from .world import World

WORKING = {FACILITATOR, MANAGER, PARTICIPANT}  # the participant owns the action of these rows


def an_action(world: World) -> Mapping[str, Any]:
    """Owned by the participant, with links, a moved date and a note."""
    about = {"project_id": world.project.pk}
    today = clock.today()
    barrier = add_barrier(by=world.participant, **about, statement="Nobody told me")
    action = operations.add_action(
        by=world.facilitator, **about, what="Print the card", owner=world.participant, co_owners=[world.manager],
        start=today, end=today + timedelta(days=60), links=[LinkTo(LinkedKind.BARRIER, barrier.pk, barrier.ref)],
    )  # fmt: skip
    one = {**about, "action_id": action.pk}
    operations.move_date(by=world.participant, **one, to=today + timedelta(days=90), why="Printer late")
    operations.note_action(by=world.participant, **one, words="Ordered")
    return one


def a_handover(world: World) -> Mapping[str, Any]:
    one = an_action(world)
    operations.hand_over(
        by=world.participant, project_id=world.project.pk, from_person=world.participant, to_person=world.manager,
        note="Ward 4 knows", action_ids=[one["action_id"]],
    )  # fmt: skip
    return {"project_id": world.project.pk}


def the_owner(world: World) -> Mapping[str, Any]:
    an_action(world)
    return {"project_id": world.project.pk, "person_id": world.participant.pk}


def a_commitment(world: World) -> Mapping[str, Any]:
    """Checked by the participant."""
    about = {"project_id": world.project.pk}
    today = clock.today()
    made = operations.add_commitment(
        by=world.facilitator, **about, what="Sensors only when asked for", checker=world.participant,
        in_force_from=today, check_date=today + timedelta(days=180),
    )  # fmt: skip
    one = {**about, "commitment_id": made.pk}
    operations.check_commitment(
        by=world.participant, **one, result="kept", words="Yes", next_check=today + timedelta(days=200)
    )
    return one


ROWS = [
    Row("plans:actions", allowed=IN_PROJECT, grow=an_action),
    Row("plans:actions", query="?status=in_progress&rag=red&q=card", allowed=IN_PROJECT),
    Row("plans:actions", query="?format=csv", allowed=IN_PROJECT),
    Row("plans:actions", query="?format=xlsx", allowed=IN_PROJECT),
    Row("plans:new_action", allowed=LEADING),
    Row("plans:new_action", allowed=LEADING, method="POST"),
    Row("plans:mine", allowed=IN_PROJECT, grow=a_handover),
    Row("plans:hand_over", kwargs=the_owner, allowed=WORKING),
    Row("plans:hand_over", kwargs=the_owner, allowed=WORKING, method="POST"),
    Row("plans:action", kwargs=an_action, allowed=IN_PROJECT),
    Row("plans:edit_action", kwargs=an_action, allowed=LEADING),
    Row("plans:edit_action", kwargs=an_action, allowed=LEADING, method="POST"),
    Row("plans:status", kwargs=an_action, allowed=WORKING),
    Row("plans:status", kwargs=an_action, allowed=WORKING, method="POST"),
    Row("plans:move", kwargs=an_action, allowed=WORKING),
    Row("plans:move", kwargs=an_action, allowed=WORKING, method="POST"),
    Row("plans:note", kwargs=an_action, allowed=WORKING, method="POST"),
    Row("plans:commitments", allowed=IN_PROJECT, grow=a_commitment),
    Row("plans:commitments", query="?format=csv", allowed=IN_PROJECT),
    Row("plans:new_commitment", allowed=LEADING),
    Row("plans:new_commitment", allowed=LEADING, method="POST"),
    Row("plans:commitment", kwargs=a_commitment, allowed=IN_PROJECT),
    Row("plans:check", kwargs=a_commitment, allowed=WORKING),
    Row("plans:check", kwargs=a_commitment, allowed=WORKING, method="POST"),
]
