"""The manager's signature: what stands in its way, and what everyone may read from then on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people import rules as people_rules
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.rounds import rules as rounds_rules
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import FeedbackPublished
from ..models import Publication, Statement
from ..terms import PUBLICATION
from .reports import saved


@dataclass(frozen=True)
class Readiness:
    """What stands in the way of publishing, and what will be kept on its record."""

    coverage: queries.Coverage
    findings: list[Finding]


@operation
def publish(*, by: Any, project_id: UUID, document_id: UUID, key: UUID | None = None) -> Publication:
    """Sign the answers as they stand and show them to everyone."""
    projects.take_turns(project_id)
    _visit, standing = queries.report_for(by, project_id, document_id, Purpose.SIGN, PUBLICATION)
    kept = settle(readiness(standing).findings)
    report, last = saved(standing.report), queries.publication_of(document_id)
    publication = Publication(
        report=report, number=last.number + 1 if last else 1, style=report.style,
        introduction=report.introduction, asked=report.asked, published_by=by, published_at=clock.now(),
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
    """R87–R89, R12 and R108 for what would be published now; four queries."""
    document, report = standing.document, standing.report
    covered = queries.coverage(document)
    statements = list(queries.statements_of(document.pk))
    texts = [report.introduction, report.asked, *(text for one in statements for text in _texts(one))]
    findings = [
        *rules.every_suggestion_is_answered(covered.suggestions, covered.covered),
        *(finding for one in statements for finding in rules.a_promise_has_its_date(one)),
        *(finding for one in statements for finding in rules.a_statement_says_what_was_done(one)),
        *people_rules.the_word_needs_both_sides(people.label_of(document.project_id), *texts),
        *rounds_rules.easy_read_sentences_are_short(text for one in statements for text in _easy(one)),
        *standing.lateness(clock.today()),
    ]
    return Readiness(covered, findings)


def _texts(statement: Statement) -> list[str]:
    # What people said stays as they said it, whatever they called the work.
    return [statement.heading, statement.did, statement.will, statement.could_not, statement.easy_came]


def _easy(statement: Statement) -> list[str]:
    return [statement.easy_said, statement.easy_came]
