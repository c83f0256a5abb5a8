"""Accepting and declining statements, several at once, and taking it back by a new row of the log."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation

from .. import queries, rules
from ..models import Ballot, Moderation, Statement
from .statements import stand


@operation
def moderate(
    *,
    by: Any,
    project_id: UUID,
    ballot_id: UUID,
    statement_ids: Collection[UUID],
    standing: str,
    reason: str = "",
    words: str = "",
    key: UUID | None = None,
) -> Ballot:
    """All of them, or none."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    rows = Statement.objects.select_for_update().filter(ballot=ballot, pk__in=list(statement_ids))
    statements = list(rows.order_by("number"))
    if len(statements) != len(set(statement_ids)) or not statements:
        raise NotThere
    settle(rules.a_decline_has_its_reason(standing, reason, words))
    for statement in statements:
        settle(rules.only_what_waits_or_stands_is_settled(statement.standing, standing, ballot.state))
        stand(by, ballot, statement, standing, reason=reason, words=words)
    return ballot


@operation
def undo(
    *, by: Any, project_id: UUID, ballot_id: UUID, moderation_id: UUID, words: str = "",
    key: UUID | None = None,
) -> Moderation:  # fmt: skip
    """The statement stands as it stood before; both rows stay in the log."""
    queries.visit_ballots(by, project_id, Purpose.RUN)
    ballot = queries.locked(project_id, ballot_id)
    row = queries.moderation_in(ballot, moderation_id)
    statement = queries.statement_locked(ballot, row.statement_id)
    last = queries.last_word(statement)
    settle(
        rules.an_undo_undoes_the_last_word(
            is_last=last == row, is_of_replacing=row.standing == "replaced", state=ballot.state
        )
    )
    return stand(by, ballot, statement, row.was, words=words, undoes=row)
