"""Reviews as they stand: what was said, what came of it, and when the next one is."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coproduce.capabilities.drafting import queries as drafting
from coproduce.capabilities.projects.queries import Visit
from coproduce.capabilities.signoff import queries as signoff
from coproduce.capabilities.signoff.terms import INVITE_DAYS_BEFORE
from coproduce.core import clock
from coproduce.core.findings import Words

from ..models import Benefit, Review, Voice, YearLetter
from ..terms import Outcome, State

_WITH = (
    "project", "sign_off__document", "sign_off__version", "sign_off__owner", "sign_off__facilitator",
    "opened_by", "closed_by", "new_version",
)  # fmt: skip


def reviews_of(project_id: UUID) -> QuerySet[Review]:
    """The newest first."""
    rows = Review.objects.filter(project_id=project_id)
    return rows.select_related(*_WITH).order_by("-number")


def open_review(project_id: UUID) -> Review | None:
    return reviews_of(project_id).filter(state=State.OPEN).first()


def is_opened(sign_off: Any) -> bool:
    """Whether the review of its present date is there already."""
    return Review.objects.filter(sign_off=sign_off, due_on=sign_off.due_on).exists()


def to_open(sign_offs: Iterable[Any]) -> list[Any]:
    """Those whose review of their present date is not there yet; one query."""
    found = list(sign_offs)
    there = set(Review.objects.filter(sign_off__in=found).values_list("sign_off_id", "due_on"))
    return [one for one in found if (one.pk, one.due_on) not in there]


def next_number(project_id: UUID) -> int:
    rows = Review.objects.filter(project_id=project_id)
    return (rows.aggregate(highest=Max("number"))["highest"] or 0) + 1


def benefits_of(review: Review) -> list[Benefit]:
    return list(Benefit.objects.filter(review=review).order_by("position"))


def voices_of(review: Review) -> list[Voice]:
    rows = Voice.objects.filter(review=review).select_related("person", "entered_by")
    return list(rows.order_by("at", "pk"))


def versions_since(review: Review) -> list[Any]:
    """The versions of the document after the one that was signed, the newest first."""
    signed = review.sign_off.version
    every = drafting.versions_of(review.sign_off.document_id)
    found = [one for one in every if signed is None or one.number > signed.number]
    return sorted(found, key=lambda one: one.number, reverse=True)


def opens_on(due: Any) -> Any:
    return due - timedelta(days=INVITE_DAYS_BEFORE)


def upcoming(project_id: UUID) -> list[Any]:
    """What counts today and has a review before it that is not open yet; two queries."""
    current = signoff.counting(signoff.signed_of(project_id))
    return to_open(one for one in current if one.due_on)


def summary(visit: Visit) -> Words:
    """Where the review stands, in one line; one query."""
    rows = Review.objects.filter(project_id=visit.project.pk).order_by("-number")
    newest = rows.only("state", "due_on", "outcome", "closed_at").first()
    if newest is None:
        return _("None yet: it opens 30 days before its date")
    if newest.is_open:
        return _("Open until %(day)s") % {"day": date_format(newest.due_on, "j F Y")}
    closed = clock.day_of(newest.closed_at) if newest.closed_at else clock.today()
    words = {"day": date_format(closed, "j F Y"), "outcome": Outcome(newest.outcome).label}
    return _("Closed on %(day)s: %(outcome)s") % words


# The record


def rows_for_record(project_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """The tables of this capability, for the record."""
    mine = {"review__project_id": project_id}
    return {
        "annual_reviews": _rows(Review.objects.filter(project_id=project_id).order_by("number")),
        "review_benefits": _rows(Benefit.objects.filter(**mine).order_by("review", "position")),
        "review_voices": _rows(Voice.objects.filter(**mine).order_by("at", "pk")),
        "review_letters": _rows(YearLetter.objects.filter(**mine).order_by("made_at", "pk")),
    }


def _rows(table: QuerySet[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in table.values()]
