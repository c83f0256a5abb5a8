"""Before a lab: what it is for, who is asked, and what they need in order to come."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects import rules as project_rules
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import LabPlanned, PeopleInvited
from ..models import Arrangement, Invited, Lab
from ..terms import FIRST_GROUND_RULES, USUAL_MINUTES, DecisionLevel, Met, Way, lab_code

FIELDS = (
    "question", "level", "date", "starts_at", "minutes", "place", "ways", "recognition", "content_warning",
    "safeguarding_name", "safeguarding_phone", "pause_signal", "ground_rules", "round_id",
)  # fmt: skip


@operation
def plan_lab(
    *,
    by: Any,
    project_id: UUID,
    question: str,
    date: datetime.date,
    starts_at: datetime.time,
    level: str = DecisionLevel.CO_PRODUCE,
    minutes: int = USUAL_MINUTES,
    place: str = "",
    ways: Sequence[str] = (Way.IN_PERSON,),
    recognition: str = "",
    content_warning: str = "",
    safeguarding_name: str = "",
    safeguarding_phone: str = "",
    pause_signal: str = "",
    ground_rules: Sequence[str] | None = None,
    round: Any = None,
    key: UUID | None = None,
) -> Lab:
    """Plan a lab. Without ground rules of its own it begins with ours, for the group to change and agree."""
    queries.visit_labs(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    lab = Lab(
        project_id=project_id, code=lab_code(queries.next_number(project_id)), question=question, level=level,
        date=date, starts_at=starts_at, minutes=minutes, place=place, ways=list(ways), recognition=recognition,
        content_warning=content_warning, safeguarding_name=safeguarding_name,
        safeguarding_phone=safeguarding_phone, pause_signal=pause_signal, round=_ours(project_id, round),
        ground_rules=[str(one) for one in (FIRST_GROUND_RULES if ground_rules is None else ground_rules)],
        planned_by=by, planned_at=clock.now(),
    )  # fmt: skip
    settle(rules.a_lab_can_be_found(question, minutes))
    lab.save(force_insert=True)
    record(
        by=by,
        verb="labs.plan_lab",
        thing=lab,
        project_id=project_id,
        after=_facts(lab),
        findings=_warnings(lab),
    )
    post(LabPlanned(project_id, lab.pk))
    return lab


@operation
def change_lab(
    *, by: Any, project_id: UUID, lab_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Lab:
    """Change the plan; `changes` holds any of FIELDS."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"This operation does not change {', '.join(sorted(unknown))}.")
    before = _facts(lab)
    for name, value in changes.items():
        setattr(lab, name, value)
    _ours(project_id, lab.round)
    settle(rules.a_lab_can_be_found(lab.question, lab.minutes))
    lab.revision += 1
    lab.save(update_fields=[*changes, "revision"])
    record(
        by=by, verb="labs.change_lab", thing=lab, project_id=project_id, before=before, after=_facts(lab),
        findings=_warnings(lab),
    )  # fmt: skip
    return lab


def _before_anyone_is_invited(project_id: UUID) -> Iterator[Finding]:
    """R04 and R104: people know what they can change, and who pays the facilitator."""
    yield from project_rules.what_can_change_is_said_before_inviting(projects.foreword_of(project_id))
    yield from rules.nobody_is_invited_before_the_payer_is_declared(_payer(project_id))


@operation
def invite(
    *, by: Any, project_id: UUID, lab_id: UUID, seat_ids: Collection[UUID], key: UUID | None = None
) -> Lab:
    """Set who is invited: these seats and no others. Nobody is, before the payer is declared (R104)."""
    _visit, lab = queries.lab_for(by, project_id, lab_id, Purpose.RUN)
    seats = {seat.pk: seat for seat in people.seats_of(project_id)}
    if not seats.keys() >= set(seat_ids):
        raise NotThere
    before = {row.seat_id: row for row in queries.invited_to(lab)}
    fresh = [seats[pk] for pk in seats if pk in set(seat_ids) - before.keys()]
    kinds = {seats[pk].main_group.kind for pk in seat_ids}
    kept = settle(
        [
            *(_before_anyone_is_invited(project_id) if fresh else ()),
            *rules.both_ends_of_the_line_are_there(kinds, held=False),
        ]
    )
    Invited.objects.filter(lab=lab, seat_id__in=before.keys() - set(seat_ids)).delete()
    Invited.objects.bulk_create(Invited(lab=lab, seat=seat, invited_at=clock.now()) for seat in fresh)
    record(
        by=by, verb="labs.invite", thing=lab, project_id=project_id, findings=kept,
        before={"invited": sorted(row.seat.code for row in before.values())},
        after={"invited": sorted(seats[pk].code for pk in seat_ids)},
    )  # fmt: skip
    if fresh:
        post(PeopleInvited(project_id, lab.pk, tuple(seat.pk for seat in fresh)))
    return lab


@operation
def arrange(
    *,
    by: Any,
    project_id: UUID,
    lab_id: UUID,
    need_id: UUID,
    state: str,
    arranged_by: str = "",
    key: UUID | None = None,
) -> Arrangement:
    """Say how far a need of somebody who is invited is looked after, and by whom."""
    _visit, lab = queries.access_plan_for(by, project_id, lab_id)
    if need_id not in {line.id for line in queries.access_plan(lab)}:
        raise NotThere
    made, _is_new = Arrangement.objects.get_or_create(lab=lab, need_id=need_id)
    before = made.state
    made.state, made.arranged_by = Met(state), arranged_by
    made.save(update_fields=["state", "arranged_by"])
    # What somebody needs is theirs to take away again; the chain is for ever. So it holds the state alone.
    record(
        by=by, verb="labs.arrange", thing=made, project_id=project_id,
        before={"state": before}, after={"lab": lab.code, "state": made.state},
    )  # fmt: skip
    return made


def _payer(project_id: UUID) -> str:
    return queries.facilitation_of(project_id).paid_by


def _ours(project_id: UUID, round: Any) -> Any:
    """A round of another project opens no lab of this one."""
    if round is not None and round.project_id != project_id:
        raise NotThere
    return round


def _warnings(lab: Lab) -> Any:
    """R16, R50, R53 and R54 as they stand on this day; the page goes on showing them."""
    return queries.findings_of(queries.figures_of(lab.project_id), lab)


def _facts(lab: Lab) -> dict[str, Any]:
    facts = {name: getattr(lab, name) for name in FIELDS}
    return facts | {"code": lab.code, "starts_at": f"{lab.starts_at:%H:%M}"}
