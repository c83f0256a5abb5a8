"""Statements, coverage and publications as lists."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.clock import day_of
from coproduce.core.findings import Finding, Words

from .. import rules
from ..models import Publication, Quote, Report, Statement
from ..terms import Counts, Style, counts_of

MOST_OFFERED = 60


@dataclass(frozen=True)
class Coverage:
    """The suggestions on one document that ask for an answer, and which have one in a statement."""

    document: Any
    suggestions: list[Any]
    covered: frozenset[str]

    @property
    def uncovered(self) -> list[Any]:
        return [one for one in self.suggestions if one.ref not in self.covered]

    @property
    def undecided(self) -> list[Any]:
        return [one for one in self.suggestions if one.status == Status.OPEN]

    @property
    def counts(self) -> Counts:
        return counts_of(one.status for one in self.suggestions)


@dataclass(frozen=True)
class Line:
    """A statement in a list, with its suggestions counted."""

    statement: Statement
    refs: list[str]
    counts: Counts


def report_of(document_id: UUID) -> Report | None:
    return Report.objects.filter(pk=document_id).first()


def statements_of(document_id: UUID) -> QuerySet[Statement]:
    return Statement.objects.filter(report_id=document_id).order_by("number")


def next_number(project_id: UUID) -> int:
    last = Statement.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def coverages(project_id: UUID) -> list[Coverage]:
    """What is answered and what is not, for each document; three queries."""
    documents = list(drafting.documents_of(project_id))
    links = _links(Q(statement__project_id=project_id))
    covered = {suggestion_id for suggestions in links.values() for suggestion_id in suggestions}
    asked = defaultdict(list)
    for one in _plain_suggestions(project_id):
        asked[one.document_id].append(one)
    return [
        Coverage(
            document,
            asked[document.pk],
            frozenset(one.ref for one in asked[document.pk] if one.pk in covered),
        )
        for document in documents
    ]


def coverage(document: Any) -> Coverage:
    """What is answered and what is not, for one document."""
    return next(one for one in coverages(document.project_id) if one.document.pk == document.pk)


def lines_of(project_id: UUID, suggestions: Iterable[Any]) -> list[Line]:
    """Every statement of a project with its suggestions counted; two queries."""
    known = {one.pk: one for one in suggestions}
    statements = Statement.objects.filter(project_id=project_id).select_related("responsible")
    links = _links(Q(statement__project_id=project_id))
    return [_line(one, known, links[one.pk]) for one in statements.order_by("number")]


def chosen_ids(statement: Statement) -> list[UUID]:
    return [row.pk for row in statement.suggestions.order_by("number").only("pk")]


def offered(document: Any, chosen: Collection[UUID], words: str = "") -> list[Any]:
    """Suggestions to choose from: those chosen, then those that match, unanswered ones first."""
    asked = drafting.suggestions_on(document.pk).exclude(status=Status.WITHDRAWN)
    kept = list(asked.filter(pk__in=chosen))
    others = asked.exclude(pk__in=chosen)
    if words:
        others = others.filter(_says(words))
    taken = Statement.suggestions.through.objects.filter(statement__report_id=document.pk)
    answered = taken.filter(suggestion_id=OuterRef("pk")).order_by().values("suggestion_id")
    count = answered.annotate(count=Count("pk")).values("count")
    others = others.annotate(answers=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    return kept + list(others.order_by("answers", "number")[:MOST_OFFERED])


def quotes_in(statements: Iterable[UUID]) -> dict[UUID, list[Quote]]:
    found: dict[UUID, list[Quote]] = defaultdict(list)
    for quote in Quote.objects.filter(statement_id__in=list(statements)).order_by("pk"):
        found[quote.statement_id].append(quote)
    return found


def publication_of(document_id: UUID) -> Publication | None:
    """The newest publication of a document."""
    return Publication.objects.filter(report_id=document_id).order_by("-number").first()


def publications_of(project_id: UUID) -> list[Publication]:
    """The newest publication of each document; one query."""
    rows = Publication.objects.filter(report__project_id=project_id).order_by(
        "report__document__code", "number"
    )
    rows = rows.select_related("report__document", "published_by")
    return list({row.report_id: row for row in rows}.values())


def lateness(project_id: UUID, today: date) -> list[Finding]:
    """R88 for every document of a project; one query."""
    first = Publication.objects.filter(report_id=OuterRef("pk")).order_by("number").values("published_at")[:1]
    reports = Report.objects.filter(project_id=project_id).annotate(published_at=Subquery(first))
    return [
        finding
        for report in reports
        for finding in rules.answers_go_out_within_twelve_weeks(
            report.comments_closed_on, day_of(report.published_at) if report.published_at else None, today
        )
    ]


def summary(visit: Visit) -> Words:
    """Where the answers stand, in one line; one query."""
    statements = Statement.objects.filter(report_id=OuterRef("pk")).order_by().values("report_id")
    count = Coalesce(Subquery(statements.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    newest = (
        Publication.objects.filter(report_id=OuterRef("pk")).order_by("-number").values("published_at")[:1]
    )
    reports = list(
        Report.objects.filter(project_id=visit.project.pk).annotate(
            statements=count, published=Subquery(newest)
        )
    )
    published = max((report.published for report in reports if report.published), default=None)
    if published:
        return _("Published on %(day)s") % {"day": date_format(day_of(published), "j F Y")}
    written = sum(report.statements for report in reports)
    if not written:
        return _("Nothing written yet")
    words = ngettext("%(count)d statement, not published", "%(count)d statements, not published", written)
    return words % {"count": written}


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Statements with the numbers of their suggestions, and everything that was published."""
    links = _links(Q(statement__project_id=project_id))
    refs = {one.pk: one.ref for one in _plain_suggestions(project_id, withdrawn=True)}
    statements = Statement.objects.filter(project_id=project_id).order_by("number")
    return {
        "statements": [
            {**row, "suggestions": sorted(refs[id] for id in links[row["id"]])} for row in statements.values()
        ],
        "publications": [
            dict(row)
            for row in Publication.objects.filter(report__project_id=project_id).order_by("pk").values()
        ],
    }


def people_of(project_id: UUID) -> list[Any]:
    """Everyone with a role in the project, by name; one query."""
    held = projects.roles_in(project_id).exclude(person__is_machine=True)
    people = {role.person_id: role.person for role in held}
    return sorted(people.values(), key=lambda person: str(person.shown_name).casefold())


def style_of(report: Report | None) -> Style:
    return Style(report.style) if report else Style.YOU_SAID


def _plain_suggestions(project_id: UUID, *, withdrawn: bool = False) -> list[Any]:
    """Number, standing and gist only: there may be thousands."""
    rows = drafting.suggestions_of(project_id).select_related(None)
    rows = rows if withdrawn else rows.exclude(status=Status.WITHDRAWN)
    return list(rows.only("number", "status", "gist", "document_id"))


def _links(which: Q) -> dict[UUID, list[UUID]]:
    """The suggestions of each statement."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Statement.suggestions.through.objects.filter(which).values_list("statement_id", "suggestion_id")
    for statement_id, suggestion_id in rows:
        found[statement_id].append(suggestion_id)
    return found


def _line(statement: Statement, known: dict[UUID, Any], ids: Iterable[UUID]) -> Line:
    mine = sorted((known[id] for id in ids if id in known), key=lambda one: one.number)
    return Line(statement, [one.ref for one in mine], counts_of(one.status for one in mine))


def _says(words: str) -> Q:
    number = words.strip().upper().removeprefix("S")
    found = Q(words__icontains=words) | Q(gist__icontains=words) | Q(reason__icontains=words)
    return found | Q(number=int(number)) if number.isdecimal() and len(number) < 7 else found
