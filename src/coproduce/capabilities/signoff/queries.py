"""Every read of sign-offs, and what still stands in the way of one."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.capabilities.barriers import queries as barriers
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import TAKEN_IN, Doing, Status
from coproduce.capabilities.labs.queries import Presence
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import Acknowledgement
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Words

from . import rules
from .models import LeftBarrier, SignOff
from .terms import SIGN_OFF, Check, State

_WITH_PEOPLE = ("document", "version", "owner", "facilitator", "signed_by")


def visit(person: Any, project_id: UUID, purpose: Purpose) -> Visit:
    return projects.visit(person, project_id, SIGN_OFF, purpose)


def sign_off_for(person: Any, project_id: UUID, sign_off_id: UUID) -> tuple[Visit, SignOff]:
    """The door to what is signed."""
    found = visit(person, project_id, Purpose.READ)
    sign_off = signed_of(project_id).filter(pk=sign_off_id).first()
    if sign_off is None:
        raise NotThere
    return found, sign_off


def signed_of(project_id: UUID) -> QuerySet[SignOff]:
    """What was signed, the newest first."""
    rows = SignOff.objects.filter(project_id=project_id, state=State.SIGNED)
    return rows.select_related(*_WITH_PEOPLE).order_by("-signed_at", "-pk")


def signed_by_person(person: Any) -> QuerySet[SignOff]:
    """What was signed with this person as its owner or facilitator, the newest last; one query."""
    rows = SignOff.objects.filter(Q(owner_id=person.pk) | Q(facilitator_id=person.pk), state=State.SIGNED)
    return rows.order_by("signed_at", "pk")


def latest(project_id: UUID) -> SignOff | None:
    """The sign-off that counts today."""
    return signed_of(project_id).first()


def sign_offs_of(project_id: UUID) -> tuple[SignOff | None, list[SignOff]]:
    """What is being prepared, and what was signed, the newest first; one query."""
    rows = SignOff.objects.filter(project_id=project_id).select_related(*_WITH_PEOPLE)
    found = list(rows.order_by("-signed_at", "-pk"))
    prepared = next((one for one in found if one.state == State.DRAFT), None)
    return prepared, [one for one in found if one.state == State.SIGNED]


def in_preparation(project_id: UUID) -> SignOff | None:
    rows = SignOff.objects.filter(project_id=project_id, state=State.DRAFT)
    return rows.select_related(*_WITH_PEOPLE).first()


def left_barriers(sign_off: SignOff) -> QuerySet[LeftBarrier]:
    rows = LeftBarrier.objects.filter(sign_off=sign_off).select_related("barrier", "person")
    return rows.order_by("barrier__number")


def promises(project_id: UUID) -> QuerySet[Any]:
    """The suggestions that were taken in and that somebody must act on."""
    return drafting.suggestions_of(project_id).filter(doing=Doing.PROMISE, status__in=TAKEN_IN)


def unanswered(project_id: UUID) -> int:
    return drafting.totals(project_id).get(Status.OPEN, 0)


def checks(project_id: UUID, sign_off: SignOff | None, today: date) -> list[Check]:
    """What must be so before anyone signs, each with what is missing; five queries."""
    about = sign_off or SignOff(project_id=project_id)
    details = [*rules.nothing_is_left_blank(about), *rules.the_decision_was_taken(about.decided_on, today)]
    promised = plans.promises_without_action(project_id, promises(project_id), at_sign_off=True)
    return [
        _check(
            _("There is a master copy to sign"), rules.there_is_something_to_sign(_has_text(about)), "write"
        ),
        _check(
            _("Every suggestion has its answer"), rules.every_suggestion_is_answered(unanswered(project_id))
        ),
        _check(
            _("Each important barrier has a response, or a person and a date"),
            barriers.findings_at_sign_off(project_id),
            "barriers",
        ),
        _check(_("Somebody carries each promise"), promised),
        _check(_("The decision is written down"), details, "write"),
        _check(_("The review is within 12 months"), rules.the_review_is_within_a_year(about), "write"),
    ]


def _check(words: Words, findings: Iterable[Finding], page: str = "") -> Check:
    return Check(words, tuple(findings), f"signoff:{page}" if page else "")


def _has_text(sign_off: SignOff) -> bool:
    """Whether the document that was chosen has a version; before one is chosen, whether there is any."""
    if sign_off.document_id:
        return drafting.last_version(sign_off.document_id) is not None
    return drafting.documents_of(sign_off.project_id).exists()


def overdue(signed: Iterable[SignOff], today: date) -> list[Finding]:
    """R100, for what was signed last."""
    return [
        finding
        for one in [*signed][:1]
        for finding in rules.a_missed_review_is_shown(one.review_on, today=today)
    ]


def about_the_review(sign_off: SignOff, today: date) -> list[Finding]:
    """R98–R100: who is reminded, what to do when the review is near, and that it is overdue."""
    review, owner, facilitator = sign_off.review_on, sign_off.owner, sign_off.facilitator
    if owner is None or facilitator is None:
        return []
    opted_in = people.who_wants_review(sign_off.project_id).count()
    return [
        *rules.a_missed_review_is_shown(review, today=today),
        *rules.the_review_is_near(review, opted_in=opted_in, today=today),
        *rules.both_are_reminded(
            manager=owner.shown_name, facilitator=facilitator.shown_name, review_on=review
        ),
    ]


def credits_of(project_id: UUID) -> tuple[list[str], int]:
    """Everyone with a seat, as each chose to be named, and how many chose no name."""
    credits = [(seat.acknowledgement, people.credit_line(seat)) for seat in people.seats_of(project_id)]
    named = [line for chosen, line in credits if chosen != Acknowledgement.ANONYMOUS]
    return sorted(named, key=str.casefold), len(credits) - len(named)


def who_signed(project_id: UUID) -> Presence | None:
    """Those who signed, for the strip of stages; one query."""
    signed = SignOff.objects.filter(project_id=project_id, signed_by__isnull=False)
    people_there = frozenset(signed.values_list("signed_by_id", flat=True))
    return Presence(people=people_there) if people_there else None


def summary(visit: Visit) -> Words:
    rows = SignOff.objects.filter(project_id=visit.project.pk).order_by("-signed_at")
    found = list(rows.values_list("signed_at", "review_on"))
    for signed_at, review_on in found:
        if signed_at and review_on and review_on < clock.today():
            return _("Review overdue since %(review)s") % {"review": _day(review_on)}
        if signed_at and review_on:
            words = {"signed": _day(clock.day_of(signed_at)), "review": _day(review_on)}
            return _("Signed off on %(signed)s, review on %(review)s") % words
    return _("Being prepared") if found else _("Not signed off yet")


def _day(day: date) -> str:
    return date_format(day, "j F Y")


# The record


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record."""
    sign_offs = SignOff.objects.filter(project_id=project_id).order_by("started_at", "pk")
    left = LeftBarrier.objects.filter(sign_off__project_id=project_id).order_by("sign_off", "barrier__number")
    return {"sign_offs": _rows(sign_offs), "barriers_left": _rows(left)}


def _rows(table: QuerySet[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in table.values()]
