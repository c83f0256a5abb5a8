"""Counting turns: one press on a phone, one line of a paper tally, and taking the last one back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.people import queries as people
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Lab, Turn


@operation
def tally_turn(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    group_id: UUID,
    turns: int = 1,
    key: UUID | None = None,
) -> Turn:
    """Count turns of one group; each press is one row and one entry, so nobody can say that a count was made up."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    group = people.group_in(project_id, group_id)
    settle(rules.turns_stay_countable(now=_so_far(lab, group), added=turns))
    return _count(by, lab, group, turns, "labs.tally_turn")


@operation
def tally_sheet(
    *, by: Any, project_id: UUID, lab_id: UUID, turns: Mapping[UUID, int], key: UUID | None = None
) -> Turn:
    """Add what was tallied on paper, several groups at once; groups with nought are left out."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    groups = {group.pk: group for group in people.groups_of(project_id)}
    if not groups.keys() >= turns.keys():
        raise NotThere
    counted = {groups[pk]: count for pk, count in turns.items() if count}
    settle(
        finding
        for group, count in counted.items()
        for finding in rules.turns_stay_countable(now=_so_far(lab, group), added=count)
    )
    settle(() if counted else [refuse("C10", _("Enter at least one number."))])
    return [_count(by, lab, group, count, "labs.tally_sheet") for group, count in counted.items()][0]


@operation
def undo_turn(*, by: Any, project_id: UUID, lab_id: UUID, key: UUID | None = None) -> Turn:
    """Take the newest count back; both stay in the table and in the ledger."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    last = queries.last_turn(lab)
    if last is None:
        raise NotThere
    settle(rules.turns_stay_countable(now=_so_far(lab, last.group), added=-last.turns))
    return _count(by, lab, last.group, -last.turns, "labs.undo_turn", undoes=last)


def _so_far(lab: Lab, group: Any) -> int:
    return Turn.objects.filter(lab=lab, group=group).aggregate(sum=Sum("turns"))["sum"] or 0


def _count(by: Any, lab: Lab, group: Any, turns: int, verb: str, undoes: Turn | None = None) -> Turn:
    turn = Turn(lab=lab, group=group, turns=turns, undoes=undoes, by=by, at=clock.now())
    turn.save(force_insert=True)
    record(
        by=by, verb=verb, thing=turn, project_id=lab.project_id,
        after={"lab": lab.code, "group": group.code, "turns": turns},
    )  # fmt: skip
    return turn
