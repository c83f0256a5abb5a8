"""Writing statements, and taking one out of the draft."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds.rules import easy_read_sentences_are_short
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Answer, Report, Statement
from .reports import saved

FACTS = (
    "heading", "said", "did", "will", "will_by", "could_not", "reason", "cost", "place", "easy_said",
    "easy_came", "together_words", "status_on", "next_update_on",
)  # fmt: skip


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
    kept = settle(
        [
            *rules.a_promise_has_its_date(statement),
            *_quote_findings(quotes, chosen),
            *easy_read_sentences_are_short([statement.easy_said, statement.easy_came]),
        ]
    )
    statement.save()
    _set_answers(statement, ids, quotes)
    record(
        by=by, verb="feedback.write_statement", thing=statement, project_id=project_id,
        before=before, after=_facts(statement), findings=kept,
    )  # fmt: skip
    return statement


@operation
def remove_statement(*, by: Any, project_id: UUID, statement_id: UUID, key: UUID | None = None) -> Report:
    """Take a statement out of the draft; what was published with it stays published."""
    _visit, statement = queries.statement_for(by, project_id, statement_id, Purpose.RUN)
    before, report = _facts(statement), statement.report
    settle(rules.a_statement_with_news_stays(has_news=queries.has_news(statement.pk)))
    statement.delete()
    record(by=by, verb="feedback.remove_statement", thing=report, project_id=project_id, before=before)
    return report


def _found_or_new(by: Any, standing: queries.Standing, statement_id: UUID | None) -> Statement:
    project_id, report = standing.report.project_id, standing.report
    if statement_id:
        statement = queries.statement_for(by, project_id, statement_id, Purpose.RUN)[1]
        if statement.report_id != report.pk:
            raise NotThere
        return statement
    projects.take_turns(project_id)
    number = queries.next_number(project_id)
    return Statement(project_id=project_id, report=saved(report), number=number, status_on=clock.today())


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
