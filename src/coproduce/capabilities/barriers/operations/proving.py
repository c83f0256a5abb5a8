"""What speaks for a barrier: evidence, put beside it and taken out again."""

from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.ui.citing import cited_as

from .. import queries, rules
from ..models import Evidence


@operation
def add_evidence(
    *,
    by: Any,
    project_id: UUID,
    barrier_id: UUID,
    words: str,
    address: str = "",
    cited: str = "",
    key: UUID | None = None,
) -> Evidence:
    """Put evidence beside a barrier; `cited` names a document of the project as `ui.citing` offers it."""
    _visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.CONTRIBUTE)
    source = cited_as(cited, project_id) if cited else None
    settle(rules.evidence_can_be_kept(words, address, cited_is_known=not cited or source is not None))
    proof = Evidence(barrier=barrier, words=words, address=address, by=by, at=clock.now())
    if source:
        proof.cited_kind, proof.cited_id, proof.cited_ref = source.kind, source.id, source.ref
    proof.save(force_insert=True)
    record(
        by=by, verb="barriers.add_evidence", thing=proof, project_id=project_id,
        after={"barrier": barrier.ref, "words": words, "address": address, "cited": proof.cited_ref},
    )  # fmt: skip
    return proof


@operation
def take_out_evidence(
    *, by: Any, project_id: UUID, barrier_id: UUID, evidence_id: UUID, key: UUID | None = None
) -> Evidence:
    """Take evidence out; that it stood there stays in the record. For who put it there and the facilitator."""
    visit, barrier = queries.barrier_for(by, project_id, barrier_id, Purpose.CONTRIBUTE)
    proof = queries.evidence_to_take_out(visit, barrier, evidence_id)
    proof.taken_out_by, proof.taken_out_at = by, clock.now()
    proof.save(update_fields=["taken_out_by", "taken_out_at"])
    record(
        by=by, verb="barriers.take_out_evidence", thing=proof, project_id=project_id,
        before={"barrier": barrier.ref, "words": proof.words}, after={"taken_out_at": proof.taken_out_at},
    )  # fmt: skip
    return proof
