"""Calendar files to download."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_safe

from coproduce.capabilities.labs import queries as lab_queries
from coproduce.capabilities.plans import queries as plans
from coproduce.capabilities.projects import queries as projects
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.signoff.terms import INVITE_DAYS_BEFORE
from coproduce.core import clock
from coproduce.core.access import NotThere, Purpose

from .entries import Entry, as_icalendar

_TYPE = "text/calendar; charset=utf-8"
_AGAIN = timedelta(hours=6)
_ROLES = {"manager": gettext_lazy("manager"), "facilitator": gettext_lazy("facilitator")}


@require_GET
def sign_off(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """R98: the review of what was signed, for the manager and for the facilitator."""
    signoff.visit(request.user, project_id, Purpose.READ)
    entries = list(_reviews(project_id))
    if not entries:
        raise NotThere
    return _file(entries, "review.ics")


@login_not_required
@require_safe
def feed(request: HttpRequest, feed_id: UUID, secret: str) -> HttpResponse:
    """Everything with a date that is one person's, for the program that follows their secret address."""
    try:
        person = plans.person_of_feed(feed_id, secret)
    except NotThere:
        # The address is a key: the error page's log would write it down.
        return HttpResponse(status=404, content_type="text/plain")
    with override(person.language):
        entries = [*map(_thing, plans.things_of(person)), *_reviews_for(person)]
        name = _("My actions in Coproduce")
    answer = HttpResponse(as_icalendar(entries, name=name, again=_AGAIN), content_type=_TYPE)
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-store", "noindex"
    return answer


def _thing(thing: Any) -> Entry:
    title = f"{thing.ref} {thing.words}".strip()
    return Entry(
        uid=f"{thing.kind}-{thing.id}@coproduce", sequence=thing.sequence, day=thing.day,
        title=f"{title} ({thing.project.title})", words=str(thing.label), made_at=thing.made_at or clock.now(),
        days_before=(7, 1),
    )  # fmt: skip


def _reviews_for(person: Any) -> Iterator[Entry]:
    """The yearly reviews that a person answers for, of each document by what was signed last."""
    mine = {one.pk for one in projects.projects_of(person)}
    latest = {one.document_id: one for one in signoff.signed_by_person(person) if one.project_id in mine}
    for one in latest.values():
        if one.due_on is None or one.signed_at is None:
            continue
        yield Entry(
            uid=f"review-{one.document_id}@coproduce", sequence=one.times_reviewed, day=one.due_on,
            words=_("Annual review"), title=_("Review: %(title)s") % {"title": one.title}, made_at=one.signed_at,
            days_before=(INVITE_DAYS_BEFORE, 0),
        )  # fmt: skip


@require_GET
def labs(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Every lab of a project, for everyone in it."""
    visit = lab_queries.visit_labs(request.user, project_id, Purpose.READ)
    return _file([_lab(one, visit.project.title) for one in lab_queries.labs_of(visit)], "labs.ics")


@require_GET
def lab(request: HttpRequest, project_id: UUID, lab_id: UUID) -> HttpResponse:
    visit, found = lab_queries.lab_for(request.user, project_id, lab_id, Purpose.READ)
    return _file([_lab(found, visit.project.title)], "lab.ics")


def _file(entries: Iterable[Entry], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_icalendar(entries), content_type=_TYPE, headers=headers)


def _lab(found: Any, project: str) -> Entry:
    """What stands in a calendar that others may see: no needs, no names of those who are invited."""
    return Entry(
        uid=f"lab-{found.pk}@coproduce",
        sequence=found.revision,
        day=found.date,
        title=_("%(code)s: %(project)s") % {"code": found.code, "project": project},
        words=found.question,
        made_at=found.planned_at,
        days_before=(1,),
        starts=found.begins,
        ends=found.ends,
        place=found.place,
    )


def _reviews(project_id: UUID) -> Iterator[Entry]:
    """What was signed last of each document, once for each of the two, so that each can keep their own."""
    signed = list(signoff.signed_of(project_id))
    of_document = Counter(one.document_id for one in signed)
    # A review moves the entry to its next date.
    times: Counter[UUID] = Counter()
    for one in signed:
        times[one.document_id] += one.times_reviewed
    for one in {one.document_id: one for one in reversed(signed)}.values():
        if one.due_on is None or one.signed_at is None:
            continue
        for role, person in (("manager", one.owner), ("facilitator", one.facilitator)):
            facts = {"title": one.title, "name": person.shown_name if person else "", "role": _ROLES[role]}
            yield Entry(
                # The document and the role, not the sign-off: a later one moves the entry and adds none.
                uid=f"review-{role}-{one.document_id}@coproduce",
                sequence=of_document[one.document_id] - 1 + times[one.document_id],
                day=one.due_on,
                title=_("Review: %(title)s (%(name)s, %(role)s)") % facts,
                words=_(
                    "Is it still needed? Does it need to change? What can be shown, and what was learned?"
                ),
                made_at=one.signed_at,
                days_before=(INVITE_DAYS_BEFORE, 0),
            )
