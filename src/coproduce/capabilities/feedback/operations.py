"""Every change to statements and to what is published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people import rules as people_rules
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from . import queries, rules
from .events import FeedbackPublished
from .models import Answer, Publication, Report, Statement
from .terms import PUBLICATION, Style

FACTS = (
    "heading", "said", "did", "will", "will_by", "could_not", "reason", "cost", "place", "together_words",
    "status_on", "next_update_on",
)  # fmt: skip


@dataclass(frozen=True)
class Readiness:
    """What stands in the way of publishing, and what will be kept on its record."""

    coverage: queries.Coverage
    findings: list[Finding]


@operation
def write_statement(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    facts: Mapping[str, Any],
    suggestion_ids: Collection[UUID],
    quotes: Sequence[tuple[UUID, str]] = (),
    together_ids: Collection[UUID] = (),
    responsible_id: UUID | None = None,
    statement_id: UUID | None = None,
    key: UUID | None = None,
) -> Statement:
    """Write a new statement, or change one; `facts` holds any of FACTS, `quotes` suggestions and passages."""
    _visit, standing = queries.report_for(by, project_id, document_id, Purpose.RUN)
    statement = _found_or_new(by, standing, statement_id)
    before = _facts(statement) if statement_id else None
    _set(statement, facts, responsible_id, together_ids)
    # Who is quoted is answered.
    ids = list(dict.fromkeys([*suggestion_ids, *(id for id, _words in quotes)]))
    chosen = _suggestions(document_id, ids)
    _check_people(project_id, {*together_ids, *filter(None, [responsible_id])})
    settle([*rules.a_promise_has_its_date(statement), *_quote_findings(quotes, chosen)])
    statement.save()
    _set_answers(statement, ids, quotes)
    record(
        by=by, verb="feedback.write_statement", thing=statement, project_id=project_id,
        before=before, after=_facts(statement),
    )  # fmt: skip
    return statement


@operation
def remove_statement(*, by: Any, project_id: UUID, statement_id: UUID, key: UUID | None = None) -> Report:
    """Take a statement out of the draft; what was published with it stays published."""
    _visit, statement = queries.statement_for(by, project_id, statement_id, Purpose.RUN)
    before, report = _facts(statement), statement.report
    statement.delete()
    record(by=by, verb="feedback.remove_statement", thing=report, project_id=project_id, before=before)
    return report


@operation
def set_report(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    style: str = Style.YOU_SAID,
    introduction: str = "",
    comments_closed_on: date | None = None,
    key: UUID | None = None,
) -> Report:
    """Choose how the answers are headed, what stands before them, and when comments closed."""
    report = queries.report_for(by, project_id, document_id, Purpose.RUN)[1].report
    before = _report_facts(report)
    report.style, report.introduction = style, introduction
    report.comments_closed_on = comments_closed_on
    report.save()
    record(
        by=by, verb="feedback.set_report", thing=report, project_id=project_id,
        before=before, after=_report_facts(report),
    )  # fmt: skip
    return report


@operation
def publish(*, by: Any, project_id: UUID, document_id: UUID, key: UUID | None = None) -> Publication:
    """Sign the answers as they stand and show them to everyone."""
    projects.take_turns(project_id)
    _visit, standing = queries.report_for(by, project_id, document_id, Purpose.SIGN, PUBLICATION)
    kept = settle(readiness(standing).findings)
    report, last = _saved(standing.report), queries.publication_of(document_id)
    publication = Publication(
        report=report, number=last.number + 1 if last else 1, style=report.style,
        introduction=report.introduction, published_by=by, published_at=clock.now(),
        statements=[card.as_json() for card in queries.cards_of(document_id)],
    )  # fmt: skip
    publication.save(force_insert=True)
    record(
        by=by, verb="feedback.publish", thing=publication, project_id=project_id, findings=kept,
        after={"document": document_id, "number": publication.number, "statements": publication.statements},
    )  # fmt: skip
    post(FeedbackPublished(project_id, document_id, publication.pk))
    return publication


def readiness(standing: queries.Standing) -> Readiness:
    """R87–R89 and R12 for what would be published now; four queries."""
    document, report = standing.document, standing.report
    covered = queries.coverage(document)
    statements = list(queries.statements_of(document.pk))
    texts = [report.introduction, *(text for one in statements for text in _texts(one))]
    findings = [
        *rules.every_suggestion_is_answered(covered.suggestions, covered.covered),
        *(finding for one in statements for finding in rules.a_promise_has_its_date(one)),
        *(finding for one in statements for finding in rules.a_statement_says_what_was_done(one)),
        *people_rules.the_word_needs_both_sides(people.label_of(document.project_id), *texts),
        *standing.lateness(clock.today()),
    ]
    return Readiness(covered, findings)


def _texts(statement: Statement) -> list[str]:
    # What people said stays as they said it, whatever they called the work.
    return [statement.heading, statement.did, statement.will, statement.could_not]


def _found_or_new(by: Any, standing: queries.Standing, statement_id: UUID | None) -> Statement:
    project_id, report = standing.report.project_id, standing.report
    if statement_id:
        statement = queries.statement_for(by, project_id, statement_id, Purpose.RUN)[1]
        if statement.report_id != report.pk:
            raise NotThere
        return statement
    projects.take_turns(project_id)
    number = queries.next_number(project_id)
    return Statement(project_id=project_id, report=_saved(report), number=number, status_on=clock.today())


def _saved(report: Report) -> Report:
    """A new report begins to be kept with the first thing that needs it."""
    names = ("style", "introduction", "comments_closed_on")
    defaults = {"project_id": report.project_id} | {name: getattr(report, name) for name in names}
    return Report.objects.get_or_create(document=report.document, defaults=defaults)[0]


def _set(
    statement: Statement, facts: Mapping[str, Any], responsible_id: UUID | None, together: Collection[UUID]
) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"A statement has no {', '.join(sorted(unknown))}.")
    for name, value in facts.items():
        setattr(statement, name, value)
    statement.status_on = statement.status_on or clock.today()
    statement.responsible_id = responsible_id
    statement.together = [str(id) for id in together]


def _suggestions(document_id: UUID, ids: Collection[UUID]) -> dict[UUID, Any]:
    """The suggestions with these ids; one that is not on the document is not there."""
    found = {one.pk: one for one in drafting.suggestions_on(document_id).filter(pk__in=ids)}
    if len(found) < len(set(ids)):
        raise NotThere
    return found


def _check_people(project_id: UUID, ids: Collection[UUID]) -> None:
    """Who has no role in the project is not there."""
    held = projects.roles_in(project_id).filter(person_id__in=ids)
    if not set(ids) <= set(held.values_list("person_id", flat=True)):
        raise NotThere


def _quote_findings(quotes: Sequence[tuple[UUID, str]], chosen: Mapping[UUID, Any]) -> list[Finding]:
    return [
        finding
        for suggestion_id, words in quotes
        for finding in rules.quotes_are_verbatim(words, chosen[suggestion_id])
    ]


def _set_answers(statement: Statement, ids: Sequence[UUID], quotes: Sequence[tuple[UUID, str]]) -> None:
    passages: dict[UUID, list[str]] = {id: [] for id in ids}
    for id, words in quotes:
        passages[id].append(words.strip())
    Answer.objects.filter(statement=statement).delete()
    Answer.objects.bulk_create(
        Answer(statement=statement, suggestion_id=id, passages=quoted) for id, quoted in passages.items()
    )


def _facts(statement: Statement) -> dict[str, Any]:
    facts = {name: getattr(statement, name) for name in FACTS}
    answers = queries.answers_of(statement)
    return {
        "ref": statement.ref,
        **facts,
        "suggestions": [answer.suggestion_id for answer in answers],
        "quotes": [[answer.suggestion_id, words] for answer in answers for words in answer.passages],
        "together": statement.together,
        "responsible": statement.responsible_id,
    }


def _report_facts(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ("style", "introduction", "comments_closed_on")}
