"""R90–R94 over an assessment as it stands: for its own page, for a consultation, and for sign-off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.plans.terms import Status
from coproduce.core.findings import Finding

from .. import rules
from ..models import Assessment, Reading, Row, RowLink, Version
from ..terms import Conclusion, LinkedKind, Side, VersionKind

# A capability above says when the last consultation of a project closed.
_closed: list[Callable[[str], Subquery]] = []


def add_consultation_end(closed_on: Callable[[str], Subquery]) -> None:
    """`closed_on("project_id")`: the day on which the last consultation of that project closed, within a query."""
    _closed.append(closed_on)


@dataclass(frozen=True)
class Standing:
    """An assessment with its dates; `read_on` is when the decision-maker read its newest final version."""

    assessment: Assessment
    begun_on: date
    draft_ended_on: date | None
    closed_on: date | None
    final_on: date | None
    is_current: bool
    read_on: date | None


def standing_of(project_id: UUID) -> Standing | None:
    """How the assessment stands; one query."""
    found = Assessment.objects.filter(project_id=project_id).annotate(**_dates("pk", ""))
    assessment = found.select_related("project", "decision_maker", "assessor", "reviewer").first()
    return _standing(assessment, assessment) if assessment else None


def rows_and_standing(project_id: UUID) -> tuple[list[Any], Standing | None]:
    """The rows in their order, each with `carried`, and how the assessment stands; one query."""
    rows = Row.objects.filter(assessment__project_id=project_id)
    rows = rows.annotate(carried=_carried(project_id), **_dates("assessment_id", "assessment__"))
    found: list[Any] = list(rows.select_related("assessment__decision_maker").order_by("place"))
    return found, _standing(found[0].assessment, found[0]) if found else None


def _standing(assessment: Assessment, dates: Any) -> Standing:
    ends = [day for day in (dates.last_draft_on, dates.closed_on) if day]
    return Standing(
        assessment, assessment.begun_on, min(ends, default=None), dates.closed_on, dates.final_on,
        dates.final_revision == assessment.revision, dates.read_on,
    )  # fmt: skip


def _dates(pk: str, prefix: str) -> dict[str, Any]:
    """For a query about assessments, or about what belongs to one: `pk` names its id, `prefix` leads to its fields."""
    final = Version.objects.filter(assessment=OuterRef(pk), kind=VersionKind.FINAL).order_by("-number")
    reading = Reading.objects.filter(
        version__assessment=OuterRef(pk), version__kind=VersionKind.FINAL,
        version__number=OuterRef("final_number"), person=OuterRef(f"{prefix}decision_maker_id"),
    )  # fmt: skip
    none = Subquery(final.none().values("day"))
    return {
        "last_draft_on": drafting.last_draft_on(f"{prefix}project_id"),
        "closed_on": _closed[0](f"{prefix}project_id") if _closed else none,
        "final_number": Subquery(final.values("number")[:1]),
        "final_on": Subquery(final.values("day")[:1]),
        "final_revision": Subquery(final.values("revision")[:1]),
        "read_on": Subquery(reading.values("day")[:1]),
    }


def _carried(project_id: UUID) -> Exists:
    """An action that is not stopped, or a standing commitment, answers the row."""
    stopped = plans.actions_of(project_id).filter(status=Status.STOPPED)
    carriers = RowLink.objects.filter(
        row=OuterRef("pk"), side=Side.DO, linked_kind__in=[LinkedKind.ACTION, LinkedKind.COMMITMENT]
    )
    return Exists(carriers.exclude(linked_id__in=stopped.order_by().values("pk")))


def findings_at_opening(project_id: UUID) -> list[Finding]:
    """R90 before a consultation opens: an assessment is begun. One query."""
    begun = Assessment.objects.filter(project_id=project_id).values_list("begun_on", flat=True).first()
    return list(rules.an_assessment_is_begun_at_draft_stage(begun))


def findings_at_sign_off(project_id: UUID, decided_on: date | None) -> list[Finding]:
    """R90–R94: everything of the assessment that stands in the way of signing; one query."""
    rows, found = rows_and_standing(project_id)
    if found is None:
        return list(rules.an_assessment_is_begun_at_draft_stage(None))
    return [
        *rules.it_is_begun_early_and_final_before_the_decision(found, decided_on),
        *_about_rows(found.assessment, rows, negative=True),
        *rules.it_is_updated_after_the_consultation(
            found.closed_on, found.assessment.after_consultation_on, at_sign_off=True
        ),
        *rules.the_decision_maker_has_read_it(found.assessment.decision_maker, found.read_on, decided_on),
    ]


def findings_so_far(found: Standing) -> list[Finding]:
    """What the page of the assessment shows as still to do; one query."""
    rows, _standing = rows_and_standing(found.assessment.project_id)
    updated = found.assessment.after_consultation_on
    return [
        *_about_rows(found.assessment, rows, negative=True),
        *rules.it_is_updated_after_the_consultation(found.closed_on, updated),
    ]


def findings_at_final(assessment: Assessment) -> list[Finding]:
    """What must be so before a version is final: C19 and R91."""
    rows, _standing = rows_and_standing(assessment.project_id)
    return [*rules.a_final_version_is_whole(assessment), *_about_rows(assessment, rows, negative=False)]


def _about_rows(assessment: Assessment, rows: list[Any], *, negative: bool) -> list[Finding]:
    """Where the screening found that nobody could be affected, rows may stay as they are."""
    if assessment.affects is False:
        return []
    found = list(rules.no_row_is_left_blank(rows))
    return [*found, *rules.a_negative_impact_is_answered(rows)] if negative else found


def conclusion_of(project_id: UUID) -> str:
    """What the last final version comes to, as one of `Conclusion`; empty before there is one; one query."""
    version = _last_final(project_id)
    return str(version.content["conclusion"]) if version else ""


def _last_final(project_id: UUID) -> Version | None:
    final = Version.objects.filter(assessment__project_id=project_id, kind=VersionKind.FINAL)
    return final.order_by("-number").first()


def reference_of(project_id: UUID) -> str:
    """The assessment in one line, as a sign-off keeps it: its last final version and its conclusion; one query."""
    version = _last_final(project_id)
    if version is None:
        return ""
    words = _("Equality impact assessment, version %(number)d of %(day)s. Conclusion: %(conclusion)s.")
    facts = {"number": version.number, "day": date_format(version.day, "j F Y")}
    return words % {**facts, "conclusion": Conclusion(version.content["conclusion"]).label}
