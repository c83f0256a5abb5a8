"""What was signed, what is being prepared, and what became of the review date."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.capabilities.consultation import queries as consultation
from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.drafting.terms import TAKEN_IN, Doing, Status
from coproduce.capabilities.labs.queries import Presence
from coproduce.capabilities.people import queries as people
from coproduce.capabilities.people.terms import Acknowledgement
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.projects.queries import Visit
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Finding, Words

from .. import rules
from ..models import DecisionMaker, LeftBarrier, Reminder, SignOff
from ..terms import SIGN_OFF, State

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


def decision_making_for(person: Any, project_id: UUID) -> tuple[Visit, DecisionMaker]:
    """Nobody says in the name of somebody else how they took into account what people said."""
    found = visit(person, project_id, Purpose.READ)
    rows = DecisionMaker.objects.filter(sign_off__project_id=project_id, sign_off__state=State.DRAFT)
    maker = rows.select_related("sign_off", "person").filter(person_id=person.pk).first()
    if maker is None:
        raise NotThere
    return found, maker


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


def counting(signed: Iterable[SignOff]) -> list[SignOff]:
    """Of what was signed, the newest first, what counts today: the last of each document."""
    found: dict[UUID, SignOff] = {}
    for one in signed:
        found.setdefault(one.document_id, one)
    return list(found.values())


def due_by(day: date) -> list[SignOff]:
    """What counts today in every project and is looked at again by this day, for the task worker; one query."""
    signed = SignOff.objects.filter(state=State.SIGNED).select_related(*_WITH_PEOPLE, "project")
    current = counting(signed.order_by("-signed_at", "-pk"))
    return [one for one in current if one.due_on and one.due_on <= day]


def sign_offs_of(project_id: UUID) -> tuple[SignOff | None, list[SignOff]]:
    """What is being prepared, and what was signed, the newest first; one query."""
    rows = SignOff.objects.filter(project_id=project_id).select_related(*_WITH_PEOPLE)
    found = list(rows.order_by("-signed_at", "-pk"))
    prepared = next((one for one in found if one.state == State.DRAFT), None)
    return prepared, [one for one in found if one.state == State.SIGNED]


def in_preparation(project_id: UUID) -> SignOff | None:
    rows = SignOff.objects.filter(project_id=project_id, state=State.DRAFT)
    return rows.select_related(*_WITH_PEOPLE).first()


def locked(project_id: UUID, sign_off_id: UUID) -> SignOff:
    """Until the transaction ends, others who would move its review date wait."""
    rows = SignOff.objects.select_for_update(no_key=True).filter(state=State.SIGNED, project_id=project_id)
    found = rows.filter(pk=sign_off_id).first()
    if found is None:
        raise NotThere
    return found


def left_barriers(sign_off: SignOff) -> QuerySet[LeftBarrier]:
    rows = LeftBarrier.objects.filter(sign_off=sign_off).select_related("barrier", "person")
    return rows.order_by("barrier__number")


def makers_of(sign_off: SignOff) -> list[DecisionMaker]:
    """Those who decide, by name, each with what they wrote."""
    rows = DecisionMaker.objects.filter(sign_off=sign_off).select_related("person")
    return list(rows.order_by("person__name", "pk"))


def asked_of(project_id: UUID) -> list[Any]:
    """The consultations that people were asked in, with what each says of Gunning 1 to 3."""
    return [one for one in consultation.consultations_of(project_id) if one.is_opened]


def said_before(person: Any, project_id: UUID) -> str:
    """What this person wrote for the last consultation about how they considered its replies."""
    return consultation.statement_by(person, project_id)


def makers_before(project_id: UUID) -> list[UUID]:
    """Those who decide after a consultation of this project: they are proposed here, too."""
    return consultation.decision_maker_ids(project_id)


def promises(project_id: UUID) -> QuerySet[Any]:
    """The suggestions that were taken in and that somebody must act on."""
    return drafting.suggestions_of(project_id).filter(doing=Doing.PROMISE, status__in=TAKEN_IN)


def unanswered(project_id: UUID) -> int:
    return drafting.totals(project_id).get(Status.OPEN, 0)


def overdue(signed: Iterable[SignOff], today: date) -> list[Finding]:
    """R100, for what counts today."""
    return [
        finding
        for one in counting(signed)
        for finding in rules.a_missed_review_is_shown(one.due_on, today=today)
    ]


def overdue_banner(project_id: UUID) -> list[Finding]:
    """R100 on the public pages of a project, from the day after, with no job that must run; one query."""
    return overdue(signed_of(project_id), clock.today())


def about_the_review(sign_off: SignOff, today: date) -> list[Finding]:
    """R98–R100: who is reminded, what to do when the review is near, and that it is overdue."""
    review, owner, facilitator = sign_off.due_on, sign_off.owner, sign_off.facilitator
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
    rows = SignOff.objects.filter(project_id=visit.project.pk).order_by("-signed_at", "-pk")
    found = list(rows.defer("decision", "gunning_4", "equality_reference"))
    signed = [one for one in found if one.signed_at]
    if not signed:
        return _("Being prepared") if found else _("Not signed off yet")
    dates = [one.due_on for one in counting(signed) if one.due_on]
    late = min((day for day in dates if day < clock.today()), default=None)
    if late:
        return _("Review overdue since %(review)s") % {"review": _day(late)}
    last = clock.day_of(signed[0].signed_at) if signed[0].signed_at else clock.today()
    if not dates:
        return _("Signed off on %(signed)s") % {"signed": _day(last)}
    words = {"signed": _day(last), "review": _day(min(dates))}
    return _("Signed off on %(signed)s, review on %(review)s") % words


def _day(day: date) -> str:
    return date_format(day, "j F Y")


# The record


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record."""
    mine = {"sign_off__project_id": project_id}
    sign_offs = SignOff.objects.filter(project_id=project_id).order_by("started_at", "pk")
    left = LeftBarrier.objects.filter(**mine).order_by("sign_off", "barrier__number")
    makers = DecisionMaker.objects.filter(**mine).order_by("sign_off", "pk")
    reminders = Reminder.objects.filter(**mine).order_by("at", "pk")
    return {
        "sign_offs": _rows(sign_offs),
        "sign_off_makers": _rows(makers),
        "barriers_left": _rows(left),
        "review_reminders": _rows(reminders),
    }


def _rows(table: QuerySet[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in table.values()]
