"""Writing a charter and making it public."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..events import CharterPublished
from ..models import Charter, Signatory

CHARTER_FIELDS = (
    "title", "scope", "citizens_do", "staff_do", "incentives", "conflict", "response_time", "review_on",
)  # fmt: skip
SIGNATORY_FIELDS = ("organisation", "person", "role", "signed_on")


@operation
def write_charter(
    *,
    by: Any,
    project_id: UUID,
    changes: Mapping[str, Any],
    signatories: Iterable[Mapping[str, Any]] | None = None,
    key: UUID | None = None,
) -> Charter:
    """Write the charter, a piece at a time; `changes` holds any of CHARTER_FIELDS.

    `signatories`, where given, are all who sign from now on: who is not among them leaves, with the day.
    """
    visit = queries.visit(by, project_id, Purpose.RUN)
    charter, before = _to_write(visit.project, changes)
    for name, value in changes.items():
        setattr(charter, name, clean(value) if isinstance(value, str) else value)
    if charter.published_at:
        left = queries.signatories_of(project_id) if signatories is None else list(signatories)
        settle([*rules.a_charter_is_whole(charter, left), *_review(charter)])
    charter.save()
    after = {name: getattr(charter, name) for name in changes}
    if signatories is not None:
        after["signatories"] = _sign(charter, signatories)
    record(
        by=by, verb="charter.write_charter", thing=charter, project_id=project_id, before=before, after=after
    )
    return charter


@operation
def publish_charter(*, by: Any, project_id: UUID, key: UUID | None = None) -> Charter:
    """The manager makes the charter and its measures public; from then on everyone can hold them to it."""
    queries.visit(by, project_id, Purpose.SIGN)
    charter = _locked(project_id)
    if charter is None:
        raise NotThere
    kept = settle([*rules.a_charter_is_whole(charter, queries.signatories_of(project_id)), *_review(charter)])
    before, charter.published_at, charter.published_by = charter.published_at, clock.now(), by
    charter.save(update_fields=["published_at", "published_by"])
    record(
        by=by, verb="charter.publish_charter", thing=charter, project_id=project_id,
        before={"published_at": before}, after={"published_at": charter.published_at, "published_by_id": by.pk},
        findings=kept,
    )  # fmt: skip
    post(CharterPublished(project_id))
    return charter


def _to_write(project: Any, changes: Mapping[str, Any]) -> tuple[Charter, dict[str, Any] | None]:
    unknown = set(changes) - set(CHARTER_FIELDS)
    if unknown:
        raise TypeError(f"A charter has no {', '.join(sorted(unknown))}.")
    charter = _locked(project.pk)
    if charter:
        return charter, {name: getattr(charter, name) for name in changes}
    return Charter(project=project, title=project.title, written_at=clock.now()), None


def _locked(project_id: UUID) -> Charter | None:
    return Charter.objects.select_for_update(no_key=True).filter(pk=project_id).first()


def _review(charter: Charter) -> list[Any]:
    limits = queries.setting()
    return list(
        rules.the_review_of_the_charter_is_near(
            charter.review_on, today=clock.today(), months=limits.review_months
        )
    )


def _sign(charter: Charter, wanted: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = [{name: row[name] for name in SIGNATORY_FIELDS} for row in wanted]
    held = {_facts(one): one for one in queries.signatories_of(charter.pk)}
    asked = {tuple(row.values()) for row in rows}
    gone = [one.pk for facts, one in held.items() if facts not in asked]
    Signatory.objects.filter(pk__in=gone).update(left_on=clock.today())
    for row in rows:
        if tuple(row.values()) not in held:
            Signatory.objects.create(charter=charter, **row)
    return rows


def _facts(signatory: Signatory) -> tuple[Any, ...]:
    return tuple(getattr(signatory, name) for name in SIGNATORY_FIELDS)
