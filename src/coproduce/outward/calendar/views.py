"""Calendar files to download."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from coproduce.capabilities.labs import queries as lab_queries
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.signoff.terms import INVITE_DAYS_BEFORE
from coproduce.core.access import NotThere, Purpose

from .entries import Entry, as_icalendar

_ROLES = {"manager": gettext_lazy("manager"), "facilitator": gettext_lazy("facilitator")}


@require_GET
def sign_off(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """R98: the review of what was signed, for the manager and for the facilitator."""
    signoff.visit(request.user, project_id, Purpose.READ)
    entries = list(_reviews(project_id))
    if not entries:
        raise NotThere
    return _file(entries, "review.ics")


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
    return HttpResponse(as_icalendar(entries), content_type="text/calendar; charset=utf-8", headers=headers)


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
    for one in {one.document_id: one for one in reversed(signed)}.values():
        if one.review_on is None or one.signed_at is None:
            continue
        for role, person in (("manager", one.owner), ("facilitator", one.facilitator)):
            facts = {"title": one.title, "name": person.shown_name if person else "", "role": _ROLES[role]}
            yield Entry(
                # The document and the role, not the sign-off: a later one moves the entry and adds none.
                uid=f"review-{role}-{one.document_id}@coproduce",
                sequence=of_document[one.document_id] - 1,
                day=one.review_on,
                title=_("Review: %(title)s (%(name)s, %(role)s)") % facts,
                words=_(
                    "Is it still needed? Does it need to change? What can be shown, and what was learned?"
                ),
                made_at=one.signed_at,
                days_before=(INVITE_DAYS_BEFORE, 0),
            )
