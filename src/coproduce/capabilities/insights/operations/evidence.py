"""Results that go back as evidence, and are taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..models import Evidence
from ..queries import Linked


@operation
def use_as_evidence(
    *,
    by: Any,
    project_id: UUID,
    ballot_id: UUID,
    statement_id: UUID,
    linked: Iterable[Linked],
    key: UUID | None = None,
) -> Evidence:
    """Put the result of a statement beside suggestions and barriers, with its figure and the day of it."""
    found = queries.statement_for(by, project_id, ballot_id, statement_id, Purpose.RUN)
    projects.take_turns(project_id)
    settle([
        *rules.the_result_is_final(is_final=found.result.is_final),
        *rules.the_statement_has_a_figure(found.figures),
    ])  # fmt: skip
    known = {one.linked_id for one in queries.standing_evidence(statement_id)}
    new = [one for one in linked if one.id not in known]
    settle(rules.something_is_chosen(len(new)))
    return [_put(by, found, one) for one in new][0]


def _put(by: Any, found: Any, one: Linked) -> Evidence:
    evidence = Evidence(
        result=found.result, statement=found.statement, linked_kind=one.kind, linked_id=one.id,
        linked_ref=one.ref, figure=queries.figure_of(found), figure_on=clock.day_of(found.result.made_at),
        by=by, at=clock.now(),
    )  # fmt: skip
    evidence.save(force_insert=True)
    facts = ("statement_id", "linked_kind", "linked_id", "linked_ref", "figure", "figure_on")
    record(
        by=by, verb="insights.use_as_evidence", thing=evidence, project_id=found.ballot.project_id,
        after={name: getattr(evidence, name) for name in facts},
    )  # fmt: skip
    return evidence


@operation
def take_back(*, by: Any, project_id: UUID, evidence_id: UUID, why: str, key: UUID | None = None) -> Evidence:
    """It stays on the record and is shown no more beside what it was evidence for."""
    _visit, evidence = queries.evidence_for(by, project_id, evidence_id, Purpose.RUN)
    projects.take_turns(project_id)
    evidence = queries.fresh_evidence(evidence)
    settle([
        *rules.it_is_not_taken_back_yet(taken_back=evidence.taken_back_at is not None),
        *rules.the_reason_is_given(why),
    ])  # fmt: skip
    evidence.taken_back_by, evidence.taken_back_at = by, clock.now()
    evidence.why_taken_back = why.strip()
    changed = ("taken_back_by_id", "taken_back_at", "why_taken_back")
    evidence.save(update_fields=["taken_back_by", "taken_back_at", "why_taken_back"])
    record(
        by=by, verb="insights.take_back", thing=evidence, project_id=project_id,
        before={"taken_back_at": None}, after={name: getattr(evidence, name) for name in changed},
    )  # fmt: skip
    return evidence
