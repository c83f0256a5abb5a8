from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from coproduce.capabilities.barriers.operations import add_barrier
from coproduce.capabilities.plans import operations, queries
from coproduce.capabilities.plans.terms import LinkedKind, LinkTo
from coproduce.core import clock

from .grid import FACILITATOR, IN_PROJECT, LEADING, MANAGER, PARTICIPANT, SIGNED_IN, Row, nothing
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


def a_review(world: World) -> Mapping[str, Any]:
    about = {"project_id": world.project.pk}
    next_on = clock.today() + timedelta(days=30)
    operations.review_plan(by=world.manager, **about, rhythm="monthly", words="Well", next_on=next_on)
    return about


def a_feed(world: World) -> Mapping[str, Any]:
    """The participant's address; whoever has it sees it."""
    an_action(world)
    feed = queries.feed_of(world.participant) or operations.renew_feed(by=world.participant)
    return {"feed_id": feed.pk.hex, "secret": queries.secret_of(feed)}


def a_revoked_feed(world: World) -> Mapping[str, Any]:
    kept = a_feed(world)
    operations.revoke_feed(by=world.participant)
    return kept


def someone(world: World) -> Mapping[str, Any]:
    an_action(world)
    return {"person_id": world.participant.pk}


def an_upload(world: World) -> Mapping[str, Any]:
    """One row that fits, one with an owner whom nobody knows, one without an end."""
    today = clock.today().isoformat()
    sheet = [
        ["Action", "Owner", "Start", "End"], ["Print", world.participant.name, today, today],
        ["Ring", "J Smith", today, today], ["Listen", world.participant.name, today, "ongoing"],
    ]  # fmt: skip
    made = operations.upload_plan(by=world.facilitator, project_id=world.project.pk, sheet=sheet)
    return {"project_id": world.project.pk, "import_id": made.pk}


def an_import(world: World) -> Mapping[str, Any]:
    one = an_upload(world)
    operations.import_plan(by=world.facilitator, **one)
    return one


ROWS = [
    Row(
        "plans:my_list",
        kwargs=nothing,
        allowed=SIGNED_IN,
        grow=a_handover,
        because="each sees their own list",
    ),
    Row(
        "plans:my_list",
        kwargs=nothing,
        query="?format=csv",
        allowed=SIGNED_IN,
        because="their own list as a file",
    ),
    Row("plans:calendar", kwargs=nothing, allowed=SIGNED_IN, because="each sees their own address"),
    Row("plans:calendar", kwargs=nothing, allowed=SIGNED_IN, method="POST", because="each makes their own"),
    Row("plans:reminders", kwargs=nothing, allowed=SIGNED_IN, because="each chooses for themselves"),
    Row("plans:reminders", kwargs=nothing, allowed=SIGNED_IN, method="POST", because="each for themselves"),
    Row(
        "plans:managed",
        kwargs=nothing,
        allowed=SIGNED_IN,
        grow=an_action,
        because="it holds one's own projects",
    ),
    Row(
        "plans:managed", kwargs=nothing, query="?format=csv", allowed=SIGNED_IN, because="the same as a file"
    ),
    Row(
        "plans:to_review",
        kwargs=nothing,
        allowed=SIGNED_IN,
        grow=an_action,
        because="it holds one's own projects",
    ),
    Row(
        "plans:to_review",
        kwargs=nothing,
        query="?format=csv",
        allowed=SIGNED_IN,
        because="the same as a file",
    ),
    Row("plans:person", kwargs=someone, allowed={MANAGER}, grow=an_action),
    Row("calendar:feed", kwargs=a_feed, public=True, grow=an_action),
    Row("calendar:feed", kwargs=a_revoked_feed, hidden=True),
    Row("plans:reviews", allowed=IN_PROJECT, grow=a_review),
    Row("plans:reviews", query="?format=csv", allowed=IN_PROJECT),
    Row("plans:new_review", allowed={MANAGER}),
    Row("plans:new_review", allowed={MANAGER}, method="POST"),
    Row("plans:measures", allowed=IN_PROJECT, grow=an_action),
    Row("plans:measures", query="?format=csv", allowed=IN_PROJECT),
    Row("plans:imports", allowed=LEADING, grow=an_import),
    Row("plans:imports", allowed=LEADING, method="POST"),
    Row("plans:import", kwargs=an_upload, allowed=LEADING),
    Row("plans:import", kwargs=an_upload, allowed=LEADING, method="POST"),
    Row("plans:import", kwargs=an_import, allowed=LEADING),
    Row("plans:undo_import", kwargs=an_import, allowed=LEADING, method="POST"),
    Row("plans:drop_upload", kwargs=an_upload, allowed=LEADING, method="POST"),
    Row("plans:actions", query="?format=docx", allowed=IN_PROJECT, most_queries=14),
    Row("plans:actions", query="?format=pdf", allowed=IN_PROJECT, most_queries=14),
    Row("plans:actions", allowed=IN_PROJECT, grow=an_action),
    Row("plans:actions", query="?status=in_progress&rag=red&q=card", allowed=IN_PROJECT),
    Row("plans:actions", query="?format=csv", allowed=IN_PROJECT),
    Row("plans:actions", query="?format=xlsx", allowed=IN_PROJECT),
    Row("plans:new_action", allowed=LEADING),
    Row("plans:new_action", allowed=LEADING, method="POST"),
    Row("plans:mine", allowed=IN_PROJECT, grow=a_handover),
    Row("plans:hand_over", kwargs=the_owner, allowed=WORKING),
    Row("plans:hand_over", kwargs=the_owner, allowed=WORKING, method="POST"),
    Row("plans:action", kwargs=an_action, allowed=IN_PROJECT, most_queries=14),
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
