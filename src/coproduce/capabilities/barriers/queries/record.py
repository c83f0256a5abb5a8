"""The tables of this capability, for the record."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people

from ..models import Asking, Barrier, Evidence, Intake, Merge, Note, Said
from ..terms import ref_of
from .figures import theme_rows
from .ratings import opinions
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
        "barrier_evidence": list(Evidence.objects.filter(**mine).order_by("at", "pk").values()),
        "barrier_askings": list(Asking.objects.filter(project_id=project_id).order_by("at", "pk").values()),
        "theme_medians": _medians(project_id),
        "barrier_medians": _of_barriers(project_id),
    }


def _medians(project_id: UUID) -> list[dict[str, Any]]:
    """By group and theme: single people's ratings could pick somebody out."""
    groups, rows = theme_rows(project_id)
    return [
        {"theme": row.theme.code, "group": group.code, "median": _exactly(row.medians.get(group.pk))}
        for row in rows
        if row.theme
        for group in groups
    ]


def _of_barriers(project_id: UUID) -> list[dict[str, Any]]:
    """By group and barrier, for the same reason."""
    codes = {group.pk: group.code for group in people.groups_of(project_id)}
    found = opinions(project_id)
    return [
        {
            "barrier": ref_of(number), "barrier_id": pk, "group": codes.get(group_id),
            "importance": _exactly(middle.importance), "ease": _exactly(middle.ease), "people": middle.people,
        }
        for pk, number in _numbers(project_id) if pk in found
        for group_id, middle in sorted(found[pk].by_group.items(), key=lambda pair: codes.get(pair[0], ""))
    ]  # fmt: skip


def _numbers(project_id: UUID) -> list[tuple[UUID, int]]:
    return list(Barrier.objects.filter(project_id=project_id).order_by("number").values_list("pk", "number"))


def _exactly(median: float | None) -> int | Decimal | None:
    """A record holds no floating point: 4, or 4.5 to the digit."""
    return Decimal(str(median)) if isinstance(median, float) else median
