"""The rows of this capability for the record."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coproduce.capabilities.projects.queries import Visit
from coproduce.core.findings import Words

from ..models import Assessment, Reading, Row, RowLink, Version
from . import monitoring


def rows_for_record(project_id: UUID) -> Mapping[str, Sequence[dict[str, Any]]]:
    in_project = {"assessment__project_id": project_id}
    links = RowLink.objects.filter(row__assessment__project_id=project_id)
    return {
        "equality_assessments": _rows(Assessment.objects.filter(project_id=project_id)),
        "equality_rows": _rows(Row.objects.filter(**in_project).order_by("place")),
        "equality_links": _rows(links.order_by("row__place", "side", "linked_kind", "linked_ref", "pk")),
        "equality_versions": _rows(Version.objects.filter(**in_project).order_by("number")),
        "equality_readings": _rows(
            Reading.objects.filter(version__assessment__project_id=project_id).order_by("at", "pk")
        ),
        **monitoring.rows_for_record(project_id),
    }


def _rows(table: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in table.values()]


def summary(visit: Visit) -> Words:
    """Where the assessment stands, in one line; one query."""
    found = Assessment.objects.filter(project_id=visit.project.pk)
    row = found.values_list("affects", "conclusion", "published").first()
    if row is None:
        return _("Not begun yet")
    affects, conclusion, published = row
    if published:
        return _("Published: %(conclusion)s") % {"conclusion": _conclusion(conclusion)}
    if conclusion:
        return _conclusion(conclusion)
    return _("Begun") if affects is None else _("Screened")


def _conclusion(value: str) -> str:
    return str(dict(Assessment._meta.get_field("conclusion").choices or ()).get(value, ""))
