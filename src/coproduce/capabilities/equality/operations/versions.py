"""Versions of an assessment, the decision-maker's reading, and publication."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import refuse, settle
from coproduce.core.operations import operation, record

from .. import queries, rules
from ..events import AssessmentFinal, AssessmentRead
from ..models import Assessment, Reading, Version
from ..terms import VersionKind


@operation
def save_version(*, by: Any, project_id: UUID, kind: str, note: str, key: UUID | None = None) -> Version:
    """Keep the assessment as it stands today, for good. A final one leaves no row blank (R91)."""
    queries.assessment_for(by, project_id, Purpose.RUN)
    assessment = queries.locked(project_id)
    kept = VersionKind(kind)
    findings = [] if note.strip() else [refuse("C19", _("Say in a sentence what this version is."), "note")]
    if kept is VersionKind.FINAL:
        findings += queries.findings_at_final(assessment)
    settle(findings)
    last = queries.versions_of(assessment).first()
    version = Version(
        assessment=assessment, number=(last.number if last else 0) + 1, kind=kept, day=clock.today(), at=clock.now(),
        by=by, note=note, revision=assessment.revision, content=queries.content_of(assessment),
    )  # fmt: skip
    version.save(force_insert=True)
    record(
        by=by, verb="equality.save_version", thing=version, project_id=project_id,
        after={"number": version.number, "kind": kept, "day": version.day, "note": note,
               "content": version.content},
    )  # fmt: skip
    if kept is VersionKind.FINAL:
        post(AssessmentFinal(project_id, version.pk, version.day))
    return version


@operation
def confirm_reading(*, by: Any, project_id: UUID, version_id: UUID, key: UUID | None = None) -> Reading:
    """R94: the person who decides says that they have read the final version; nobody says it for them."""
    queries.visit_assessment(by, project_id, Purpose.CONTRIBUTE)
    assessment = queries.locked(project_id)
    settle(
        rules.nobody_confirms_for_somebody_else(
            reader_id=by.pk, decision_maker_id=assessment.decision_maker_id
        )
    )
    version = queries.last_final(assessment)
    if version is None or version.pk != version_id or version.revision != assessment.revision:
        message = _(
            "There is a newer text than the one you read. Read the assessment again once it is final."
        )
        settle([refuse("R94", message, "read")])
        raise NotThere
    if queries.reading_by(version, by):
        settle([refuse("C19", _("You have confirmed this already."), "read")])
    reading = Reading(version=version, person=by, day=clock.today(), at=clock.now())
    reading.save(force_insert=True)
    record(
        by=by, verb="equality.confirm_reading", thing=reading, project_id=project_id,
        after={"version": version.number, "person_id": by.pk, "day": reading.day},
    )  # fmt: skip
    post(AssessmentRead(project_id, version.pk, by.pk))
    return reading


@operation
def publish(*, by: Any, project_id: UUID, key: UUID | None = None) -> Assessment:
    """Show the newest final version to everyone, with the day on which that was done."""
    queries.assessment_for(by, project_id, Purpose.RUN)
    assessment = queries.locked(project_id)
    version = queries.last_final(assessment)
    settle(rules.only_what_is_final_is_published(is_final=version is not None))
    before = {"published_id": assessment.published_id, "published_on": assessment.published_on}
    assessment.published, assessment.published_on = version, clock.today()
    assessment.save(update_fields=["published", "published_on"])
    record(
        by=by, verb="equality.publish", thing=assessment, project_id=project_id, before=before,
        after={"published_id": assessment.published_id, "published_on": assessment.published_on},
    )  # fmt: skip
    return assessment
