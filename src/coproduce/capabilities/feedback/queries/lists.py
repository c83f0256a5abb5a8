"""Statements, coverage and publications as lists."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, Value, When

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import Status
from coproduce.capabilities.projects import queries as projects

from ..models import Answer, Letter, Publication, Statement, Update
from ..terms import Counts, counts_of

MOST_OFFERED = 60


class Asked(NamedTuple):
    """A suggestion, as light as possible: a document may have thousands."""

    pk: UUID
    number: int
    status: str
    gist: str
    document_id: UUID
    channel: str
    author_id: UUID
    entered_by_id: UUID
    made_at: datetime
    receipt_on: date | None
    has_name: bool

    @property
    def ref(self) -> str:
        return f"S{self.number:02d}"


@dataclass(frozen=True)
class Coverage:
    """The suggestions on one document that ask for an answer, and which have one in a statement."""

    document: Any
    suggestions: list[Asked]
    covered: frozenset[str]

    @property
    def uncovered(self) -> list[Asked]:
        return [one for one in self.suggestions if one.ref not in self.covered]

    @property
    def undecided(self) -> list[Asked]:
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


@dataclass(frozen=True)
class Overview:
    """All statements of a project, and what they leave out."""

    coverages: list[Coverage]
    lines: list[Line]
    suggestions: list[Asked]


def statements_of(document_id: UUID) -> QuerySet[Statement]:
    return Statement.objects.filter(report_id=document_id).order_by("number")


def next_number(project_id: UUID) -> int:
    """One more than any that stands in the draft or in public: people know a statement by its number."""
    last = Statement.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"]
    public = [card["ref"] for one in publications_of(project_id) for card in one.statements]
    return max(last or 0, *(int(ref[1:]) for ref in public), 0) + 1


def overview(project_id: UUID, documents: Iterable[Any] | None = None) -> Overview:
    """Three queries, and one for the documents where they are not known; however many statements and suggestions."""
    answers = answers_in(Q(statement__project_id=project_id))
    suggestions = {one.pk: one for one in _asked(project_id)}
    asked = defaultdict(list)
    for one in suggestions.values():
        asked[one.document_id].append(one)
    documents = drafting.documents_of(project_id) if documents is None else documents
    statements = Statement.objects.filter(project_id=project_id).select_related("responsible")
    return Overview(
        [_coverage(document, asked[document.pk], answers) for document in documents],
        [_line(one, suggestions, answers[one.pk]) for one in statements.order_by("number")],
        list(suggestions.values()),
    )


def coverage(document: Any) -> Coverage:
    """What is answered and what is not, for one document; two queries."""
    answers = answers_in(Q(statement__report_id=document.pk))
    return _coverage(document, _asked(document.project_id, document_id=document.pk), answers)


def answers_in(which: Q) -> dict[UUID, list[Answer]]:
    """The suggestions that each statement answers, by the statement; one query."""
    found: dict[UUID, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(which).order_by("pk"):
        found[answer.statement_id].append(answer)
    return found


def answers_of(statement: Statement) -> list[Answer]:
    return answers_in(Q(statement=statement))[statement.pk]


def offered(document: Any, chosen: Collection[UUID], words: str = "") -> list[Any]:
    """Suggestions to choose from: those chosen, then those that match, unanswered ones first; one query."""
    asked = drafting.suggestions_on(document.pk).exclude(status=Status.WITHDRAWN)
    if words:
        asked = asked.filter(Q(pk__in=chosen) | _says(words))
    answers = Answer.objects.filter(statement__report_id=document.pk, suggestion_id=OuterRef("pk"))
    place = Case(When(pk__in=chosen, then=Value(0)), When(Exists(answers), then=Value(2)), default=Value(1))
    return list(asked.annotate(place=place).order_by("place", "number")[: MOST_OFFERED + len(chosen)])


def publication_of(document_id: UUID) -> Publication | None:
    """The newest publication of a document."""
    return Publication.objects.filter(report_id=document_id).order_by("-number").first()


def publications_of(project_id: UUID) -> list[Publication]:
    """The newest publication of each document; one query."""
    rows = Publication.objects.filter(report__project_id=project_id)
    rows = rows.select_related("report__document", "published_by")
    newest = {row.report_id: row for row in rows.order_by("report__document__code", "number")}
    return list(newest.values())


def people_of(project_id: UUID) -> list[Any]:
    """Everyone with a role in the project, by name; one query."""
    held = projects.roles_in(project_id).exclude(person__is_machine=True)
    people = {role.person_id: role.person for role in held}
    return sorted(people.values(), key=lambda person: str(person.shown_name).casefold())


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Statements with the numbers of their suggestions, what was published, the news of it, and the letters.

    By which way people are reached stays out.
    """
    answers = Answer.objects.filter(statement__project_id=project_id).select_related("suggestion")
    refs: dict[UUID, list[str]] = defaultdict(list)
    for answer in answers.order_by("suggestion__number"):
        refs[answer.statement_id].append(answer.suggestion.ref)
    statements = Statement.objects.filter(project_id=project_id).order_by("number")
    publications = Publication.objects.filter(report__project_id=project_id).order_by("pk")
    updates = Update.objects.filter(statement__project_id=project_id).order_by("at", "pk")
    letters = Letter.objects.filter(report__project_id=project_id).order_by("made_at", "pk")
    return {
        "statements": [{**row, "suggestions": refs[row["id"]]} for row in statements.values()],
        "publications": [dict(row) for row in publications.values()],
        "updates": [dict(row) for row in updates.values()],
        "letters": [dict(row) for row in letters.values(*_LETTER)],
    }


_LETTER = ("id", "report_id", "publication_id", "person_id", "kind", "points", "state", "made_at", "sent_on")


def _asked(project_id: UUID, **which: UUID) -> list[Asked]:
    """Withdrawn suggestions ask for no answer."""
    rows = drafting.with_thanks(drafting.suggestions_of(project_id).filter(**which))
    rows = rows.exclude(status=Status.WITHDRAWN)
    return [Asked(*row) for row in rows.values_list(*Asked._fields)]


def _coverage(document: Any, suggestions: list[Asked], answers: dict[UUID, list[Answer]]) -> Coverage:
    answered = {answer.suggestion_id for mine in answers.values() for answer in mine}
    return Coverage(document, suggestions, frozenset(one.ref for one in suggestions if one.pk in answered))


def _line(statement: Statement, known: dict[UUID, Asked], answers: Iterable[Answer]) -> Line:
    found = [known[answer.suggestion_id] for answer in answers if answer.suggestion_id in known]
    mine = sorted(found, key=lambda one: one.number)
    return Line(statement, [one.ref for one in mine], counts_of(one.status for one in mine))


def _says(words: str) -> Q:
    number = words.strip().upper().removeprefix("S")
    found = Q(words__icontains=words) | Q(gist__icontains=words) | Q(reason__icontains=words)
    return found | Q(number=int(number)) if number.isdecimal() and len(number) < 7 else found
