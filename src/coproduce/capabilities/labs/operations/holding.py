"""A lab that was held: who came, and how it went."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.plans import queries as plans
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import LabHeld
from ..models import Attendance, Came, Lab

SESSION = (
    "ground_rules_agreed", "opening_write_done", "led_by_citizen", "interruptions", "silent_invited",
    "energy_in", "energy_out", "debrief",
)  # fmt: skip


@operation
def attend(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    attended: Mapping[UUID, int] | None = None,
    seat_ids: Collection[UUID] = (),
    key: UUID | None = None,
) -> Lab:
    """Write down who came: people by group, and of those whom one knows, the seats. Again corrects it.

    Without counts the seats are counted. What was written before stays in the ledger.
    """
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    groups = {group.pk: group for group in people.groups_of(project_id)}
    seats = {seat.pk: seat for seat in people.seats_of(project_id) if seat.pk in set(seat_ids)}
    named = Counter(seat.main_group_id for seat in seats.values())
    counts = dict(named if attended is None else attended)
    if len(seats) != len(set(seat_ids)) or not groups.keys() >= counts.keys():
        raise NotThere
    before = _people(lab)
    settle([*rules.the_day_has_come(lab.date, today=clock.today()), *_countable(counts, named, groups)])
    _write(lab, counts, seats)
    lab.held_at = lab.held_at or clock.now()
    lab.save(update_fields=["held_at"])
    record(
        by=by, verb="labs.attend", thing=lab, project_id=project_id,
        before=before, after=_people(lab), findings=queries.findings_of(queries.figures_of(project_id), lab),
    )  # fmt: skip
    post(LabHeld(project_id, lab.pk))
    return lab


@operation
def note_session(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    changes: Mapping[str, Any],
    facilitators: Sequence[Any] | None = None,
    key: UUID | None = None,
) -> Lab:
    """Write down how it went; `changes` holds any of SESSION."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    unknown = set(changes) - set(SESSION)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    before = _session(lab)
    for name, value in changes.items():
        setattr(lab, name, value)
    settle(
        [
            *rules.energy_is_counted(lab.energy_in, "energy_in"),
            *rules.energy_is_counted(lab.energy_out, "energy_out"),
        ]
    )
    lab.save(update_fields=list(changes) or None)
    if facilitators is not None:
        _members_only(project_id, facilitators)
        lab.facilitators.set(facilitators)
    record(
        by=by, verb="labs.note_session", thing=lab, project_id=project_id, before=before, after=_session(lab),
        findings=rules.a_lab_begins_with_writing(lab),
    )  # fmt: skip
    return lab


def _countable(counts: Mapping[UUID, int], named: Mapping[UUID, int], groups: Mapping[UUID, Any]) -> Any:
    names = {str(pk): group.name for pk, group in groups.items()}
    known = {str(pk): count for pk, count in named.items()}
    # A group in which somebody is known by name counts, even where no number was typed.
    told = {str(pk): counts.get(pk, 0) for pk in {**counts, **named}}
    return rules.the_count_holds_the_seats(told, known, names)


def _write(lab: Lab, counts: Mapping[UUID, int], seats: Mapping[UUID, Any]) -> None:
    Attendance.objects.filter(lab=lab).exclude(group_id__in=counts).delete()
    for group_id, count in counts.items():
        Attendance.objects.update_or_create(lab=lab, group_id=group_id, defaults={"people": count})
    Came.objects.filter(lab=lab).exclude(seat_id__in=seats).delete()
    there = queries.came_to(lab)
    Came.objects.bulk_create(Came(lab=lab, seat=seat) for pk, seat in seats.items() if pk not in there)


def _people(lab: Lab) -> dict[str, Any]:
    rows = Attendance.objects.filter(lab=lab).order_by("group__code").values_list("group__code", "people")
    came = Came.objects.filter(lab=lab).order_by("seat__code").values_list("seat__code", flat=True)
    return {"counted": dict(rows), "known": list(came)}


def _members_only(project_id: UUID, persons: Sequence[Any]) -> None:
    known = plans.members_by_id(project_id)
    if any(person.pk not in known for person in persons):
        raise NotThere


def _session(lab: Lab) -> dict[str, Any]:
    facts = {name: getattr(lab, name) for name in SESSION}
    return facts | {"held_by": sorted(str(person.pk) for person in lab.facilitators.all())}
