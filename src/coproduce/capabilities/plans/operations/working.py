"""Working on the plan: status with its proof, dates with their history, and handing over."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.tasks import later

from .. import queries, rules
from ..events import ActionsHandedOver, EndDateMoved
from ..models import Action, DateChange, HandedOver, Handover
from ..terms import OPEN, TELL_GIVER, TELL_TAKER, Which, as_date, settled_date
from .writing import is_group, members_only, name_of

STATUS = ("status", "status_why", "reached", "measure_result", "evidence", "closed_on")


@operation
def set_status(
    *,
    by: Any,
    project_id: UUID,
    action_id: UUID,
    status: str,
    reached: int | None = None,
    measure_result: str = "",
    evidence: str = "",
    why: str = "",
    closed_on: date | None = None,
    key: UUID | None = None,
) -> Action:
    """Say where an action stands; done needs what was measured and the evidence (R65), stopped needs a reason.

    `closed_on` is for what was closed before it came in here; else it is today.
    """
    _visit, action = queries.action_to_work_on(by, project_id, action_id)
    kept = settle(
        [
            *rules.the_status_is_one_of_four(status),
            *rules.done_is_proved(status, measure_result=measure_result, evidence=evidence),
            *rules.stopping_has_a_reason(status, why),
            *rules.reached_is_a_share(reached),
        ]
    )
    before = _state(action)
    action.status, action.reached, action.status_why = status, reached, why
    action.measure_result, action.evidence = measure_result, evidence
    action.closed_on = None if status in OPEN else closed_on or clock.today()
    action.save(update_fields=list(STATUS))
    record(
        by=by, verb="plans.set_status", thing=action, project_id=project_id,
        before=before, after=_state(action), findings=kept,
    )  # fmt: skip
    return action


@operation
def move_date(
    *,
    by: Any,
    project_id: UUID,
    action_id: UUID,
    to: date | str | None,
    why: str,
    which: str = Which.END,
    key: UUID | None = None,
) -> DateChange:
    """Change the end (or the start); every former date stays in sight (R62)."""
    _visit, action = queries.action_to_work_on(by, project_id, action_id)
    action = Action.objects.select_for_update(no_key=True).get(pk=action.pk)
    moves_end = which == Which.END
    day, was = as_date(to), action.end if moves_end else action.start
    start, end = (action.start, to) if moves_end else (day, action.end)
    settle(
        [
            *rules.a_move_has_a_reason(why, was=was, now=day),
            *rules.a_start_is_given(start),
            *rules.the_end_is_a_real_date(end, start=start, today=clock.today()),
        ]
    )
    if moves_end:
        action.end, action.times_moved = settled_date(to), action.times_moved + 1
    else:
        action.start = settled_date(to)
    action.save(update_fields=["start", "end", "times_moved"])
    change = DateChange(
        action=action, which=which, was=was, now=settled_date(to), why=why, by=by, at=clock.now()
    )  # fmt: skip
    change.save(force_insert=True)
    _record_move(change, by)
    return change


@operation
def hand_over(
    *,
    by: Any,
    project_id: UUID,
    from_person: Any,
    to_person: Any,
    note: str,
    action_ids: Collection[UUID] | None = None,
    key: UUID | None = None,
) -> Handover:
    """Pass one, some or all of a person's open actions to another, with a note; history stays (R66)."""
    visit = queries.visit_plan(by, project_id, Purpose.CONTRIBUTE)
    if not queries.may_hand_over_for(visit, from_person.pk):
        raise NotThere
    owned = queries.open_actions_of_person(project_id, from_person)
    passed = list(owned if action_ids is None else owned.filter(pk__in=action_ids))
    settle(
        [
            *rules.one_person_owns_it(name_of(to_person), is_group=is_group(to_person), subject="to"),
            *rules.a_handover_can_be_told(
                same=getattr(to_person, "pk", None) == from_person.pk, note=note, count=len(passed)
            ),
        ]
    )
    members_only(project_id, [to_person])
    handover = Handover(
        project_id=project_id, from_person=from_person, to_person=to_person, note=note, by=by, at=clock.now()
    )
    handover.save(force_insert=True)
    record(
        by=by, verb="plans.hand_over", thing=handover, project_id=project_id,
        after={
            "from": from_person.pk, "to": to_person.pk, "note": note, "actions": [action.ref for action in passed],
        },
    )  # fmt: skip
    for action in passed:
        _pass(action, handover, by)
    for task in (TELL_GIVER, TELL_TAKER):
        later(task, handover.pk)
    post(
        ActionsHandedOver(
            project_id, handover.pk, from_person.pk, to_person.pk, tuple(action.pk for action in passed)
        )
    )
    return handover


def _pass(action: Action, handover: Handover, by: Any) -> None:
    HandedOver.objects.create(handover=handover, action=action)
    action.owner = handover.to_person
    action.save(update_fields=["owner"])
    action.co_owners.remove(handover.to_person)
    record(
        by=by, verb="plans.change_owner", thing=action, project_id=action.project_id,
        before={"owner": handover.from_person_id}, after={"owner": handover.to_person_id},
    )  # fmt: skip


def _record_move(change: DateChange, by: Any) -> None:
    action = change.action
    former = [date_format(day, "j F Y") for day in queries.former_ends(action)]
    kept = rules.moved_dates_are_shown(action.ref, former=former, times_moved=action.times_moved)
    record(
        by=by, verb="plans.move_date", thing=change, project_id=action.project_id,
        before={change.which: change.was},
        after={"action": action.ref, change.which: change.now, "why": change.why, "moved": action.times_moved},
        findings=kept if change.which == Which.END else (),
    )  # fmt: skip
    if change.which == Which.END:
        post(EndDateMoved(action.project_id, action.pk, action.times_moved))


def _state(action: Action) -> dict[str, Any]:
    return {name: getattr(action, name) for name in STATUS}
