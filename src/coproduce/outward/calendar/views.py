"""Calendar files to download."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

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
    headers = {"Content-Disposition": 'attachment; filename="review.ics"'}
    return HttpResponse(as_icalendar(entries), content_type="text/calendar; charset=utf-8", headers=headers)


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
