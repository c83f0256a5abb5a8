"""Where the answers on each document stand: written, published, late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.consultation import queries as consultation
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.clock import day_of
from coproduce.core.findings import Finding, Words

from .. import rules
from ..models import Publication, Report, Statement


@dataclass(frozen=True)
class Standing:
    """The report on one document (a new one, not saved, before anything is written)."""

    report: Report
    first_published: datetime | None = None
    last_published: datetime | None = None
    # What was said there: the day on which the last consultation about the document ended.
    consulted_until: date | None = None

    @property
    def document(self) -> Any:
        return self.report.document

    def lateness(self, today: date) -> list[Finding]:
        """R88 for this document."""
        first = day_of(self.first_published) if self.first_published else None
        closed = self.report.comments_closed_on or self.consulted_until
        return list(rules.answers_go_out_within_twelve_weeks(closed, first, today))


def standings(project_id: UUID) -> list[Standing]:
    """Every document of a project with its report, for lists; one query."""
    closed = Report.objects.filter(pk=OuterRef("pk")).values("comments_closed_on")
    documents = drafting.documents_of(project_id).annotate(
        **_publications("pk"), comments_closed_on=Subquery(closed), consulted_until=consultation.end_of("pk")
    )
    return [_listed(document) for document in documents]


def _listed(document: Any) -> Standing:
    report = Report(
        document=document, project_id=document.project_id, comments_closed_on=document.comments_closed_on
    )
    return Standing(report, document.first_published, document.last_published, document.consulted_until)


def standing_of(project_id: UUID, document_id: UUID) -> Standing:
    report = _reports().filter(project_id=project_id, pk=document_id).first()
    if report is None:
        return Standing(Report(document=drafting.document_in(project_id, document_id), project_id=project_id))
    return _standing(report)


def lateness(standings: Iterable[Standing], today: date) -> list[Finding]:
    """R88 for every document of a project."""
    return [finding for standing in standings for finding in standing.lateness(today)]


def summary(visit: Visit) -> Words:
    """Where the answers stand, in one line; one query."""
    statements = Statement.objects.filter(report_id=OuterRef("pk")).order_by().values("report_id")
    written = Coalesce(
        Subquery(statements.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
    )
    rows = _reports().filter(project_id=visit.project.pk).annotate(written=written)
    found = list(rows.values_list("written", "last_published"))
    published = max((last for _written, last in found if last), default=None)
    if published:
        return _("Published on %(day)s") % {"day": date_format(day_of(published), "j F Y")}
    total = sum(count for count, _last in found)
    if not total:
        return _("Nothing written yet")
    words = ngettext("%(count)d statement, not published", "%(count)d statements, not published", total)
    return words % {"count": total}


def _reports() -> QuerySet[Report]:
    return Report.objects.select_related("document").annotate(**_publications("pk"))


def _publications(document: str) -> dict[str, Subquery]:
    """When the answers on a document first went out, and when last."""
    published = Publication.objects.filter(report_id=OuterRef(document)).values("published_at")
    return {
        "first_published": Subquery(published.order_by("number")[:1]),
        "last_published": Subquery(published.order_by(F("number").desc())[:1]),
    }


def _standing(report: Any) -> Standing:
    return Standing(report, report.first_published, report.last_published)
