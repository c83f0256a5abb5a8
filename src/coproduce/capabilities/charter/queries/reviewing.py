"""What commitment 8 asks of reviews: the one place that knows where they are kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coproduce.capabilities.plans.terms import months_after
from coproduce.core.clock import day_of

from ..terms import Miss, Point, PointKind
from .gathering import Gathered


def review_points(gathered: Gathered) -> list[Point]:
    """One row for each signed document, and one for the charter itself once it is public.

    What a review has ended is not looked at again. That those who asked to be there are invited counts only once
    the review has opened.
    """
    found = [_signed(one, gathered) for one in gathered.signed if one.due_on or not one.reviewed_on]
    charter = gathered.charter
    if charter and charter.published_at:
        found.append(
            _point(_("The charter itself"), day_of(charter.published_at), charter.review_on, gathered)
        )
    return found


def _signed(one: Any, gathered: Gathered) -> Point:
    point = _point(one.title, one.reviewed_on or one.decided_on, one.due_on, gathered)
    return (
        replace(point, misses=(*point.misses, Miss.NOT_INVITED)) if one.pk in gathered.not_invited else point
    )


def _point(what: str, since: date | None, review_on: date | None, gathered: Gathered) -> Point:
    return Point(PointKind.REVIEW, "", what, since, review_on, tuple(_misses(since, review_on, gathered)))


def _misses(since: date | None, review_on: date | None, gathered: Gathered) -> list[Miss]:
    if review_on is None:
        return [Miss.NO_REVIEW]
    found = []
    if since and review_on > months_after(since, gathered.limits.review_months):
        found.append(Miss.TOO_FAR)
    if review_on < gathered.today:
        found.append(Miss.OVERDUE)
    return found
