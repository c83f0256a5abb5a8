"""The organisation's calendar: school holidays, pre-election periods, other times to avoid."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Finding, refuse, settle
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Period


@operation
def add_period(
    *, by: Any, kind: str, name: str, starts_on: date, ends_on: date, key: UUID | None = None
) -> Period:
    """Write a period into the calendar, for every project of this installation."""
    queries.visit_calendar(by, Purpose.ADMINISTER)
    settle(_findings(name, starts_on, ends_on))
    period = Period(kind=kind, name=name.strip(), starts_on=starts_on, ends_on=ends_on)
    period.save(force_insert=True)
    record(by=by, verb="consultation.add_period", thing=period, project_id=None, after=_facts(period))
    return period


@operation
def remove_period(*, by: Any, period_id: UUID, key: UUID | None = None) -> Period:
    """Take a period out again; what was opened with its warning keeps the warning."""
    queries.visit_calendar(by, Purpose.ADMINISTER)
    period = queries.period(period_id)
    period.removed_at = clock.now()
    period.save(update_fields=["removed_at"])
    record(by=by, verb="consultation.remove_period", thing=period, project_id=None, before=_facts(period))
    return period


def _findings(name: str, starts_on: date, ends_on: date) -> list[Finding]:
    found = []
    if not name.strip():
        found.append(refuse("C16", _("Give the period a name."), "name"))
    if ends_on < starts_on:
        found.append(refuse("C16", _("It must end after it starts."), "ends_on"))
    return found


def _facts(period: Period) -> dict[str, Any]:
    return {name: getattr(period, name) for name in ("kind", "name", "starts_on", "ends_on")}
