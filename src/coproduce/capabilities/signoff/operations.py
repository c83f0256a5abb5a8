"""Preparing a sign-off and signing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.capabilities.barriers import operations as barriers
from coproduce.capabilities.barriers import queries as barrier_queries
from coproduce.capabilities.barriers.terms import Response
from coproduce.capabilities.drafting import operations as drafting
from coproduce.capabilities.drafting import queries as drafting_queries
from coproduce.capabilities.drafting.rules.versions import BEFORE_THE_FIRST
from coproduce.capabilities.drafting.terms import VersionStatus
from coproduce.capabilities.equality import queries as equality
from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.events import post
from coproduce.core.findings import Finding, Override, settle
from coproduce.core.operations import operation, record

from . import queries, rules
from .events import SignedOff
from .models import LeftBarrier, SignOff
from .terms import State

FIELDS = (
    "title", "decision", "decided_on", "meeting", "owner_id", "facilitator_id", "equality_reference", "gunning_4",
    "review_on",
)  # fmt: skip


@operation
def write_sign_off(
    *, by: Any, project_id: UUID, document_id: UUID, changes: Mapping[str, Any], key: UUID | None = None
) -> SignOff:
    """Prepare the sign-off of a document, a piece at a time; `changes` holds any of FIELDS."""
    queries.visit(by, project_id, Purpose.RUN)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"A sign-off has no {', '.join(sorted(unknown))}.")
    projects.take_turns(project_id)
    document = drafting_queries.document_in(project_id, document_id)
    sign_off = queries.in_preparation(project_id) or SignOff(project_id=project_id, started_at=clock.now())
    before = {"document_id": sign_off.document_id, **{name: getattr(sign_off, name) for name in changes}}
    sign_off.document = document
    for name, value in changes.items():
        setattr(sign_off, name, value)
    settle(_findings_so_far(sign_off))
    sign_off.save()
    record(
        by=by, verb="signoff.write_sign_off", thing=sign_off, project_id=project_id, before=before,
        after={"document_id": document_id, **dict(changes)},
    )  # fmt: skip
    return sign_off


@operation
def sign(*, by: Any, project_id: UUID, override: Override | None = None, key: UUID | None = None) -> SignOff:
    """The manager signs: the text as it stands becomes the approved version."""
    queries.visit(by, project_id, Purpose.SIGN)
    projects.take_turns(project_id)
    sign_off = queries.in_preparation(project_id)
    if sign_off is None:
        raise NotThere
    unmet = [
        finding for check in queries.checks(project_id, sign_off, clock.today()) for finding in check.findings
    ]
    unmet += rules.the_manager_signs(signs_as_manager=by.pk == sign_off.owner_id)
    kept = settle(unmet, override)
    sign_off.version = _approved_version(by, sign_off)
    sign_off.state, sign_off.signed_by, sign_off.signed_at = State.SIGNED, by, clock.now()
    sign_off.override_reason = override.reason if override and kept else ""
    sign_off.equality_reference = sign_off.equality_reference or equality.reference_of(project_id)
    sign_off.suggestions_answered = sum(drafting_queries.totals(project_id).values())
    sign_off.save()
    left = _leave_barriers(sign_off)
    record(
        by=by, verb="signoff.sign", thing=sign_off, project_id=project_id, before={"state": State.DRAFT},
        after={
            "state": State.SIGNED, "version": str(sign_off.version), "decided_on": sign_off.decided_on,
            "review_on": sign_off.review_on, "owner_id": sign_off.owner_id, "barriers_left": left,
            "facilitator_id": sign_off.facilitator_id, "suggestions_answered": sign_off.suggestions_answered,
            "equality_reference": sign_off.equality_reference,
        },
        findings=kept, override=sign_off.override_reason,
    )  # fmt: skip
    post(SignedOff(project_id, sign_off.pk, sign_off.version.pk, _given(sign_off.review_on)))
    return sign_off


def look_after_barriers(
    *, by: Any, project_id: UUID, chosen: Mapping[UUID, tuple[Any, date | None]], key: UUID | None = None
) -> None:
    """R36: name a person and a date for each of these barriers; all of them or none."""
    queries.visit(by, project_id, Purpose.RUN)
    with transaction.atomic():
        for barrier_id, (person, due) in chosen.items():
            barriers.respond(
                by=by, project_id=project_id, barrier_id=barrier_id, response=Response.NONE_YET, owner=person,
                due=due, key=uuid5(key, str(barrier_id)) if key else None,
            )  # fmt: skip


def _findings_so_far(sign_off: SignOff) -> list[Finding]:
    """What is wrong with what was written; what is not written yet is asked for when signing."""
    found = list(
        rules.the_people_lead_here(
            owner=sign_off.owner_id, managers={person.pk for person in projects.managers_of(sign_off.project_id)},
            facilitator=sign_off.facilitator_id,
            facilitators={person.pk for person in projects.facilitators_of(sign_off.project_id)},
        )
    )  # fmt: skip
    return [*found, *rules.the_review_is_within_a_year(sign_off)] if sign_off.review_on else found


def _approved_version(by: Any, sign_off: SignOff) -> Any:
    """The next whole number for the text as it stands; one that waits for its signature is kept."""
    last = drafting_queries.last_version(sign_off.document_id)
    waits = last and last.status != VersionStatus.SIGNED_OFF and last.major and not last.minor
    if last and waits and last.at_seq == sign_off.document.seq:
        return drafting.mark_signed_off(by=by, project_id=sign_off.project_id, version_id=last.pk)
    _draft, approved = (last.number if last else BEFORE_THE_FIRST).following
    words = {"meeting": sign_off.meeting, "day": date_format(_given(sign_off.decided_on), "j F Y")}
    return drafting.publish_version(
        by=by, project_id=sign_off.project_id, document_id=sign_off.document_id, number=approved,
        summary=_("Signed off: %(meeting)s, %(day)s.") % words, day=sign_off.decided_on,
        status=VersionStatus.SIGNED_OFF,
    )  # fmt: skip


def _leave_barriers(sign_off: SignOff) -> list[str]:
    left = barrier_queries.important_without_response(sign_off.project_id)
    LeftBarrier.objects.bulk_create(
        LeftBarrier(
            sign_off=sign_off, barrier_id=one.barrier.pk, ref=one.ref, person=one.owner, due=_given(one.due)
        )
        for one in left
    )
    return [one.ref for one in left]


def _given(day: date | None) -> date:
    """The rules have made sure of it."""
    if day is None:
        raise ValueError("A sign-off without its dates")
    return day
