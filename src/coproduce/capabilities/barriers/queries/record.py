"""The tables of this capability, for the record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import Barrier, Intake, Merge, Note, Said
from .figures import theme_rows
from .register import themes_of


def rows_for_record(project_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    mine = {"barrier__project_id": project_id}
    return {
        "themes": list(themes_of(project_id).values()),
        "barriers": list(Barrier.objects.filter(project_id=project_id).order_by("number").values()),
        "barrier_notes": list(Note.objects.filter(**mine).order_by("at", "pk").values()),
        "barrier_merges": list(Merge.objects.filter(**mine).order_by("at", "pk").values()),
        "barrier_check_backs": list(Said.objects.filter(**mine).order_by("at", "pk").values()),
        "barrier_intakes": list(Intake.objects.filter(project_id=project_id).order_by("at", "pk").values()),
        "theme_medians": _medians(project_id),
    }


def _medians(project_id: UUID) -> list[dict[str, Any]]:
    """By group and theme: single people's ratings could pick somebody out."""
    groups, rows = theme_rows(project_id)
    return [
        {"theme": row.theme.code, "group": group.code, "median": row.medians.get(group.pk)}
        for row in rows
        if row.theme
        for group in groups
    ]
