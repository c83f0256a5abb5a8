"""Giving a moment of the text its number."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coproduce.capabilities.questions import queries as questions
from coproduce.capabilities.questions.terms import Stage
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries
from ..events import VersionPublished
from ..models import Document, Snapshot, Version
from ..rules import replay
from ..rules import versions as rules
from ..rules.versions import BEFORE_THE_FIRST, Number
from ..terms import VERSION, VersionStatus
from .writing import locked_document


@dataclass
class _Facts:
    number: Number | None
    author: Any
    day: date | None
    summary: str


@operation
def publish_version(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    number: Number | None,
    summary: str,
    day: date | None = None,
    author: Any = None,
    status: str = VersionStatus.SHARED,
    skipped_because: str = "",
    key: UUID | None = None,
) -> Version:
    """Name the text as it stands: everything accepted before is in this version."""
    queries.document_for(by, project_id, document_id, Purpose.RUN, VERSION)
    document = locked_document(document_id)
    day = day or clock.today()
    kept = settle([
        *_findings(document, _Facts(number, author or by, day, summary), skipped_because),
        *_gate(document),
    ])  # fmt: skip
    major, minor = number or BEFORE_THE_FIRST
    state = queries.text_now(document)
    version = Version(
        document=document, major=major, minor=minor, day=day, author=author or by, summary=clean(summary),
        at_seq=document.seq, text_sha256=queries.text_hash(state.text()), status=status,
        skipped_because=clean(skipped_because), published_at=clock.now(),
    )  # fmt: skip
    version.save(force_insert=True)
    Snapshot.objects.create(
        document=document, version=version, seq=state.seq, blocks=replay.to_snapshot(state)
    )
    record(
        by=by, verb="drafting.publish_version", thing=version, project_id=project_id,
        after={
            "document": document.code, "number": str(version), "day": day, "summary": version.summary,
            "at_seq": version.at_seq, "text_sha256": version.text_sha256, "status": status,
            "skipped_because": version.skipped_because,
        },
        findings=kept,
    )  # fmt: skip
    post(VersionPublished(project_id, document_id, version.pk))
    return version


def _gate(document: Document) -> list[Finding]:
    """R38 and R39 where the first draft is shared; later versions of it need no gate of their own."""
    if queries.last_version(document.pk) is not None:
        return []
    return questions.findings_at(document.project_id, Stage.DRAFT)


@operation
def share_version(*, by: Any, project_id: UUID, version_id: UUID, key: UUID | None = None) -> Version:
    """Make a working version one that others may rely on."""
    return _moved_to(VersionStatus.SHARED, by, project_id, version_id)


@operation
def mark_signed_off(*, by: Any, project_id: UUID, version_id: UUID, key: UUID | None = None) -> Version:
    """The version that was approved."""
    return _moved_to(VersionStatus.SIGNED_OFF, by, project_id, version_id)


def _moved_to(status: VersionStatus, by: Any, project_id: UUID, version_id: UUID) -> Version:
    _visit, version = queries.version_for(by, project_id, version_id, Purpose.RUN)
    settle(
        rules.a_version_says_what_it_is(_Facts(version.number, version.author, version.day, version.summary))
    )
    before, version.status = version.status, status
    version.save(update_fields=["status"])
    record(
        by=by, verb=f"drafting.version_{status}", thing=version, project_id=project_id,
        before={"status": before}, after={"status": status},
    )  # fmt: skip
    return version


def _findings(document: Document, facts: _Facts, skipped_because: str) -> list[Finding]:
    last = queries.last_version(document.pk)
    found = list(rules.a_version_says_what_it_is(facts))
    if facts.number is not None:
        number = last.number if last else BEFORE_THE_FIRST
        found += rules.a_number_follows_the_last(facts.number, number, skipped_because)
    return found
