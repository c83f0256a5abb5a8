"""Bringing last year's spreadsheet in: looked at first, then all of it in one go, and undone in one go."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from coproduce.capabilities.accounts.operations import task_worker
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Action, ActionNote, Imported, PlanImport, StandingCommitment
from ..rules import Planned
from ..terms import ImportState, Status
from .commitments import add_commitment
from .working import set_status
from .writing import add_action, note_action

_NO_ROWS = _("There is no row below the headings in this file.")
_NOTHING_READY = _("No row can be taken in yet. See what each row needs.")
_BUILT_ON = _("People have worked on what came in since, so it cannot be undone as a whole.")
_WORDS = ("what", "specific", "measure", "baseline", "target", "result")


@operation
def upload_plan(
    *, by: Any, project_id: UUID, sheet: Sequence[Sequence[str]], key: UUID | None = None
) -> PlanImport:
    """Keep the cells until somebody has looked at them. Nothing of it is in the plan."""
    queries.visit_plan(by, project_id, Purpose.RUN)
    settle([] if len(sheet) > 1 else [refuse("C13", _NO_ROWS, subject="file")])
    one = PlanImport(
        project_id=project_id, sheet=[list(row) for row in sheet], columns=rules.guess_columns(sheet[0]), by=by,
        at=clock.now(),
    )  # fmt: skip
    one.save(force_insert=True)
    record(
        by=by, verb="plans.upload_plan", thing=one, project_id=project_id, after={"rows": len(sheet) - 1},
    )  # fmt: skip
    return one


@operation
def match_columns(
    *,
    by: Any,
    project_id: UUID,
    import_id: UUID,
    columns: Mapping[str, int],
    people: Mapping[str, str],
    key: UUID | None = None,
) -> PlanImport:
    """Say which column is which, and whom a name in the sheet means."""
    _visit, one = _waiting(by, project_id, import_id)
    one.columns = {name: at for name, at in columns.items() if name in rules.COLUMNS}
    one.people = one.people | dict(people)
    one.save(update_fields=["columns", "people"])
    record(
        by=by, verb="plans.match_columns", thing=one, project_id=project_id, after={"columns": one.columns},
    )  # fmt: skip
    return one


@operation
def import_plan(
    *,
    by: Any,
    project_id: UUID,
    import_id: UUID,
    as_commitments: Collection[int] = (),
    check_date: date | str | None = None,
    key: UUID | None = None,
) -> PlanImport:
    """Everything that the preview had ready, in one transaction: all of it or nothing.

    `as_commitments` names rows without an end that become standing commitments, looked at on `check_date`.
    """
    _visit, one = _waiting(by, project_id, import_id)
    seen = queries.preview_of(one)
    endless = [row for row in seen.endless if row.number in as_commitments]
    settle([] if seen.ready or endless else [refuse("C13", _NOTHING_READY)])
    for row in seen.ready:
        Imported.objects.create(plan_import=one, row=row.number, action=_bring_in(by, project_id, row))
    for row in endless:
        made = _commit(by, project_id, row, check_date)
        Imported.objects.create(plan_import=one, row=row.number, commitment=made)
    _close(one)
    record(
        by=by, verb="plans.import_plan", thing=one, project_id=project_id,
        after={"state": one.state, "actions": len(seen.ready), "commitments": len(endless)},
    )  # fmt: skip
    return one


@operation
def undo_import(*, by: Any, project_id: UUID, import_id: UUID, key: UUID | None = None) -> PlanImport:
    """Take all of it out again, while nothing was built on it."""
    _visit, one = queries.import_for(by, project_id, import_id)
    projects.take_turns(project_id)
    one = PlanImport.objects.select_for_update(no_key=True).get(pk=one.pk)
    if one.state != ImportState.DONE:
        raise NotThere
    things = queries.imported_by(one)
    settle([refuse("C13", _BUILT_ON)] if queries.is_built_on(one, things) else [])
    refs = [made.ref for made in (thing.action or thing.commitment for thing in things) if made]
    _take_out(one, things)
    one.state, one.undone_by, one.undone_at = ImportState.UNDONE, by, clock.now()
    one.save(update_fields=["state", "undone_by", "undone_at"])
    record(
        by=by, verb="plans.undo_import", thing=one, project_id=project_id, before={"refs": refs},
        after={"state": one.state},
    )  # fmt: skip
    return one


@operation
def drop_upload(*, by: Any, project_id: UUID, import_id: UUID, key: UUID | None = None) -> PlanImport:
    """Forget the cells of a spreadsheet that is not wanted after all."""
    _visit, one = _waiting(by, project_id, import_id)
    _empty(one, by)
    record(by=by, verb="plans.drop_upload", thing=one, project_id=project_id, after={"state": one.state})
    return one


def forget_uploads(*, before: date) -> int:
    """Spreadsheets that nobody came back to are dropped; the task worker does it each day."""
    old = PlanImport.objects.filter(state=ImportState.WAITING, at__date__lt=before)
    for one in old:
        _forget(upload=one)
    return len(old)


@operation
def _forget(*, upload: PlanImport, key: UUID | None = None) -> PlanImport:
    worker = task_worker()
    _empty(upload, worker)
    record(
        by=worker, verb="plans.drop_upload", thing=upload, project_id=upload.project_id,
        after={"state": upload.state},
    )  # fmt: skip
    return upload


def _empty(one: PlanImport, by: Any) -> None:
    one.state, one.sheet, one.people = ImportState.UNDONE, [], {}
    one.undone_by, one.undone_at = by, clock.now()
    one.save(update_fields=["state", "sheet", "people", "undone_by", "undone_at"])


def _waiting(by: Any, project_id: UUID, import_id: UUID) -> tuple[Any, PlanImport]:
    visit, one = queries.import_for(by, project_id, import_id)
    projects.take_turns(project_id)
    one = PlanImport.objects.select_for_update(no_key=True).get(pk=one.pk)
    if one.state != ImportState.WAITING:
        raise NotThere
    return visit, one


def _bring_in(by: Any, project_id: UUID, row: Planned) -> Action:
    facts = row.facts
    about = {"by": by, "project_id": project_id}
    words: dict[str, Any] = {name: str(facts[name])[: _longest(name)] for name in _WORDS}
    action = add_action(**about, owner=facts["owner"], start=facts["start"], end=facts["end"], **words)
    if facts["status"] != Status.NOT_STARTED:
        set_status(
            **about, action_id=action.pk, status=facts["status"], measure_result=facts["measure_result"],
            evidence=facts["evidence"], why=facts["why"], closed_on=_closed_on(facts),
        )  # fmt: skip
    if facts["note"]:
        note_action(**about, action_id=action.pk, words=facts["note"])
    return action


def _closed_on(facts: Mapping[str, Any]) -> date:
    """Where the sheet does not say when last year's work was done, it is taken to have been done on its day."""
    said = facts["closed_on"]
    return said if isinstance(said, date) else min(facts["end"], clock.today())


def _longest(name: str) -> int | None:
    field: Any = Action._meta.get_field(name)
    longest: int | None = field.max_length
    return longest


def _commit(by: Any, project_id: UUID, row: Planned, check_date: date | str | None) -> StandingCommitment:
    start = row.facts["start"]
    begins = start if isinstance(start, date) else clock.today()
    return add_commitment(
        by=by, project_id=project_id, what=row.facts["what"], result=row.facts["result"], in_force_from=begins,
        check_date=check_date, checker=row.facts["owner"],
    )  # fmt: skip


def _close(one: PlanImport) -> None:
    """The cells are not needed any more, and hold names."""
    things = queries.imported_by(one)
    actions = [thing.action_id for thing in things if thing.action_id]
    one.state, one.sheet, one.people = ImportState.DONE, [], {}
    one.entries = queries.entries_of(one.project_id, things)
    one.notes = ActionNote.objects.filter(action__in=actions).count()
    one.save(update_fields=["state", "sheet", "people", "entries", "notes"])


def _take_out(one: PlanImport, things: Sequence[Imported]) -> None:
    actions = [thing.action_id for thing in things if thing.action_id]
    commitments = [thing.commitment_id for thing in things if thing.commitment_id]
    try:
        ActionNote.objects.filter(action__in=actions).delete()
        Action.objects.filter(pk__in=actions).delete()
        StandingCommitment.objects.filter(pk__in=commitments).delete()
    except ProtectedError:
        settle([refuse("C13", _BUILT_ON)])
