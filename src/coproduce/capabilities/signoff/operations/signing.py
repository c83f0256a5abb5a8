"""Preparing a sign-off, saying how what people said was considered, and signing it."""

from collections.abc import Collection, Mapping
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
from coproduce.core.findings import Finding, Override, reason_used, settle
from coproduce.core.operations import operation, record
from coproduce.core.text import clean

from .. import queries, rules
from ..events import ReviewDateMoved, SignedOff
from ..models import DecisionMaker, LeftBarrier, SignOff
from ..terms import State, given

FIELDS = (
    "title", "decision", "decided_on", "meeting", "owner_id", "facilitator_id", "equality_reference",
    "formats", "review_on",
)  # fmt: skip


@operation
def write_sign_off(
    *,
    by: Any,
    project_id: UUID,
    document_id: UUID,
    changes: Mapping[str, Any],
    maker_ids: Collection[UUID] | None = None,
    key: UUID | None = None,
) -> SignOff:
    """Prepare the sign-off of a document, a piece at a time; `changes` holds any of FIELDS.

    `maker_ids` are all who decide; without it they stay who they are.
    """
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
    if maker_ids is not None:
        _set_makers(by, sign_off, maker_ids)
    return sign_off


@operation
def consider(*, by: Any, project_id: UUID, statement: str, key: UUID | None = None) -> DecisionMaker:
    """R80: someone who decides says in their own name how they took into account what people said."""
    queries.decision_making_for(by, project_id)
    projects.take_turns(project_id)
    _visit, maker = queries.decision_making_for(by, project_id)
    running = [one.title for one in queries.asked_of(project_id) if not one.is_closed]
    settle([
        *rules.nobody_considers_what_still_comes_in(running),
        *rules.a_statement_has_words(statement),
    ])  # fmt: skip
    before = {"statement": maker.statement, "stated_on": maker.stated_on}
    maker.statement, maker.stated_on = clean(statement), clock.today()
    maker.save(update_fields=["statement", "stated_on"])
    record(
        by=by, verb="signoff.consider", thing=maker, project_id=project_id, before=before,
        after={"statement": maker.statement, "stated_on": maker.stated_on},
    )  # fmt: skip
    return maker


@operation
def sign(*, by: Any, project_id: UUID, override: Override | None = None, key: UUID | None = None) -> SignOff:
    """The manager signs: the text as it stands becomes the approved version."""
    queries.visit(by, project_id, Purpose.SIGN)
    projects.take_turns(project_id)
    sign_off = queries.in_preparation(project_id)
    if sign_off is None:
        raise NotThere
    facts = queries.Facts(project_id, sign_off, clock.today(), by)
    unmet = queries.findings_of(facts)
    unmet += rules.the_manager_signs(signs_as_manager=by.pk == sign_off.owner_id)
    kept = settle(unmet, override)
    sign_off.version = _approved_version(by, sign_off)
    sign_off.state, sign_off.signed_by, sign_off.signed_at = State.SIGNED, by, clock.now()
    sign_off.override_reason = reason_used(kept, override)
    sign_off.equality_reference = sign_off.equality_reference or equality.reference_of(project_id)
    sign_off.suggestions_answered = sum(drafting_queries.totals(project_id).values())
    sign_off.promises, sign_off.promises_left = len(facts.promises), sum(one.rule == "R64" for one in unmet)
    sign_off.save()
    left = _leave_barriers(sign_off)
    record(
        by=by, verb="signoff.sign", thing=sign_off, project_id=project_id, before={"state": State.DRAFT},
        after={
            "state": State.SIGNED, "version": str(sign_off.version), "decided_on": sign_off.decided_on,
            "review_on": sign_off.review_on, "owner_id": sign_off.owner_id, "barriers_left": left,
            "facilitator_id": sign_off.facilitator_id, "suggestions_answered": sign_off.suggestions_answered,
            "equality_reference": sign_off.equality_reference,
            "promises": sign_off.promises, "promises_left": sign_off.promises_left,
        },
        findings=kept, override=sign_off.override_reason,
    )  # fmt: skip
    post(SignedOff(project_id, sign_off.pk, sign_off.version.pk, given(sign_off.review_on)))
    return sign_off


@operation
def move_review(
    *,
    by: Any,
    project_id: UUID,
    sign_off_id: UUID,
    reviewed_on: date,
    next_review_on: date | None,
    key: UUID | None = None,
) -> SignOff:
    """A review is over: write down when it was and when the next one is (R97), or that there is none."""
    queries.visit(by, project_id, Purpose.SIGN)
    sign_off = queries.locked(project_id, sign_off_id)
    if next_review_on:
        settle(rules.the_next_review_is_within_a_year(reviewed_on, next_review_on))
    before = _review_of(sign_off)
    sign_off.reviewed_on, sign_off.next_review_on = reviewed_on, next_review_on
    sign_off.times_reviewed += 1
    sign_off.save(update_fields=list(before))
    record(
        by=by, verb="signoff.move_review", thing=sign_off, project_id=project_id, before=before,
        after=_review_of(sign_off),
    )  # fmt: skip
    post(ReviewDateMoved(project_id, sign_off.pk, next_review_on))
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


def _set_makers(by: Any, sign_off: SignOff, person_ids: Collection[UUID]) -> None:
    held = {one.person_id: one for one in queries.makers_of(sign_off)}
    gone = [one for id, one in held.items() if id not in person_ids]
    settle(rules.a_written_statement_stays(one.person.shown_name for one in gone if one.statement))
    for one in gone:
        record(
            by=by, verb="signoff.take_off_decision_maker", thing=one, project_id=sign_off.project_id,
            before={"person_id": one.person_id},
        )  # fmt: skip
    DecisionMaker.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for id in sorted(set(person_ids) - set(held)):
        maker = DecisionMaker(sign_off=sign_off, person=projects.member(sign_off.project_id, id))
        maker.save(force_insert=True)
        record(
            by=by, verb="signoff.name_decision_maker", thing=maker, project_id=sign_off.project_id,
            after={"person_id": id},
        )  # fmt: skip


def _review_of(sign_off: SignOff) -> dict[str, Any]:
    return {name: getattr(sign_off, name) for name in ("reviewed_on", "next_review_on", "times_reviewed")}


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
    words = {"meeting": sign_off.meeting, "day": date_format(given(sign_off.decided_on), "j F Y")}
    return drafting.publish_version(
        by=by, project_id=sign_off.project_id, document_id=sign_off.document_id, number=approved,
        summary=_("Signed off: %(meeting)s, %(day)s.") % words, day=sign_off.decided_on,
        status=VersionStatus.SIGNED_OFF,
    )  # fmt: skip


def _leave_barriers(sign_off: SignOff) -> list[str]:
    left = barrier_queries.important_without_response(sign_off.project_id)
    LeftBarrier.objects.bulk_create(
        LeftBarrier(
            sign_off=sign_off, barrier_id=one.barrier.pk, ref=one.ref, person=one.owner, due=given(one.due)
        )
        for one in left
    )
    return [one.ref for one in left]
