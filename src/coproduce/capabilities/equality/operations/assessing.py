"""Beginning an assessment, its screening, its rows and what it says as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Assessment, Row, RowLink
from ..terms import OF_SIDE, Characteristic, Linked, Side, profile_of

ABOUT = (
    "previous_actions", "previous_improved", "intersections", "cumulative", "gaps", "aim_discrimination",
    "aim_equality", "aim_relations", "conclusion", "conclusion_why", "after_consultation", "assessor_id",
    "reviewer_id", "decision_maker_id", "monitoring_on",
)  # fmt: skip
_PEOPLE = ("assessor_id", "reviewer_id", "decision_maker_id")
ROW = (
    "know", "source", "told", "impacts", "impact_words", "size", "likelihood", "aims", "can_do", "plan", "plan_by",
)  # fmt: skip


@operation
def begin(
    *, by: Any, project_id: UUID, additions: Iterable[str] | None = None, key: UUID | None = None
) -> Assessment:
    """Begin it, with the rows of the law and those that this place adds; the usual ones if nothing is said."""
    visit = queries.visit_assessment(by, project_id, Purpose.RUN)
    projects.take_turns(project_id)
    if queries.assessment_of(project_id):
        settle([refuse("C19", _("The assessment is begun already."))])
    profile = profile_of(visit.project.jurisdiction)
    added = [
        one for one in profile.additions if one in set(profile.usual if additions is None else additions)
    ]
    assessment = Assessment(project_id=project_id, begun_on=clock.today(), begun_by=by)
    assessment.save(force_insert=True)
    record(
        by=by, verb="equality.begin", thing=assessment, project_id=project_id,
        after={"begun_on": assessment.begun_on, "begun_by_id": by.pk},
    )  # fmt: skip
    for place, characteristic in enumerate((*profile.always, *added), 1):
        _add(by, assessment, characteristic, "", place)
    return assessment


@operation
def add_row(
    *, by: Any, project_id: UUID, characteristic: str, name: str = "", key: UUID | None = None
) -> Row:
    """A row for another group of people, such as people without a home."""
    queries.assessment_for(by, project_id, Purpose.RUN)
    assessment = queries.locked(project_id)
    called = name.strip() if characteristic == Characteristic.OTHER else ""
    settle(_a_new_row(assessment, characteristic, called))
    row = _add(by, assessment, Characteristic(characteristic), called, queries.next_place(assessment))
    _moved(assessment)
    return row


def _a_new_row(assessment: Assessment, characteristic: str, name: str) -> Iterable[Any]:
    if characteristic not in Characteristic.values:
        yield refuse("C19", _("Choose a group from the list."), "characteristic")
    if characteristic == Characteristic.OTHER and not name:
        yield refuse("C19", _("Say who they are."), "name")
    held = {(row.characteristic, row.name.casefold()) for row in queries.rows_of(assessment)}
    if (characteristic, name.casefold()) in held:
        yield refuse("C19", _("There is such a row already."), "characteristic")


def _add(by: Any, assessment: Assessment, characteristic: Characteristic, name: str, place: int) -> Row:
    row = Row(assessment=assessment, characteristic=characteristic, name=name, place=place)
    row.save(force_insert=True)
    record(
        by=by, verb="equality.add_row", thing=row, project_id=assessment.project_id,
        after={"characteristic": characteristic, "name": name, "place": place},
    )  # fmt: skip
    return row


@operation
def screen(
    *, by: Any, project_id: UUID, affects: bool | None, why: str, key: UUID | None = None
) -> Assessment:
    """Could people be affected, and why."""
    queries.assessment_for(by, project_id, Purpose.RUN)
    assessment = queries.locked(project_id)
    settle(rules.the_screening_has_its_reason(affects, why))
    changes = {"affects": affects, "why": why, "screened_on": clock.today()}
    return _change(by, assessment, "equality.screen", changes)


@operation
def write_about(
    *, by: Any, project_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> Assessment:
    """What the assessment says as a whole; `changes` holds any of ABOUT."""
    queries.assessment_for(by, project_id, Purpose.RUN)
    unknown = set(changes) - set(ABOUT)
    if unknown:
        raise TypeError(f"An assessment has no {', '.join(sorted(unknown))}.")
    assessment = queries.locked(project_id)
    _only_members(project_id, [changes.get(name) for name in _PEOPLE])
    new = dict(changes)
    said = new.get("after_consultation", assessment.after_consultation)
    if said.strip() and said != assessment.after_consultation:
        new["after_consultation_on"] = clock.today()
    people = {name: new.get(name, getattr(assessment, name)) for name in _PEOPLE}
    settle(
        [
            *rules.a_gap_has_its_plan(new.get("gaps", ())),
            *rules.a_reviewer_is_another(people["assessor_id"], people["reviewer_id"]),
        ]
    )
    return _change(by, assessment, "equality.write_about", new)


def _only_members(project_id: UUID, ids: Iterable[Any]) -> None:
    members = {person.pk for person in queries.members_of(project_id)}
    if any(id is not None and id not in members for id in ids):
        raise NotThere


def _change(by: Any, assessment: Assessment, verb: str, changes: Mapping[str, Any]) -> Assessment:
    before = {name: getattr(assessment, name) for name in changes}
    for name, value in changes.items():
        setattr(assessment, name, value)
    assessment.revision += 1
    assessment.save()
    record(
        by=by,
        verb=verb,
        thing=assessment,
        project_id=assessment.project_id,
        before=before,
        after=dict(changes),
    )
    return assessment


def _moved(assessment: Assessment) -> None:
    assessment.revision += 1
    assessment.save(update_fields=["revision"])


@operation
def write_row(
    *, by: Any, project_id: UUID, row_id: UUID, changes: Mapping[str, Any], seen: int, key: UUID | None = None
) -> Row:
    """One row; `seen` is the row's revision that the writer had before them, so nobody writes over another unseen."""
    _visit, row = _row_to_write(by, project_id, row_id)
    unknown = set(changes) - set(ROW)
    if unknown:
        raise TypeError(f"A row has no {', '.join(sorted(unknown))}.")
    settle(
        rules.nothing_was_changed_meanwhile(
            seen=seen, revision=row.revision, by=row.changed_by.shown_name if row.changed_by else ""
        )
    )
    new = {name: changes.get(name, getattr(row, name)) for name in ROW}
    settle(
        [
            *rules.an_impact_makes_sense(new["impacts"], new["size"], new["likelihood"]),
            *rules.aims_fit_the_row(new["aims"], only_discrimination=row.one_aim_only),
        ]
    )
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    _touch(by, row)
    record(
        by=by, verb="equality.write_row", thing=row, project_id=project_id, before=before, after=dict(changes)
    )
    return row


@operation
def link_row(
    *, by: Any, project_id: UUID, row_id: UUID, side: str, linked: Iterable[Linked], key: UUID | None = None
) -> Row:
    """What this side of the row leads to, as a whole: whatever is left out is not linked any more."""
    _visit, row = _row_to_write(by, project_id, row_id)
    where = Side(side)
    wanted = {one.id: one for one in linked if one.kind in OF_SIDE[where]}
    held = queries.links_of_row(row, where)
    gone = [link.pk for link in held if link.linked_id not in wanted]
    RowLink.objects.filter(pk__in=gone).delete()
    known = {link.linked_id for link in held}
    RowLink.objects.bulk_create(
        RowLink(row=row, side=where, linked_kind=one.kind, linked_id=one.id, linked_ref=one.ref)
        for one in wanted.values()
        if one.id not in known
    )
    _touch(by, row)
    record(
        by=by, verb="equality.link_row", thing=row, project_id=project_id,
        before={f"links_{where}": [link.linked_ref for link in held]},
        after={f"links_{where}": sorted(one.ref for one in wanted.values())},
    )  # fmt: skip
    return row


def _row_to_write(by: Any, project_id: UUID, row_id: UUID) -> tuple[Any, Row]:
    visit, _row = queries.row_for(by, project_id, row_id, Purpose.RUN)
    assessment = queries.locked(project_id)
    return visit, next(row for row in queries.rows_of(assessment) if row.pk == row_id)


def _touch(by: Any, row: Row) -> None:
    row.revision += 1
    row.changed_by, row.changed_at = by, clock.now()
    row.save()
    _moved(row.assessment)
