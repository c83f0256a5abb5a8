"""What commitment 8 asks of reviews: the one place that knows where they are kept."""

from datetime import date

from django.utils.translation import gettext as _

from coproduce.capabilities.plans.terms import months_after
from coproduce.core.clock import day_of

from ..terms import Miss, Point, PointKind
from .gathering import Gathered


def review_points(gathered: Gathered) -> list[Point]:
    """One row for each signed document, and one for the charter itself once it is public.

    That those who asked to be there are invited counts only once the review has opened. No review opens in this
    version of the records; the row `Miss.NOT_INVITED` waits for it.
    """
    found = [_point(one.title, one.decided_on, one.review_on, gathered) for one in gathered.signed]
    charter = gathered.charter
    if charter and charter.published_at:
        found.append(
            _point(_("The charter itself"), day_of(charter.published_at), charter.review_on, gathered)
        )
    return found


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
