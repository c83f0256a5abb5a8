"""The answers on one document as a whole: their heading, what stands before them, when comments closed."""

from datetime import date
from typing import Any
from uuid import UUID

from coproduce.core.access import Purpose
from coproduce.core.operations import operation, record

from .. import queries
from ..models import Report
from ..terms import Style

_FACTS = ("style", "introduction", "asked", "comments_closed_on")


@operation
def set_report(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    style: str = Style.YOU_SAID,
    introduction: str = "",
    asked: str = "",
    comments_closed_on: date | None = None,
    key: UUID | None = None,
) -> Report:
    """Choose how the answers are headed, what stands before them, and when comments closed."""
    report = queries.report_for(by, project_id, document_id, Purpose.RUN)[1].report
    before = _report_facts(report)
    report.style, report.introduction, report.asked = style, introduction, asked
    report.comments_closed_on = comments_closed_on
    report.save()
    record(
        by=by, verb="feedback.set_report", thing=report, project_id=project_id,
        before=before, after=_report_facts(report),
    )  # fmt: skip
    return report


def saved(report: Report) -> Report:
    """A new report begins to be kept with the first thing that needs it."""
    defaults = {"project_id": report.project_id} | _report_facts(report)
    return Report.objects.get_or_create(document=report.document, defaults=defaults)[0]


def _report_facts(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in _FACTS}
