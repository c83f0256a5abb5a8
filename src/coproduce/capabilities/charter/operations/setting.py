"""From when on a commitment counts as met."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Setting
from ..terms import Limits
from .measuring import forget_all


@operation
def set_limits(*, by: Any, limits: Limits, key: UUID | None = None) -> Setting:
    """For the whole installation; every project is measured anew."""
    queries.visit_settings(by)
    settle(rules.limits_are_sensible(limits))
    before = asdict(queries.setting())
    setting, _made = Setting.objects.update_or_create(pk=1, defaults=asdict(limits))
    record(
        by=by, verb="charter.set_limits", thing=setting, project_id=None, before=before, after=asdict(limits)
    )
    forget_all()
    return setting
